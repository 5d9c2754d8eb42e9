/** The deployed Worker for the soak: its store is memory of a bounded size, and every service answers `{}`. */
import { env, waitUntil } from "cloudflare:workers";
import programs from "../../.ringflow/programs.txt";
import { depsFrom } from "../../src/worker/bindings.ts";
import * as outgoing from "../../src/worker/outgoing.ts";
import { serve } from "../../src/worker/serve.ts";
import type { Store } from "../../src/worker/store.ts";

/** KV is outside of the Worker: what is stored here must not count as its memory. */
const MOST_KEYS = 2000;
const stored = new Map<string, string>();
const memory: Store = {
  get: async (key) => stored.get(key) ?? null,
  put: async (key, value) => {
    stored.delete(key);
    stored.set(key, value);
    const [oldest] = stored.keys();
    if (stored.size > MOST_KEYS && oldest !== undefined) stored.delete(oldest);
  },
};
const deps = depsFrom({ ...env, CALLS: memory }, programs, waitUntil);

const fetch = serve({
  ...deps,
  outgoing: async () => outgoing,
  web: { fetch: async () => Response.json({}, { status: 201 }), privateHosts: [] },
});

export default { fetch };
