/** Makes what a Worker's entry exports: once for each isolate, from its bindings and the compiled flows. */
import { env, waitUntil } from "cloudflare:workers";
import { depsFrom } from "./bindings.ts";
import type { ConversationStorage } from "./conversation/stored.ts";
import type { Deps } from "./deps.ts";
import type { Storage } from "./journal.ts";
import type { QueueBatch } from "./queue.ts";
import { type Serve, serve } from "./serve.ts";

/** What a Worker's entry exports, besides `Pointers`. */
export interface RingflowWorker {
  /** The default export. An entry of your own spreads it, and replaces `fetch`. */
  handlers: Handlers;
  /** The Durable Object that places the calls of one flow. */
  Outbound: LoadedClass;
  /** The Durable Object that has the text conversation of two numbers. */
  Conversations: LoadedClass;
}

/** What the runtime calls of a Worker. */
export interface Handlers {
  /** The routes. */
  fetch: Serve;
  /** The consumer of the queue of lists: places their calls. */
  queue(batch: QueueBatch): Promise<void>;
  /** For the cron trigger: deletes old recordings, if RECORDINGS_KEEP is set or flows say how long theirs are kept. */
  scheduled(): Promise<void>;
}

/** What the runtime calls of a Durable Object. */
interface LoadedObject {
  fetch(request: Request): Promise<Response>;
  alarm(): Promise<void>;
}

type ObjectStorage = Storage & ConversationStorage;

/** The class of a Durable Object that the second module makes. */
type LoadedClass = new (state: { storage: ObjectStorage }) => LoadedObject;

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

  const objectOf = (make: (outgoing: Outgoing, storage: ObjectStorage) => LoadedObject): LoadedClass =>
    class implements LoadedObject {
      readonly #storage: ObjectStorage;
      #object: LoadedObject | undefined;

      constructor({ storage }: { storage: ObjectStorage }) {
        this.#storage = storage;
      }

      async fetch(request: Request): Promise<Response> {
        return (await this.#load()).fetch(request);
      }

      async alarm(): Promise<void> {
        return (await this.#load()).alarm();
      }

      async #load(): Promise<LoadedObject> {
        const loaded = await deps.outgoing();
        this.#object ??= make(loaded, this.#storage);
        return this.#object;
      }
    };
  const Outbound = objectOf(({ Outbound }, storage) => new Outbound(storage, deps));
  const Conversations = objectOf(({ Conversations }, storage) => new Conversations(storage, deps));

  const queue = async (batch: QueueBatch): Promise<void> => (await deps.outgoing()).placeQueued(deps, batch);
  const scheduled = async (): Promise<void> => {
    await (await deps.outgoing()).deleteRecordings(deps);
  };

  return { handlers: { fetch: serve(deps), queue, scheduled }, Outbound, Conversations };
}
