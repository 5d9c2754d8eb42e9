/** A thread that lays graphs out, one after another: a large one takes seconds, and the command line goes on meanwhile. */
import { parentPort, workerData } from "node:worker_threads";
import type { Drawing } from "../../phone/page/contract.ts";
import type { Graph } from "./graph.ts";
import { layOut } from "./layout.ts";

/** What the thread is handed, and what it tells for each. */
export interface LayoutJob {
  id: string;
  graph: Graph;
}
export interface LaidOut {
  id: string;
  /** Where it could not be drawn: why. */
  drawing: Drawing | { problem: string };
}

const jobs: LayoutJob[] = workerData;
for (const { id, graph } of jobs) {
  const drawing = await layOut(graph).catch((error: unknown) => ({ problem: String(error) }));
  const done: LaidOut = { id, drawing };
  parentPort?.postMessage(done);
}
