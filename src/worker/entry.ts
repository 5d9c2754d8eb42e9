/** Makes what a Worker's entry exports: once for each isolate, from its bindings and the compiled flows. */
import { env, waitUntil } from "cloudflare:workers";
import { createApp } from "./app.ts";
import { depsFrom } from "./bindings.ts";
import type { Storage } from "./journal.ts";

// `ringflow build` writes it. Wrangler's bundler would put in what an import names by a literal.
const OUTGOING = "./outgoing.js";

type Outgoing = typeof import("./outgoing.ts");

/**
 * @param programs the text of `.ringflow/programs.txt`
 * @throws Error that names the wrong binding and says what to do
 */
export function workerOf(programs: string) {
  const deps = { ...depsFrom(env, programs, waitUntil), outgoing: (): Promise<Outgoing> => import(OUTGOING) };

  /** The Durable Object that places the calls of one flow. */
  class Outbound {
    readonly #storage: Storage;
    #calls: InstanceType<Outgoing["Outbound"]> | undefined;

    constructor({ storage }: { storage: Storage }) {
      this.#storage = storage;
    }

    async fetch(request: Request): Promise<Response> {
      return (await this.#load()).fetch(request);
    }

    async alarm(): Promise<void> {
      return (await this.#load()).alarm();
    }

    async #load(): Promise<InstanceType<Outgoing["Outbound"]>> {
      const { Outbound } = await deps.outgoing();
      this.#calls ??= new Outbound(this.#storage, deps);
      return this.#calls;
    }
  }

  /** What the cron trigger of wrangler.toml calls. */
  const scheduled = async (): Promise<void> => {
    if (deps.recordingsKeep) await (await deps.outgoing()).deleteRecordings(deps);
  };

  return { app: createApp(deps), Outbound, scheduled };
}
