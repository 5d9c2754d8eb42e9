/**
 * The Durable Object of one flow's outgoing calls, or of text messages: a journal of Idempotency-Keys, the limits, and the
 * alarms of calls that are placed again. Nothing is done twice: a key is in the journal before Twilio gets the request, and a key whose
 * outcome is unknown is looked for in Twilio's list of calls before another request is made.
 */
import type { Deps } from "./deps.ts";
import { problem } from "./reply.ts";
import { accountOf, create, list, type Made, type Refusal, type Resource } from "./twilio.ts";

/** A call to place, or a message to send. */
export interface Order {
  key: string;
  resource: Resource;
  /** The resource's parameters, as a form. */
  form: string;
}

/** A call that was not answered, and the flow's plan. */
export interface Unanswered {
  sid: string;
  /** Minutes before each further try. */
  after: readonly number[];
  /** Minutes until no more calls are placed. */
  left: number;
}

type Value = string | number;

/** The part of a Durable Object's storage that is used. Writes without an await between them are one transaction. */
export interface Storage {
  sql: { exec<Row>(query: string, ...values: Value[]): { toArray(): Row[] } };
  setAlarm(at: number): Promise<void>;
}

/** What the object needs of the Worker. */
export interface OutboundDeps extends Pick<Deps, "web" | "apiKey" | "tokens" | "api" | "accountSid"> {
  /** The most calls that one flow places. */
  limits: { minute: number; day: number };
}

interface Row extends Order {
  /** When the key came first, and when its call was last tried; milliseconds since 1970. */
  at: number;
  tried: number;
  /** How many calls were placed before this one by the flow's plan. */
  tries: number;
  sid: string | null;
  status: string | null;
  /** When the call is placed again; 0 once it was. */
  due: number | null;
  /** When it is not placed again any more. */
  until: number | null;
}

const SCHEMA = [
  "TABLE IF NOT EXISTS calls (key PRIMARY KEY, resource, form, at, tried, tries, sid, status, due, until)",
  "INDEX IF NOT EXISTS calls_at ON calls (at)",
  "INDEX IF NOT EXISTS calls_due ON calls (due)",
  "INDEX IF NOT EXISTS calls_sid ON calls (sid)",
  // How many keys came in each minute and day.
  "TABLE IF NOT EXISTS counts (period PRIMARY KEY, at, count)",
];

const COUNT =
  "INSERT INTO counts VALUES (?, ?, ?) ON CONFLICT (period) DO UPDATE SET count = count + excluded.count";
const INSERT = "INSERT INTO calls (key, resource, form, at, tries) VALUES (?, ?, ?, ?, ?)";

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** How long a key is remembered. */
const WEEK = 7 * DAY;
/** How many calls one alarm places; the next one comes at once. */
const MOST_AT_ONCE = 100;
/** Twilio's dates are whole seconds, by another clock. */
const SKEW = 5000;

/** POST of an `Order` places a call; of an `Unanswered`, plans the next one: 200 if there is one, 204 if not. */
export class Outbound {
  readonly #storage: Storage;
  readonly #deps: OutboundDeps;

  constructor(storage: Storage, deps: OutboundDeps) {
    this.#storage = storage;
    this.#deps = deps;
    for (const part of SCHEMA) this.#sql(`CREATE ${part}`);
  }

  async fetch(request: Request): Promise<Response> {
    const wanted: Order | Unanswered = await request.json();
    return "sid" in wanted ? this.#plan(wanted) : this.#place(wanted, 0);
  }

  /** Places the calls that are due, and forgets old keys. */
  async alarm(): Promise<void> {
    const now = Date.now();
    for (const row of this.#rows(`due BETWEEN 1 AND ? LIMIT ${MOST_AT_ONCE}`, now)) {
      const isLate = now > (row.until ?? now);
      // A key of the Worker's clients has no line break.
      const placing = isLate ? undefined : this.#place({ ...row, key: `${row.key}\n` }, row.tries + 1);
      const { status = 0 } = (await placing) ?? {};
      // Unknown, too many, or under way: once more in a minute.
      this.#update("due = ?", row.key, status > 400 ? now + MINUTE : 0);
    }
    this.#sql("DELETE FROM calls WHERE at < ? AND COALESCE(due, 0) = 0", now - WEEK);
    this.#sql("DELETE FROM counts WHERE at < ?", now - WEEK);
    await this.#wake();
  }

