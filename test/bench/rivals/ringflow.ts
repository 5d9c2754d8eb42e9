/**
 * The Worker as it is deployed: it logs each turn and puts its state. Only its store is memory, and its clock stands still
 * while the office is open.
 */
import { env, waitUntil } from "cloudflare:workers";
import programs from "../../../.ringflow/programs.txt";
import { depsFrom } from "../../../src/worker/bindings.ts";
import { serve } from "../../../src/worker/serve.ts";
import type { Store } from "../../../src/worker/store.ts";

const stored = new Map<string, string>();
const memory: Store = {
  get: async (key) => stored.get(key) ?? null,
  put: async (key, value) => {
    stored.set(key, value);
  },
};
const deps = depsFrom({ ...env, CALLS: memory }, programs, waitUntil);

const fetch = serve({
  ...deps,
  outgoing: () => Promise.reject(new Error("no call is placed")),
  callTime: () => Date.UTC(2026, 10, 23, 17),
});

export default { fetch };
