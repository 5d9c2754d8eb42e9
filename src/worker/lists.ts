/**
 * The rows of lists, in the Durable Object of their flow: which are handed over, what became of each, and when the next one
 * is tried. The queue itself can deliver a row twice, and shows none of them.
 */
import { MINUTE, type Storage } from "./journal.ts";

/** What became of a row: `lost` if it was tried too often, and may have been called. */
type RowState = "waiting" | "placed" | "refused" | "lost";

/** A row whose outcome is known. */
export interface RowOutcome {
  key: string;
  is: Exclude<RowState, "waiting">;
  sid?: string;
  reason?: string;
}

/** What is asked of the object about a list. */
export type ListRequest =
  /** Which keys are new, with the seconds until each is tried; answered by an `Admitted`. */
  | { does: "admit"; list: string; keys: readonly string[] }
  /** The queue has these, or has them again. */
  | { does: "queued"; list: string; keys: readonly string[] }
  | { does: "record"; list: string; row: RowOutcome }
  /** When a row is tried again that has no room before so many seconds; answered by a `Place`. */
  | { does: "line-up"; after: number }
  /** What became of the list; answered by a `ListSum`. */
  | { does: "sum"; list: string; after: string };

/** The keys that are not known, or were not called, each with the seconds until it is tried. */
export type Admitted = Readonly<Record<string, number>>;

/** A place in the line. */
export interface Place {
  seconds: number;
}

/** What became of a list. */
interface ListSum {
  counts: Readonly<Record<RowState, number>>;
  /** Rows whose outcome is known, in the order of their keys. */
  rows: RowOutcome[];
}

/** How many rows one answer has. */
const MOST_ROWS = 1000;
/** The longest delay of a message, in seconds. Source: Cloudflare, "Queues, Limits": 12 hours, later 24. */
export const MOST_DELAY = 12 * 3600;
const MONTH = 30 * 1440 * MINUTE;

const SCHEMA = [
  "TABLE IF NOT EXISTS rows (list, key, state, sid, reason, at, PRIMARY KEY (list, key))",
  "INDEX IF NOT EXISTS rows_state ON rows (list, state)",
  "INDEX IF NOT EXISTS rows_at ON rows (at)",
  // When the next row of the line is tried.
  "TABLE IF NOT EXISTS line (id PRIMARY KEY, next)",
];
const RECORD =
  "INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (list, key) DO UPDATE SET state = excluded.state, " +
  "sid = excluded.sid, reason = excluded.reason, at = excluded.at WHERE rows.state <> 'placed'";

const QUEUED =
  "INSERT INTO rows VALUES (?, ?, 'waiting', '', '', ?) ON CONFLICT (list, key) DO UPDATE SET at = excluded.at " +
  "WHERE rows.state = 'waiting'";

/** The lists of a flow. Its functions are synchronous: each is one transaction. */
export class Lists {
  readonly #storage: Storage;
  /** Calls a minute. */
  readonly #rate: number;

  constructor(storage: Storage, rate: number) {
    this.#storage = storage;
    this.#rate = Math.max(1, rate);
    for (const part of SCHEMA) this.#sql(`CREATE ${part}`);
  }

  handle(request: ListRequest, now: number): object {
    switch (request.does) {
      case "admit":
        return this.#admit(request.list, request.keys, now);
      case "queued":
        for (const key of request.keys) this.#sql(QUEUED, request.list, key, now);
        return {};
      case "record": {
        const { key, is, sid = "", reason = "" } = request.row;
        this.#sql(RECORD, request.list, key, is, sid, reason, now);
        return {};
      }
      case "line-up":
        return { seconds: this.#lineUp(request.after, now) };
      case "sum":
        return this.#sum(request.list, request.after);
    }
  }

  /** Forgets rows of which nothing was heard for a month. */
  forget(now: number): void {
    this.#sql("DELETE FROM rows WHERE at < ?", now - MONTH);
  }

  // What was not placed is forgotten here: when the queue has it, it is a row that waits.
  #admit(list: string, keys: readonly string[], now: number): Admitted {
    const admitted: [key: string, seconds: number][] = [];
    for (const key of keys) {
      const [row] = this.#sql<{ state: RowState; at: number }>(
        "SELECT state, at FROM rows WHERE list = ? AND key = ?",
        list,
        key,
      );
      // A row that waits is delivered, and sent again, within the longest delay: after two of them, the queue has lost it.
      const isWaiting = row?.state === "waiting" && now - row.at < 2000 * MOST_DELAY;
      if (row?.state === "placed" || isWaiting) continue;
      this.#sql("DELETE FROM rows WHERE list = ? AND key = ?", list, key);
      admitted.push([key, this.#lineUp(0, now)]);
    }
    // Also of a key such as `__proto__`.
    return Object.fromEntries(admitted);
  }

  /** Each row gets a time of its own, so that the queue does not bring all of them every minute until there is room. */
  #lineUp(after: number, now: number): number {
    const [line] = this.#sql<{ next: number }>("SELECT next FROM line");
    const at = Math.max(line?.next ?? 0, now + after * 1000);
    // A row that would wait longer comes again, and lines up then.
    if (at - now > MOST_DELAY * 1000) return MOST_DELAY;
    this.#sql("INSERT OR REPLACE INTO line VALUES (1, ?)", at + MINUTE / this.#rate);
    return Math.ceil((at - now) / 1000);
  }

  #sum(list: string, after: string): ListSum {
    const counts = { waiting: 0, placed: 0, refused: 0, lost: 0 };
    const counted = this.#sql<{ state: RowState; count: number }>(
      "SELECT state, COUNT(*) AS count FROM rows WHERE list = ? GROUP BY state",
      list,
    );
    for (const { state, count } of counted) counts[state] = count;
    const rows = this.#sql<RowOutcome>(
      "SELECT key, state AS 'is', sid, reason FROM rows WHERE list = ? AND key > ? AND state <> 'waiting' " +
        `ORDER BY key LIMIT ${MOST_ROWS}`,
      list,
      after,
    );
    return { counts, rows };
  }

  #sql<Row>(query: string, ...values: (string | number)[]): Row[] {
    return this.#storage.sql.exec<Row>(query, ...values).toArray();
  }
}