  #sql<T = Row>(query: string, ...values: Value[]): T[] {
    return this.#storage.sql.exec<T>(query, ...values).toArray();
  }

  #rows(where: string, value: Value): Row[] {
    return this.#sql(`SELECT * FROM calls WHERE ${where}`, value);
  }

  #update(set: string, key: string, ...values: Value[]): void {
    this.#sql(`UPDATE calls SET ${set} WHERE key = ?`, ...values, key);
  }

  /** Sets the alarm for the first call that is due, or for the day on which the oldest key is forgotten. */
  async #wake(): Promise<void> {
    const [first] = this.#sql("SELECT * FROM calls WHERE due > 0 ORDER BY due LIMIT 1");
    const [oldest] = this.#sql("SELECT * FROM calls ORDER BY at LIMIT 1");
    if (!oldest) return;
    const forgotten = Math.max(oldest.at + WEEK + MINUTE, Date.now() + DAY);
    await this.#storage.setAlarm(Math.min(first?.due ?? forgotten, forgotten));
  }

  async #plan({ sid, after, left }: Unanswered): Promise<Response> {
    const [row] = this.#rows("sid = ?", sid);
    const wait = after[row?.tries ?? 0] ?? Number.NaN;
    // Twilio may deliver the callback twice.
    if (row?.due === null && wait <= left) {
      const now = Date.now();
      this.#update("due = ?, until = ?", row.key, now + wait * MINUTE, now + left * MINUTE);
      await this.#wake();
    } else if (!row || row.due === null) return new Response(null, { status: 204 });
    return new Response();
  }

  async #place({ key, resource, form }: Order, tries: number): Promise<Response> {
    const now = Date.now();
    const [row] = this.#rows("key = ?", key);
    if (row && row.form !== form)
      return problem(409, "other-body", "This Idempotency-Key came with another body.");
    if (row?.sid) return placed(row);
    if (row && now - row.tried < MINUTE) return problem(409, "in-progress", "This key is being handled.", 60);
    const full = row ? 0 : this.#fullFor(now);
    if (full) return problem(429, "limit", "CALLS_PER_MINUTE or CALLS_PER_DAY is reached.", full);
    if (!row) {
      this.#sql(INSERT, key, resource, form, now, tries);
      this.#count(now, 1);
    }
    this.#update("tried = ?", key, now);
    await this.#wake();
    const made = await this.#make(row, resource, form);
    if ("created" in made) {
      this.#update("sid = ?, status = ?", key, made.sid, made.status);
      return placed(made);
    }
    if (!made.isCertain) return problem(made.status === "timeout" ? 504 : 502, "unknown", UNKNOWN, 60);
    this.#sql("DELETE FROM calls WHERE key = ?", key);
    this.#count(row?.at ?? now, -1);
    const status = made.status === "429" ? 429 : made.status === "401" ? 502 : 400;
    return problem(status, `twilio-${made.code}`, made.message, status === 429 ? 1 : undefined);
  }

  /** Seconds until there is room for another call; 0 if there is now. */
  #fullFor(now: number): number {
    const { minute, day } = this.#deps.limits;
    const countOf = (length: number): number => {
      const [row] = this.#sql<{ count: number }>(
        "SELECT * FROM counts WHERE period = ?",
        periodOf(now, length),
      );
      return row?.count ?? 0;
    };
    if (countOf(DAY) >= day) return 3600;
    return countOf(MINUTE) >= minute ? 60 : 0;
  }

  #count(at: number, by: number): void {
    for (const length of [MINUTE, DAY]) this.#sql(COUNT, periodOf(at, length), at, by);
  }

  /**
   * Makes a call, or finds the one that was made before.
   * @param before the key's entry, if an earlier try had no known outcome
   */
  async #make(
    before: Row | undefined,
    resource: Resource,
    form: string,
  ): Promise<Made | (Refusal & { isCertain?: boolean })> {
    const { web, accountSid = "" } = this.#deps;
    const account = accountOf(this.#deps, accountSid);
    if (!account) return { status: "", code: 0, message: "TWILIO_AUTH_TOKEN is not set.", isCertain: true };
    const fields = Object.fromEntries(new URLSearchParams(form));
    if (before) {
      const { To = "", From, Body = "" } = fields;
      const all = await list(web, account, resource, { To, ...(From && { From }) });
      if (!Array.isArray(all)) return all;
      const found = all.find(
        // A trial account puts its own words before the text.
        ({ sid, created, body = "" }) =>
          created > before.at - SKEW && body.endsWith(Body) && !this.#rows("sid = ?", sid)[0],
      );
      if (found) return found;
    }
    const made = await create(web, account, resource, fields);
    // A time-out, a lost connection or a 5xx says nothing about the call.
    return "created" in made ? made : { ...made, isCertain: /^4(?!08)/.test(made.status) };
  }
}

/** The minute or the day, in UTC, that a moment is in. */
function periodOf(at: number, length: number): string {
  return `${length} ${Math.floor(at / length)}`;
}

const UNKNOWN = "Twilio failed, and may have done it. Repeat the request with the same key.";

function placed({ sid, status }: Pick<Row, "sid" | "status">): Response {
  return Response.json({ sid, status }, { status: 201 });
}
