/** The Durable Object of one flow: its pointer, the history, and how many calls each version had. */
import { type Change, type Counted, type Pointer, type Published, UNPUBLISHED } from "./pointer.ts";

/** A change of the pointer: it is made only if the pointer is still the one that the change was made from. */
export interface Move {
  expect: number;
  pointer: Omit<Pointer, "rev">;
  change: Change;
}

/** The part of a Durable Object's storage that is used. Its input gate lets no other request between a get and a put. */
export interface ObjectStorage {
  get(key: string): Promise<Published | undefined>;
  put(key: string, value: Published): Promise<void>;
}

const KEY = "published";
const MOST_CHANGES = 100;

/** GET returns everything, POST adds counted calls as well, PUT moves the pointer. */
export class Pointers {
  readonly #storage: ObjectStorage;

  constructor({ storage }: { storage: ObjectStorage }) {
    this.#storage = storage;
  }

  async fetch(request: Request): Promise<Response> {
    const text = await request.text();
    const before = (await this.#storage.get(KEY)) ?? UNPUBLISHED;
    if (request.method === "GET") return Response.json(before);
    if (request.method === "PUT") return this.#move(before, JSON.parse(text));
    // Calls of flows that were never published need no count.
    return before.pointer ? this.#count(before, JSON.parse(text)) : Response.json(before);
  }

  async #move(before: Published, { expect, pointer, change }: Move): Promise<Response> {
    const rev = before.pointer?.rev ?? 0;
    if (rev !== expect) return Response.json(before, { status: 409 });
    const history = [change, ...before.history].slice(0, MOST_CHANGES);
    return this.#put({ ...before, pointer: { ...pointer, rev: rev + 1 }, history });
  }

  async #count(before: Published, counted: Counted): Promise<Response> {
    const added = Object.entries(counted);
    if (added.length === 0) return Response.json(before);
    const calls = { ...before.calls };
    for (const [hash, count] of added) calls[hash] = (calls[hash] ?? 0) + count;
    return this.#put({ ...before, calls });
  }

  async #put(after: Published): Promise<Response> {
    await this.#storage.put(KEY, after);
    return Response.json(after);
  }
}
