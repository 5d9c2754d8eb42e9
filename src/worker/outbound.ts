/**
 * The Durable Object of one flow's outgoing calls, or of text messages. Nothing is done twice: a key is in the journal
 * before Twilio gets the request, and a key whose outcome is unknown is looked for in Twilio's list before another request
 * is made.
 */
import type { Deps } from "./deps.ts";
import { secondsUntil } from "./hours.ts";
import { type Entry, Journal, MINUTE, type Order, type Storage } from "./journal.ts";
import { type ListRequest, Lists } from "./lists.ts";
import { handleNoted, type NotedRequest } from "./noted-recordings.ts";
import { problem } from "./reply.ts";
import { accountOf, create, list, type Made, type Refusal } from "./twilio.ts";

/** A call that was not answered, and the flow's plan. */
export interface Unanswered {
  sid: string;
  /** Minutes before each further try. */
  after: readonly number[];
  /** Minutes until no more calls are placed; without them, a call that fails is tried for a day. */
  left?: number | undefined;
}

/** What the object needs of the Worker. */
export interface OutboundDeps extends Pick<Deps, "web" | "apiKey" | "tokens" | "api" | "accountSid" | "log"> {
  /** The most calls that one flow places. */
  limits: { minute: number; day: number };
}

/** Handles a call that is never placed again, although the plan has another try. Never rejects. */
export type GaveUp = (call: Pick<Entry, "sid" | "form">) => Promise<void>;

/** Minutes. */
const DAY = 1440;

/** Twilio's dates are whole seconds, by another clock. */
const SKEW = 5000;

/** What was made; or why not, and whether that is certain. */
type Outcome = Made | (Refusal & { isCertain?: boolean });

/**
 * POST of an `Order` places a call; of an `Unanswered`, plans the next one: 200 if there is one, 204 if not; of a `ListRequest`,
 * notes or says what became of rows; of a `NotedRequest`, when which recordings are deleted.
 */
export class Outbound {
  readonly #journal: Journal;
  readonly #lists: Lists;
  readonly #storage: Storage;
  readonly #deps: OutboundDeps;
  readonly #gaveUp: GaveUp;

  constructor(storage: Storage, deps: OutboundDeps, gaveUp: GaveUp) {
    this.#journal = new Journal(storage);
    this.#lists = new Lists(storage, deps.limits.minute);
    this.#storage = storage;
    this.#deps = deps;
    this.#gaveUp = gaveUp;
  }

  async fetch(request: Request): Promise<Response> {
    const wanted: Order | Unanswered | ListRequest | NotedRequest = await request.json();
    if ("recordings" in wanted) return Response.json(handleNoted(this.#storage, wanted));
    if ("does" in wanted) return Response.json(this.#lists.handle(wanted, Date.now()));
    return "sid" in wanted ? this.#plan(wanted) : this.#place(wanted, 0);
  }

  /** Places the calls that are due, and forgets old keys. */
  async alarm(): Promise<void> {
    const now = Date.now();
    for (const entry of this.#journal.due(now)) await this.#placeAgain(entry, now);
    this.#journal.forget(now);
    this.#lists.forget(now);
    await this.#journal.wake(now);
  }

  /** Places a call again, or logs why it never will be. */
  async #placeAgain(entry: Entry, now: number): Promise<void> {
    const isLate = now > (entry.until ?? now);
    // The alarm can be late.
    const wait = isLate ? 0 : untilHours(entry, now);
    if (wait > 0) return this.#journal.update(entry.key, { due: now + wait });
    // A key of the Worker's clients has no line break.
    const again = { ...entry, asked: entry.asked ?? "", key: `${entry.key}\n` };
    const answer = isLate ? problem(400, "too-late", "") : await this.#place(again, entry.tries + 1);
    const { error }: { error?: { code: string } } = await answer.json();
    // Wrong credentials stay wrong until someone changes them.
    const isStuck = answer.status === 502 && error?.code !== "unknown";
    // Unknown, too many, or under way: once more in a minute.
    const due = answer.status > 400 ? now + (isStuck ? 10 : 1) * MINUTE : 0;
    // Before it is noted: if the process dies here, the alarm comes again.
    if (answer.status === 400) await this.#gaveUp(entry);
    this.#journal.update(entry.key, { due });
    if (answer.status !== 400 && !isStuck) return;
    const line = { call: entry.sid ?? "", flow: "", event: "retry" };
    this.#deps.log({ ...line, error: `not placed again${due ? " yet" : ""}: ${error?.code}` });
  }

  async #plan({ sid, after, left }: Unanswered): Promise<Response> {
    const entry = this.#journal.bySid(sid);
    const wait = entry && nextWait({ after, left }, entry.tries);
    const none = new Response(null, { status: 204 });
    // Twilio may deliver the callback twice.
    if (!entry || entry.due !== null) return entry ? new Response() : none;
    if (wait === undefined) return none;
    const now = Date.now();
    const until = now + (left ?? wait + DAY) * MINUTE;
    const then = now + wait * MINUTE;
    const due = then + untilHours(entry, then);
    if (due > until) return none;
    this.#journal.update(entry.key, { due, until });
    await this.#journal.wake(now);
    return new Response();
  }

  async #place(order: Order, tries: number): Promise<Response> {
    const now = Date.now();
    const { key } = order;
    const before = this.#journal.byKey(key);
    const answer = before ? answerTo(before, order, now) : this.#refuseMore(now);
    if (answer) return answer;
    if (!before) this.#journal.add(order, tries, now);
    this.#journal.update(key, { tried: now });
    await this.#journal.wake(now);
    const made = await this.#make(order, before);
    if ("created" in made) {
      this.#journal.update(key, { sid: made.sid, status: made.status });
      return placed(made);
    }
    if (!made.isCertain) return problem(made.status === "timeout" ? 504 : 502, "unknown", UNKNOWN, 60);
    this.#journal.remove(key, before?.at ?? now);
    const status = made.status === "429" ? 429 : made.status === "401" ? 502 : 400;
    return problem(status, `twilio-${made.code}`, made.message, status === 429 ? 1 : undefined);
  }

  #refuseMore(now: number): Response | undefined {
    const after = this.#journal.fullFor(this.#deps.limits, now);
    return after === 0
      ? undefined
      : problem(429, "limit", "CALLS_PER_MINUTE or CALLS_PER_DAY is reached.", after);
  }

