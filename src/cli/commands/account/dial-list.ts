/** `ringflow dial --file`: calls the people of a list through the Worker. */
import { readFile } from "node:fs/promises";
import { isZone } from "../../../flow/rules/expression-values.ts";
import { agreed } from "../../account/agree.ts";
import { type Contacts, readContacts } from "../../account/list/contacts.ts";
import { parseCsv } from "../../account/list/csv.ts";
import { type Body, openJournal, type Past, readJournal } from "../../account/list/journal.ts";
import { readExcept } from "../../account/list/number.ts";
import { type Plan, planOf } from "../../account/list/plan.ts";
import { progressOn, SILENT } from "../../account/list/progress.ts";
import { type Result, runList } from "../../account/list/run.ts";
import { isComplete, planInWords, sumInWords, sumOf } from "../../account/list/words.ts";
import { readWindow, type Window } from "../../account/list/zone.ts";
import { type WorkerCalls, workerCallsAt } from "../../account/worker-calls.ts";
import { Problem } from "../../problem.ts";
import { buildProject } from "../../project/project.ts";
import { checkCall } from "./dial.ts";
import { bodyOf, journalOf, type ListOptions, onInterrupt, timeOf } from "./list-options.ts";

/**
 * Calls everybody on a list who was not called yet.
 * @returns the exit code: 1 if somebody was not called, or the person who was asked said no
 * @throws Problem if the list, the journal or the Worker cannot be used
 */
export async function dialList(options: ListOptions): Promise<number> {
  const { out, flow, url, dryRun = false, json = false, between, queue = false, time } = options;
  if (options.status) return statusOf(options);
  checkCall(options);
  if (options.zone !== undefined && !isZone(options.zone))
    throw new Problem(`--zone is not a time zone such as America/New_York: "${options.zone}".`);
  const window = between === undefined ? undefined : readWindow(between);
  const journal = journalOf(options);
  const worker = dryRun ? undefined : await workerCallsAt(url);
  let past = await readJournal(journal);
  if (past) checkJournal(past, journal, flow, worker);
  const queueing = worker && queue ? { ...options, window, worker, path: journal } : undefined;
  let waiting = queue ? 0 : undefined;
  if (past && queueing) {
    const { counts } = await (await import("./dial-queue.ts")).learnFromQueue(queueing);
    waiting = counts.waiting;
    past = await readJournal(journal);
  }
  const plan = await planFor(options, window, past);
  if (!json) out.write(planInWords(plan, { ...options, url: worker?.url, window, waiting }));
  if (!worker) {
    if (json) out.write(`${JSON.stringify(sumOf(plan, { outcomes: new Map() }))}\n`);
    return 0;
  }
  if (plan.due.length > 0 && !(await agreed("Call them?", options))) return 1;
  if (queueing) return (await import("./dial-queue.ts")).carryOver(plan, queueing);
  const result = await carryOut(plan, { ...options, window, worker, path: journal, ...(time && { time }) });
  const sum = sumOf(plan, result);
  out.write(json ? `${JSON.stringify(sum)}\n` : sumInWords(sum));
  return isComplete(sum) ? 0 : 1;
}

async function statusOf(options: ListOptions): Promise<number> {
  const { file, flow, url } = options;
  const path = journalOf(options);
  const worker = await workerCallsAt(url);
  const past = await readJournal(path);
  if (!past)
    throw new Problem(
      `There is no journal ${path}: ${file} was not handed over from this folder, or with --journal.`,
    );
  checkJournal(past, path, flow, worker);
  const { contacts } = await readList(options);
  const lines = new Map(contacts.map(({ to, line }) => [to, line]));
  return (await import("./dial-queue.ts")).listStatus({ ...options, worker, path }, lines);
}

function checkJournal({ head }: Past, file: string, flow: string, worker: WorkerCalls | undefined): void {
  const other =
    head.flow !== flow
      ? `the flow ${head.flow}`
      : worker && head.url !== worker.url
        ? `the Worker ${head.url}`
        : undefined;
  if (other !== undefined)
    throw new Problem(`The journal ${file} is of ${other}. Name another one with --journal.`);
}

async function planFor(
  options: ListOptions,
  window: Window | undefined,
  past: Past | undefined,
): Promise<Plan> {
  const { file, zone, except, time } = options;
  const list = await readList(options);
  return planOf(list, {
    ...{ file, window, zone },
    known: past?.known ?? new Map(),
    except: except === undefined ? new Set() : readExcept(await textOf(except), except),
    now: (time ?? { now: Date.now }).now(),
  });
}

async function readList({ file, flow: name, set = {} }: ListOptions): Promise<Contacts> {
  const rows = parseCsv(await textOf(file), file);
  const { flows } = await buildProject();
  const flow = flows.find((one) => one.flow.name === name);
  if (!flow)
    throw new Problem(`No flow "${name}" without errors in flows/. \`npx ringflow check\` shows the errors.`);
  return readContacts({ file, rows, flow, given: set });
}

async function textOf(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new Problem(`Cannot read ${file}: ${error.code}.`);
  });
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Problem(`${file} is not in UTF-8. Save it as "CSV UTF-8".`);
  }
}

interface Carrying extends ListOptions {
  window: Window | undefined;
  worker: WorkerCalls;
  /** The journal's file. */
  path: string;
}

async function carryOut({ due }: Plan, options: Carrying): Promise<Result> {
  if (due.length === 0) return { outcomes: new Map() };
  const { worker, flow, path, window, rate, json, out } = options;
  const journal = await openJournal(path, { flow, url: worker.url });
  const progress = json ? SILENT : progressOn(out, due.length, rate);
  const { signal, release } = onInterrupt(progress.interrupted);
  try {
    const place = (body: Body, key: string) => worker.place(flow, body, key);
    const time = timeOf(options, signal);
    return await runList(due, {
      journal,
      place,
      bodyOf: bodyOf(options),
      window,
      rate,
      ...time,
      signal,
      ...progress,
    });
  } finally {
    progress.end();
    release();
    await journal.close();
  }
}
