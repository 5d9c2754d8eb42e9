/** The flows' Durable Objects, in memory. */
import type { Publishing } from "../../src/worker/deps.ts";
import type { Published } from "../../src/worker/pointer.ts";
import { Pointers } from "../../src/worker/pointers.ts";

/** The objects that all isolates of a Worker share; each isolate has its own `isolate()`. */
export function pointerObjects() {
  const objects = new Map<string, Pointers>();
  let reads = 0;
  let failure: (() => Promise<Response>) | undefined;
  const object: Publishing["object"] = (flow) => {
    const one = objects.get(flow) ?? new Pointers({ storage: memoryStorage() });
    objects.set(flow, one);
    return {
      fetch(url, init) {
        if (init?.method === "POST") reads++;
        return failure ? failure() : one.fetch(new Request(url, init));
      },
    };
  };
  return {
    isolate: (): Publishing => ({ object, known: new Map() }),
    /** How often isolates read a pointer. */
    reads: () => reads,
    /** From now on, nothing answers as it should, until what is returned is called. */
    fail(how: () => Promise<Response>): () => void {
      failure = how;
      return () => {
        failure = undefined;
      };
    },
  };
}

function memoryStorage() {
  let stored: Published | undefined;
  return {
    get: async () => stored,
    put: async (_key: string, value: Published) => {
      stored = structuredClone(value);
    },
  };
}
