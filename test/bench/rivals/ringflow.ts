/** The Worker as it is deployed, but for its store, which is memory; its clock stands still while the office is open. */
import { env, waitUntil } from "cloudflare:workers";
import programs from "../../../.ringflow/programs.json";
import { createApp } from "../../../src/worker/app.ts";
import { depsFrom } from "../../../src/worker/bindings.ts";
import type { Store } from "../../../src/worker/store.ts";

const kept = new Map<string, string>();
const memory: Store = {
  get: async (key) => kept.get(key) ?? null,
  put: async (key, value) => {
    kept.set(key, value);
  },
};
const deps = depsFrom({ ...env, CALLS: memory }, programs, waitUntil);

export default createApp({ ...deps, callTime: () => Date.UTC(2026, 10, 23, 17), log: () => undefined });
