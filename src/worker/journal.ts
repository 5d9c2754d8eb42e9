/**
 * The journal of outgoing calls and messages, in a Durable Object's SQLite: what came under each Idempotency-Key, how much
 * was done in each minute and day, and when the next alarm is due. Writes without an await between them are one transaction.
 */
import type { Resource } from "./twilio.ts";

/** A call to place, or a message to send. */
export interface Order {
  key: string;
  resource: Resource;
  /** The resource's parameters, as a form. */
  form: string;
  /** What the client has asked for, to know the same request again: the same values are not always sealed alike. */
  asked: string;
  /** The hours of the day in which the receiver is called, such as `09:00-20:00`, and their zone; empty for any hour. */
  hours?: string | null;
  zone?: string | null;
}

/** An order in the journal. */
export interface Entry extends Omit<Order, "asked"> {
  /** Null in a journal from before it was written down. */
  asked: string | null;
  /** When the key came first, and when it was last tried; milliseconds since 1970. */
  at: number;
  tried: number;
  /** How many calls were placed before this one by the flow's plan. */
  tries: number;
  /** Null until Twilio has answered. */
  sid: string | null;
  status: string | null;
  /** When the call is placed again; 0 once it was, null if that is not planned. */
  due: number | null;
  /** When it is not placed again any more. */
  until: number | null;
}

type Value = string | number;

/** The part of a Durable Object's storage that is used. */
export interface Storage {
  sql: { exec<Row>(query: string, ...values: Value[]): { toArray(): Row[] } };
  setAlarm(at: number): Promise<void>;
}

/** Milliseconds. */
export const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** How long a key is remembered. */
const WEEK = 7 * DAY;
/** How many calls one alarm places; the next one comes at once. */
const MOST_AT_ONCE = 100;

const SCHEMA = [
  "TABLE IF NOT EXISTS calls (key PRIMARY KEY, resource, form, asked, at, tried, tries, sid, status, due, until, hours, zone)",
  "INDEX IF NOT EXISTS calls_at ON calls (at)",
  "INDEX IF NOT EXISTS calls_due ON calls (due)",
  "INDEX IF NOT EXISTS calls_sid ON calls (sid)",
  // How many keys came in each minute and day.
  "TABLE IF NOT EXISTS counts (period PRIMARY KEY, at, count)",
];
const INSERT =
  "INSERT INTO calls (key, resource, form, asked, at, tries, hours, zone) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
const COUNT =
  "INSERT INTO counts VALUES (?, ?, ?) ON CONFLICT (period) DO UPDATE SET count = count + excluded.count";

/** A journal. Its functions are synchronous, but for the alarm. */
export class Journal {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
    for (const part of SCHEMA) this.#sql(`CREATE ${part}`);
    // A journal from before these columns: its orders are known by their forms.
    const columns = this.#sql<{ name: string }>("PRAGMA table_info(calls)").map(({ name }) => name);
    for (const name of ["asked", "hours", "zone"])
      if (!columns.includes(name)) this.#sql(`ALTER TABLE calls ADD COLUMN ${name}`);
  }

  byKey(key: string): Entry | undefined {
    return this.#sql<Entry>("SELECT * FROM calls WHERE key = ?", key)[0];
  }

  bySid(sid: string): Entry | undefined {
    return this.#sql<Entry>("SELECT * FROM calls WHERE sid = ?", sid)[0];
  }

  /** The calls that are to be placed again by now, or the first of them. */
  due(now: number): Entry[] {
    return this.#sql(`SELECT * FROM calls WHERE due BETWEEN 1 AND ? LIMIT ${MOST_AT_ONCE}`, now);
  }

  add({ key, resource, form, asked, hours, zone }: Order, tries: number, now: number): void {
    this.#sql(INSERT, key, resource, form, asked, now, tries, hours ?? "", zone ?? "");
    this.#count(now, 1);
  }

  /** Removes an order that did nothing: its key can come again. */
  remove(key: string, at: number): void {
    this.#sql("DELETE FROM calls WHERE key = ?", key);
    this.#count(at, -1);
  }

  /** Changes fields of an entry. */
  update(key: string, fields: Readonly<Record<string, Value>>): void {
    const names = Object.keys(fields).map((name) => `${name} = ?`);
    this.#sql(`UPDATE calls SET ${names} WHERE key = ?`, ...Object.values(fields), key);
  }

  /** Forgets what is older than a week, except calls that are still due. */
  forget(now: number): void {
    this.#sql("DELETE FROM calls WHERE at < ? AND COALESCE(due, 0) = 0", now - WEEK);
    this.#sql("DELETE FROM counts WHERE at < ?", now - WEEK);
  }

  /** Seconds until there is room for another order; 0 if there is now. */
  fullFor(limits: { minute: number; day: number }, now: number): number {
    const leftOf = (length: number): number => Math.ceil((length - (now % length)) / 1000);
    if (this.#counted(now, DAY) >= limits.day) return leftOf(DAY);
    return this.#counted(now, MINUTE) >= limits.minute ? leftOf(MINUTE) : 0;
  }

  /** Sets the alarm for the first call that is due, or for the day on which the oldest key is forgotten. */
  async wake(now: number): Promise<void> {
    const [first] = this.#sql<{ due: number }>("SELECT due FROM calls WHERE due > 0 ORDER BY due LIMIT 1");
    const [oldest] = this.#sql<{ at: number }>("SELECT at FROM calls ORDER BY at LIMIT 1");
    if (!oldest) return;
    const forgotten = Math.max(oldest.at + WEEK + MINUTE, now + DAY);
    await this.#storage.setAlarm(Math.min(first?.due ?? forgotten, forgotten));
  }

  #count(at: number, by: number): void {
    for (const length of [MINUTE, DAY]) this.#sql(COUNT, periodOf(at, length), at, by);
  }

  #counted(at: number, length: number): number {
    const query = "SELECT count FROM counts WHERE period = ?";
    return this.#sql<{ count: number }>(query, periodOf(at, length))[0]?.count ?? 0;
  }

  #sql<Row>(query: string, ...values: Value[]): Row[] {
    return this.#storage.sql.exec<Row>(query, ...values).toArray();
  }
}

/** The minute or the day, in UTC, that a moment is in. */
function periodOf(at: number, length: number): string {
  return `${length} ${Math.floor(at / length)}`;
}
