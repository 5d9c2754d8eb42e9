/** `ringflow dial --file`: calls the people of a list through the Worker. */
import { readFile } from "node:fs/promises";
import { setTimeout as timeout } from "node:timers/promises";
import { isZone } from "../../../flow/rules/expression-values.ts";
import { type Asking, agreed } from "../../account/agree.ts";
import { type Contacts, readContacts } from "../../account/list/contacts.ts";
import { parseCsv } from "../../account/list/csv.ts";
import { type Body, openJournal, type Past, readJournal } from "../../account/list/journal.ts";
import { readExcept } from "../../account/list/number.ts";
import { type Plan, planOf } from "../../account/list/plan.ts";
import { progressOn, SILENT } from "../../account/list/progress.ts";
import { type Result, type RunDeps, runList } from "../../account/list/run.ts";
import { isComplete, planInWords, sumInWords, sumOf } from "../../account/list/words.ts";
import { readWindow, type Window } from "../../account/list/zone.ts";
import { type WorkerCalls, workerCallsAt } from "../../account/worker-calls.ts";
import { Problem } from "../../problem.ts";
import { buildProject } from "../../project/project.ts";
import { checkCall, type DialOptions } from "./dial.ts";

/** Options of `ringflow dial --file`. */
export interface ListOptions extends Asking, Omit<DialOptions, "key"> {
  file: string;
  flow: string;
  /** Calls a second, at most. */
  rate: number;
  /** Hours at the person called, such as `09:00-20:00`. */
  between?: string;
  /** The time zone of those whose own is not known. */
  zone?: string;
  /** A file of numbers that are not called. */
  except?: string;
  /** The journal's file; next to the list if omitted. */
  journal?: string;
  dryRun?: boolean;
  ratePerMinute?: number;
  /** Minutes of a call, for its cost. */
  minutes: number;
  /** Time, for tests. */
  time?: Pick<RunDeps, "now" | "sleep">;
}

/**
 * Calls everybody on a list who was not called yet.
 * @returns the exit code: 1 if somebody was not called, or the person who was asked said no
 * @throws Problem if the list, the journal or the Worker cannot be used
 */
export async function dialList(options: ListOptions): Promise<number> {
  const { out, file, flow, url, dryRun = false, json = false, between, time } = options;
  checkCall(options);
  if (options.zone !== undefined && !isZone(options.zone))
    throw new Problem(`--zone is not a time zone such as America/New_York: "${options.zone}".`);
  const window = between === undefined ? undefined : readWindow(between);
  const journal = options.journal ?? `${file}.${flow}.journal`;
  const worker = dryRun ? undefined : await workerCallsAt(url);
  const past = await readJournal(journal);
  if (past) checkJournal(past, journal, flow, worker);
  const plan = await planFor(options, window, past);
  if (!json) out.write(planInWords(plan, { ...options, url: worker?.url, window }));
  if (!worker) {
    if (json) out.write(`${JSON.stringify(sumOf(plan, { outcomes: new Map() }))}\n`);
    return 0;
  }
  if (plan.due.length > 0 && !(await agreed("Call them?", options))) return 1;
  const result = await carryOut(plan, { ...options, window, worker, path: journal, ...(time && { time }) });
  const sum = sumOf(plan, result);
  out.write(json ? `${JSON.stringify(sum)}\n` : sumInWords(sum));
  return isComplete(sum) ? 0 : 1;
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
    throw new Problem(`No flow "${name}" without errors in flows/. \`ringflow check\` shows the errors.`);
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
  const { worker, flow, path, from, machine, window, rate, json, out } = options;
  const journal = await openJournal(path, { flow, url: worker.url });
  const progress = json ? SILENT : progressOn(out, due.length, rate);
  const { signal, release } = onInterrupt(progress.interrupted);
  const sleep = (milliseconds: number): Promise<void> =>
    timeout(milliseconds, undefined, { signal }).catch(() => undefined);
  const bodyOf = ({ to, set }: { to: string; set: Body }): Body => ({
    ...{ to, from, set },
    ...(machine && { machine }),
    ...(options.async && { async: true }),
  });
  try {
    const place = (body: Body, key: string) => worker.place(flow, body, key);
    const time = options.time ?? { now: Date.now, sleep };
    return await runList(due, { journal, place, bodyOf, window, rate, ...time, signal, ...progress });
  } finally {
    progress.end();
    release();
    await journal.close();
  }
}

/** Ctrl-C ends the run after the requests on the way; a second one ends the process, which loses nothing either. */
function onInterrupt(say: () => void): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const abort = (): void => {
    say();
    controller.abort();
  };
  process.once("SIGINT", abort);
  return { signal: controller.signal, release: () => void process.off("SIGINT", abort) };
}
