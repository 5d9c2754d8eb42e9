/** The memory of a conversation's Durable Object: its storage, and what the storage has not taken yet. */
import { messageOf } from "../../program/message-of.ts";
import { within } from "../store.ts";
import { type ConversationStorage, KEY, type Stored } from "./stored.ts";

/** Milliseconds that the storage has. */
const STORAGE_MS = 2000;

/** Reads and writes what the object stores. What the storage did not take is kept until it does. */
export class Memory {
  readonly #storage: ConversationStorage;
  /** What the storage did not take, and when the object wakes: a turn must not be forgotten while the object lives. */
  #unwritten: { stored: Stored; wakeAt: number } | undefined;

  constructor(storage: ConversationStorage) {
    this.#storage = storage;
  }

  /** Whether the storage has everything. */
  get isWritten(): boolean {
    return this.#unwritten === undefined;
  }

  /** @throws Error if the storage fails, or does not answer in time */
  async read(): Promise<Stored | undefined> {
    return this.#unwritten?.stored ?? (await inTime(this.#storage.get(KEY)));
  }

  /**
   * Writes what is to be stored, and sets the alarm. Never rejects.
   * @returns why it is not written, if it is not
   */
  async write(stored: Stored, wakeAt: number): Promise<string | undefined> {
    this.#unwritten = { stored, wakeAt };
    try {
      // Without an await between them, both are written or none.
      const writing = Promise.all([this.#storage.put(KEY, stored), this.#storage.setAlarm(wakeAt)]);
      if (!(await within(STORAGE_MS, writing))) return "not written in time";
      this.#unwritten = undefined;
      return undefined;
    } catch (error) {
      return `not written: ${messageOf(error)}`;
    }
  }

  /** Writes what the storage did not take. Never rejects. */
  async writeAgain(): Promise<void> {
    if (this.#unwritten) await this.write(this.#unwritten.stored, this.#unwritten.wakeAt);
  }

  /** @throws Error if the storage fails, or does not answer in time */
  async wake(at: number): Promise<void> {
    await this.writeAgain();
    await inTime(this.#storage.setAlarm(at));
  }

  /** @throws Error if the storage fails, or does not answer in time */
  async forget(): Promise<void> {
    this.#unwritten = undefined;
    await inTime(this.#storage.delete(KEY));
  }
}

// A turn that waits forever would make every later one wait.
async function inTime<T>(work: Promise<T>): Promise<T> {
  const done = await within(
    STORAGE_MS,
    work.then((value) => ({ value })),
  );
  if (!done) throw new Error("the conversation's storage did not answer in time");
  return done.value;
}