  /**
   * Makes a call or a message, or finds the one that was made before.
   * @param before the key's entry, if an earlier try had no known outcome
   */
  async #make({ resource, form }: Order, before: Entry | undefined): Promise<Outcome> {
    const { web, accountSid = "" } = this.#deps;
    const account = accountOf(this.#deps, accountSid);
    if (!account) return { status: "", code: 0, message: "TWILIO_AUTH_TOKEN is not set.", isCertain: true };
    const fields = Object.fromEntries(new URLSearchParams(form));
    if (before) {
      const { To = "", From } = fields;
      const all = await list(web, account, resource, { To, ...(From && { From }) });
      if (!Array.isArray(all)) return all;
      const found = all.find((one) => this.#isOf(before, fields, one));
      if (found) return found;
    }
    const made = await create(web, account, resource, fields);
    // A time-out, a lost connection or a 5xx says nothing about the call.
    return "created" in made ? made : { ...made, isCertain: /^4(?!08)/.test(made.status) };
  }

  /** Whether what Twilio lists can be what an earlier try has made: no other key has it. */
  #isOf({ at }: Entry, { Body = "" }: Record<string, string>, { sid, created, body = "" }: Made): boolean {
    // A call in Twilio's queue may have no date yet. A trial account puts its own words before the text.
    return !(created <= at - SKEW) && body.endsWith(Body) && !this.#journal.bySid(sid);
  }
}

/** Milliseconds until the hours in which a receiver is called; 0 within them. */
function untilHours({ hours, zone }: Entry, now: number): number {
  return hours && zone ? secondsUntil(hours, zone, now) * 1000 : 0;
}

/** Minutes until the next of a plan's tries; undefined if there is none, or it would come too late. */
export function nextWait(
  { after, left }: Pick<Unanswered, "after" | "left">,
  tries: number,
): number | undefined {
  const wait = after[tries];
  return wait !== undefined && wait <= (left ?? wait) ? wait : undefined;
}

/** The answer to a key that was there before, unless it is time to try again. */
function answerTo(before: Entry, { form, asked }: Order, now: number): Response | undefined {
  const isSame = before.asked === null ? before.form === form : before.asked === asked;
  if (!isSame) return problem(409, "other-body", "This Idempotency-Key came with another body.");
  if (before.sid) return placed(before);
  if (now - before.tried < MINUTE) return problem(409, "in-progress", "This key is being handled.", 60);
  return undefined;
}

const UNKNOWN = "Twilio failed, and may have done it. Repeat the request with the same key.";

function placed({ sid, status }: Pick<Entry, "sid" | "status">): Response {
  return Response.json({ sid, status }, { status: 201 });
}
