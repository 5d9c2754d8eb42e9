/** Calls the people of a list, each once, however often the run ends half-way. */
import { createHash } from "node:crypto";
import { Refusal } from "../worker-calls.ts";
import type { Contact } from "./contacts.ts";
import type { Body, Journal } from "./journal.ts";
import { isOpen, type Window } from "./zone.ts";

/** What became of a person's call in a run. */
export type Outcome =
  | { is: "placed"; sid: string }
  | { is: "refused" | "unknown"; reason: string }
  | { is: "outside" };

/** What a run needs. */
export interface RunDeps {
  journal: Journal;
  /** Asks the Worker for a call. @throws Refusal */
  place(body: Body, key: string): Promise<Readonly<Record<string, unknown>>>;
  /** The body for a person who was not asked for before. */
  bodyOf(contact: Contact): Body;
  window?: Window | undefined;
  /** Calls a second, at most. */
  rate: number;
  now(): number;
  /** Waits, or less if the run is to end. */
  sleep(milliseconds: number): Promise<void>;
  /** Ends the run once the requests on the way are answered. */
  signal: AbortSignal;
  /** Reports an outcome, or a wait. */
  report(contact: Contact, outcome: Outcome): void;
  wait(seconds: number, reason: string): void;
}

/** The result of a run. */
export interface Result {
  outcomes: Map<Contact, Outcome>;
  /** Why it ended before its last call. */
  stopped?: string;
}

interface Turn {
  contact: Contact;
  /** Requests without a certain answer, and when the next one may go out. */
  tries: number;
  from: number;
}

/** Refusals that everybody on the list would get. */
const OF_ALL = new Set(["from", "key", "body", "machine", "async", "twilio-21210", "twilio-21212"]);
/** How often a request is sent in one run if what became of the call is not known. */
const MOST_TRIES = 3;
/** How many requests in a row can stay without an answer. */
const MOST_SILENT = 3;
/** The most requests at a time. */
const LANES = 10;

/** Calls everybody who is due, each with a zone if there are hours, at the rate; goes past single refusals, and stops at what concerns them all. */
export async function runList(due: readonly Contact[], deps: RunDeps): Promise<Result> {
  const turns: Turn[] = due.map((contact) => ({ contact, tries: 0, from: 0 }));
  const run = new Run(turns, deps);
  await Promise.all(Array.from({ length: Math.min(LANES, Math.ceil(deps.rate)) }, () => run.lane()));
  return run.result;
}

class Run {
  readonly result: Result = { outcomes: new Map() };
  readonly #turns: Turn[];
  readonly #deps: RunDeps;
  /** When the next request may go out. */
  #next = 0;
  #silent = 0;

  constructor(turns: Turn[], deps: RunDeps) {
    this.#turns = turns;
    this.#deps = deps;
  }

  /** One request after the other. */
  async lane(): Promise<void> {
    for (;;) {
      const turn = this.#isOver() ? undefined : this.#turns.shift();
      if (!turn) return;
      await this.#pace(turn);
      if (this.#isOver()) return;
      try {
        await this.#take(turn);
      } catch (error) {
        // The other lanes end as well.
        this.result.stopped ??= "The journal cannot be written.";
        throw error;
      }
    }
  }

  #isOver(): boolean {
    return this.#deps.signal.aborted || this.result.stopped !== undefined;
  }

  async #pace({ from }: Turn): Promise<void> {
    const { now, sleep, rate } = this.#deps;
    const at = Math.max(now(), this.#next, from);
    this.#next = at + 1000 / rate;
    if (at > now()) await sleep(at - now());
  }

  #end({ contact }: Turn, outcome: Outcome): void {
    this.result.outcomes.set(contact, outcome);
    this.#deps.report(contact, outcome);
  }

  async #take(turn: Turn): Promise<void> {
    const { contact } = turn;
    const { journal, window, now, bodyOf, place } = this.#deps;
    // Looked at now, because the run can take hours.
    if (window && !isOpen(window, contact.zone ?? "UTC", now())) return this.#end(turn, { is: "outside" });
    const before = journal.known.get(contact.to);
    const isRepeated = before?.is === "asked";
    const body = isRepeated ? before.body : bodyOf(contact);
    await journal.write(contact.to, { is: "asked", at: now(), body });
    const answer = await place(body, keyOf(journal.head.id, contact.to)).catch(refusalIn);
    if (!(answer instanceof Refusal) && typeof answer.sid === "string") {
      this.#silent = 0;
      await journal.write(contact.to, { is: "placed", sid: answer.sid });
      return this.#end(turn, { is: "placed", sid: answer.sid });
    }
    const refusal = answer instanceof Refusal ? answer : NO_SID;
    if (isCertain(refusal, isRepeated)) await journal.write(contact.to, { is: "refused" });
    this.#refused(turn, refusal);
  }

  #refused(turn: Turn, { status, code, words, retryAfter }: Refusal): void {
    const { now, wait, signal } = this.#deps;
    this.#silent = status === 0 ? this.#silent + 1 : 0;
    if (status === 429) {
      const seconds = Math.max(1, retryAfter ?? 60);
      this.#next = Math.max(this.#next, now() + seconds * 1000);
      this.#turns.unshift(turn);
      if (!signal.aborted) wait(seconds, words);
    } else if (this.#silent >= MOST_SILENT || isOfAll(status, code)) {
      this.result.stopped ??= words;
    } else if (status === 400) this.#end(turn, { is: "refused", reason: words });
    else if (code === "other-body" || turn.tries + 1 >= MOST_TRIES)
      this.#end(turn, { is: "unknown", reason: words });
    else {
      const seconds = retryAfter ?? (status === 0 ? 10 : 60);
      this.#turns.push({ ...turn, tries: turn.tries + 1, from: now() + seconds * 1000 });
    }
  }
}

function refusalIn(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}

/** Whether no call was placed. A Worker that does not look at a repeated request says nothing about the one before. */
function isCertain({ status, code }: Refusal, isRepeated: boolean): boolean {
  if (code.startsWith("twilio-")) return true;
  return !isRepeated && status >= 400 && status < 500 && status !== 409;
}

/** Whether a refusal concerns everybody on the list. */
function isOfAll(status: number, code: string): boolean {
  if (status === 400) return OF_ALL.has(code);
  if (status === 409) return false;
  return status < 500 ? status > 400 : status === 501 || code.startsWith("twilio-");
}

const NO_SID = new Refusal("", {
  status: 200,
  code: "no-sid",
  words: "The Worker did not answer with a call.",
  retryAfter: undefined,
});

/**
 * The Idempotency-Key of a person: the same in each run, wherever the row is by then, so that even two runs at the same
 * time call the person once.
 */
export function keyOf(id: string, to: string): string {
  return `${id}-${createHash("sha256").update(`${id} ${to}`).digest("hex").slice(0, 20)}`;
}
