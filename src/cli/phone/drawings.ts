/** The flows' drawings, made in a thread, once for each graph. */
import { createHash } from "node:crypto";
import { Worker } from "node:worker_threads";
import type { Drawing } from "../../phone/page/contract.ts";
import { isPackaged } from "../installation.ts";
import type { Graph } from "./graph.ts";
import type { LaidOut, LayoutJob } from "./layout-thread.ts";

/** Drawings by the graph that they show. */
export interface Drawings {
  /** The drawing of a graph; undefined until it is done. */
  of(graph: Graph): Drawing | undefined;
  /** Draws these graphs, the small ones first, and cancels all other drawing. */
  want(graphs: readonly Graph[]): void;
  close(): void;
}

/** How many drawings are cached: an author who undoes a change has the drawing at once. */
const MOST = 200;

const THREAD = isPackaged ? "./layout-thread.js" : "./layout-thread.ts";

/**
 * @param drawn called after every drawing
 * @param failed called with a sentence that says why a drawing failed
 */
export function drawingsIn(drawn: () => void, failed: (why: string) => void): Drawings {
  const done = new Map<string, Drawing>();
  let thread: Worker | undefined;

  const store = ({ id, drawing }: LaidOut): void => {
    if ("problem" in drawing) {
      failed(`A flow could not be drawn: ${drawing.problem}`);
      return;
    }
    done.set(id, drawing);
    const [oldest] = done.keys();
    if (done.size > MOST && oldest !== undefined) done.delete(oldest);
    drawn();
  };

  const stop = (): void => {
    thread?.removeAllListeners();
    void thread?.terminate();
    thread = undefined;
  };

  return {
    of: (graph) => done.get(nameOf(graph)),
    want(graphs) {
      stop();
      const jobs = graphs.map((graph): LayoutJob => ({ id: nameOf(graph), graph }));
      const missing = jobs.filter(({ id }) => !done.has(id));
      if (missing.length === 0) return;
      missing.sort((a, b) => a.graph.nodes.length - b.graph.nodes.length);
      thread = new Worker(new URL(THREAD, import.meta.url), { workerData: missing });
      thread.unref();
      thread.on("message", store);
      thread.on("error", (error) => failed(`The flows could not be drawn: ${error}`));
    },
    close: stop,
  };
}

function nameOf(graph: Graph): string {
  return createHash("sha256").update(JSON.stringify(graph)).digest("hex");
}
