/** `ringflow dial --file --queue` and `--status`: a list that the Worker calls on its own. */
import { type Journal, openJournal } from "../../account/list/journal.ts";
import type { Plan } from "../../account/list/plan.ts";
import { askQueue, handOverList, learn, type Queued } from "../../account/list/queue.ts";
import {
  isHandedOver,
  type NotCalled,
  queuedInWords,
  queueSumInWords,
  queueSumOf,
} from "../../account/list/queue-words.ts";
import { keyOf } from "../../account/list/run.ts";
import type { Window } from "../../account/list/zone.ts";
import type { WorkerCalls } from "../../account/worker-calls.ts";
import { bodyOf, type ListOptions, onInterrupt, timeOf } from "./list-options.ts";

/** What both need: the journal's file, and the Worker. */
interface Queueing extends ListOptions {
  path: string;
  worker: WorkerCalls;
}

/** Brings the journal up to what the Worker knows; returns how many rows wait in the queue. */
export async function learnFromQueue({ path, flow, worker }: Queueing): Promise<Queued> {
  return withJournal({ path, flow, worker }, async (journal) => {
    const queued = await askQueue(worker, flow, journal.head.id);
    await learn(journal, queued);
    return queued;
  });
}

/**
 * Hands everybody over who is due.
 * @returns the exit code: 1 if somebody was not handed over
 */
export async function carryOver(
  { due, ...plan }: Plan,
  options: Queueing & { window: Window | undefined },
): Promise<number> {
  const { worker, flow, window, out, json = false } = options;
  const isTerminal = !json && "isTTY" in out && out.isTTY === true;
  const { signal, release } = onInterrupt(() => void (json || out.write("Ending after this request.\n")));
  try {
    const done = await withJournal(options, (journal) =>
      handOverList(due, {
        ...{ journal, window, signal, ...timeOf(options, signal) },
        send: (body) => worker.handOver(flow, body),
        bodyOf: bodyOf(options),
        report: (count) => void (isTerminal && out.write(`\r${count} of ${due.length}`)),
      }),
    );
    if (isTerminal && due.length > 0) out.write("\n");
    const sum = queueSumOf({ due, ...plan }, done);
    out.write(json ? `${JSON.stringify(sum)}\n` : queueSumInWords(sum, options));
    return isHandedOver(sum) ? 0 : 1;
  } finally {
    release();
  }
}

/**
 * Shows what became of a list.
 * @returns the exit code: 0 if everybody was called who was handed over
 */
export async function listStatus(options: Queueing, lines: ReadonlyMap<string, number>): Promise<number> {
  const { worker, out, path, flow, json = false } = options;
  const queued = await learnFromQueue(options);
  const { counts, rows } = queued;
  const notCalled = await withJournal({ path, flow, worker }, async ({ head, known }) => {
    const byKey = new Map([...known.keys()].map((to) => [keyOf(head.id, to), to]));
    return rows.flatMap(({ key, is, reason }): NotCalled[] => {
      const to = byKey.get(key) ?? key;
      return is === "placed" ? [] : [{ line: lines.get(to), to, is, reason }];
    });
  });
  if (json) out.write(`${JSON.stringify({ ...counts, notCalled })}\n`);
  else out.write(queuedInWords(queued, notCalled, worker.url));
  const { waiting, refused, lost } = counts;
  return waiting + refused + lost === 0 ? 0 : 1;
}

async function withJournal<T>(
  { path, flow, worker }: Pick<Queueing, "path" | "flow" | "worker">,
  use: (journal: Journal) => Promise<T>,
): Promise<T> {
  const journal = await openJournal(path, { flow, url: worker.url });
  try {
    return await use(journal);
  } finally {
    await journal.close();
  }
}
