/** A thread that lays out graphs, one after another: a large one takes seconds, and the command line must not wait. */
import { parentPort, workerData } from "node:worker_threads";
import type { Drawing } from "../../phone/page/contract.ts";
import type { Graph } from "./graph.ts";
import { layOut } from "./layout/layout.ts";

/** The thread's input, and its result for each graph. */
export interface LayoutJob {
  id: string;
  graph: Graph;
}
export interface LaidOut {
  id: string;
  /** The drawing, or why it failed. */
  drawing: Drawing | { problem: string };
}

const jobs: LayoutJob[] = workerData;
for (const { id, graph } of jobs) {
  const done: LaidOut = { id, drawing: draw(graph) };
  parentPort?.postMessage(done);
}

function draw(graph: Graph): LaidOut["drawing"] {
  try {
    return layOut(graph);
  } catch (error) {
    return { problem: String(error) };
  }
}
