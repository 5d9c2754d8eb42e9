/**
 * The recordings of flows that say how long theirs are kept. Twilio does not say which flow a recording is of, so each is
 * noted, with the time when it is due, in a Durable Object of its own when Twilio reports it.
 */
import type { Event } from "../engine/event.ts";
import type { Deps } from "./deps.ts";
import { MINUTE, type Storage } from "./journal.ts";

/** A recording and its account. */
export interface Noted {
  sid: string;
  account: string;
}

/** What is asked of the object. */
export type NotedRequest =
  /** A recording is due then, in milliseconds since 1970; a second report changes nothing. */
  | { recordings: "note"; noted: Noted; due: number }
  /** The recordings that are due, the oldest first; answered by `Noted[]`. */
  | { recordings: "due"; now: number; most: number }
  /** Which of these are noted; answered by `Noted[]`. */
  | { recordings: "known"; sids: readonly string[] }
  /** A recording is in use, and due later. */
  | { recordings: "postpone"; sid: string; due: number }
  /** A recording is deleted. */
  | { recordings: "forget"; sid: string };

const SCHEMA = [
  "TABLE IF NOT EXISTS recordings (sid PRIMARY KEY, account, due)",
  "INDEX IF NOT EXISTS recordings_due ON recordings (due)",
];

/** Answers the object. Only the one of recordings gets its table. */
export function handleNoted({ sql }: Storage, wanted: NotedRequest): Noted[] {
  for (const part of SCHEMA) sql.exec(`CREATE ${part}`);
  switch (wanted.recordings) {
    case "note": {
      const { noted, due } = wanted;
      const insert = "INSERT INTO recordings VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
      return sql.exec<Noted>(insert, noted.sid, noted.account, due).toArray();
    }
    case "due": {
      const select = "SELECT sid, account FROM recordings WHERE due <= ? ORDER BY due LIMIT ?";
      return sql.exec<Noted>(select, wanted.now, wanted.most).toArray();
    }
    case "known":
      return wanted.sids.flatMap((sid) =>
        sql.exec<Noted>("SELECT sid, account FROM recordings WHERE sid = ?", sid).toArray(),
      );
    case "postpone":
      return sql.exec<Noted>("UPDATE recordings SET due = ? WHERE sid = ?", wanted.due, wanted.sid).toArray();
    case "forget":
      return sql.exec<Noted>("DELETE FROM recordings WHERE sid = ?", wanted.sid).toArray();
  }
}

/** Asks the object. */
export async function askNoted(
  outbound: NonNullable<Deps["outbound"]>,
  wanted: NotedRequest,
): Promise<Noted[]> {
  // No flow has such a name.
  const object = outbound("~recordings");
  const answer = await object.fetch("https://outbound/", { method: "POST", body: JSON.stringify(wanted) });
  if (answer.status !== 200) throw new Error(`the Durable Object of recordings answered ${answer.status}`);
  return answer.json();
}

/**
 * Notes the recording that a webhook reports.
 * @param keep minutes
 * @throws Error if the object is missing or does not answer
 */
export async function noteRecording(
  { outbound, callTime }: Deps,
  { accountSid: account, params: { RecordingUrl = "" } }: Event,
  keep: number,
): Promise<void> {
  const sid = /RE[\da-f]{32}/.exec(RecordingUrl)?.[0];
  if (sid === undefined) return;
  if (!outbound) throw new Error(NO_OBJECT);
  await askNoted(outbound, { recordings: "note", noted: { sid, account }, due: callTime() + keep * MINUTE });
}

const NO_OBJECT =
  "`recordings: { keep }` needs OUTBOUND in wrangler.toml, under [[durable_objects.bindings]]: nothing is deleted";
