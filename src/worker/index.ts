/** The Worker's entry: its bindings and the compiled flows make the app, once for each isolate. */
import { env, waitUntil } from "cloudflare:workers";
import programs from "../../.ringflow/programs.txt";
import { createApp } from "./app.ts";
import { depsFrom } from "./bindings.ts";
import type { Storage } from "./journal.ts";

export { Pointers } from "./pointers.ts";

// `ringflow build` writes it. Wrangler's bundler would put in what an import names by a literal.
const OUTGOING = "./outgoing.js";

const deps = { ...depsFrom(env, programs, waitUntil), outgoing: (): Promise<Outgoing> => import(OUTGOING) };

type Outgoing = typeof import("./outgoing.ts");

/** Places the calls of one flow. */
export class Outbound {
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

export default Object.assign(createApp(deps), {
  /** The cron trigger of wrangler.toml. */
  async scheduled(): Promise<void> {
    if (deps.recordingsKeep) await (await deps.outgoing()).deleteRecordings(deps);
  },
});
