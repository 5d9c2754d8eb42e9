/** Makes what a Worker's entry exports: once for each isolate, from its bindings and the compiled flows. */
import { env, waitUntil } from "cloudflare:workers";
import type { Hono } from "hono/tiny";
import { createApp } from "./app.ts";
import { depsFrom } from "./bindings.ts";
import type { Deps } from "./deps.ts";
import type { Storage } from "./journal.ts";
import type { QueueBatch } from "./queue.ts";

/** What a Worker's entry exports, besides `Pointers`. */
export interface RingflowWorker {
  /** The routes, to mount at `/` of another Hono app. */
  app: Hono;
  /** The default export. An entry of your own spreads it, and replaces `fetch`. */
  handlers: Handlers;
  /** The Durable Object that places the calls of one flow. */
  Outbound: new (state: {
    storage: Storage;
  }) => OutboundObject;
}

/** What the runtime calls of a Worker. */
export interface Handlers {
  /** The routes. */
  fetch: Hono["fetch"];
  /** The consumer of the queue of lists: places their calls. */
  queue(batch: QueueBatch): Promise<void>;
  /** For the cron trigger: deletes old recordings, if RECORDINGS_KEEP is set or flows say how long theirs are kept. */
  scheduled(): Promise<void>;
}

/** What the runtime calls of the Durable Object. */
interface OutboundObject {
  fetch(request: Request): Promise<Response>;
  alarm(): Promise<void>;
}

// `ringflow build` writes it. Wrangler's bundler would put in what an import names by a literal.
const OUTGOING = "./outgoing.js";

type Outgoing = typeof import("./outgoing.ts");

/**
 * Makes a Worker of compiled flows and the bindings in its environment.
 * @param programs the text of `.ringflow/programs.txt`
 * @param functions the default export of `.ringflow/functions.js`: the project's own functions
 * @throws Error that names the wrong binding and says what to do
 */
export function worker(programs: string, { functions }: Pick<Deps, "functions"> = {}): RingflowWorker {
  const outgoing = (): Promise<Outgoing> => import(OUTGOING);
  const deps = { ...depsFrom(env, programs, waitUntil), functions, outgoing };

  class Outbound implements OutboundObject {
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

  const queue = async (batch: QueueBatch): Promise<void> => (await deps.outgoing()).placeQueued(deps, batch);
  const scheduled = async (): Promise<void> => {
    await (await deps.outgoing()).deleteRecordings(deps);
  };

  const app = createApp(deps);
  return { app, handlers: { fetch: app.fetch, queue, scheduled }, Outbound };
}
