/** A list in the Worker's queue: hands its rows over, and learns what became of them. */
import { isMap } from "../../../program/is-map.ts";
import { Refusal, type WorkerCalls } from "../worker-calls.ts";
import type { Contact } from "./contacts.ts";
import type { Body, Journal, Known } from "./journal.ts";
import { keyOf } from "./run.ts";
import type { Window } from "./zone.ts";

/** A row whose outcome the Worker knows. */
interface KnownRow {
  key: string;
  is: "placed" | "refused" | "lost";
  sid: string;
  reason: string;
}

/** What the Worker says about a list. */
export interface Queued {
  counts: Record<"waiting" | "placed" | "refused" | "lost", number>;
  rows: KnownRow[];
}

/** What became of the rows of a list that was handed over; nothing if it was not. */
export async function askQueue(worker: WorkerCalls, flow: string, list: string): Promise<Queued> {
  const rows: KnownRow[] = [];
  for (;;) {
    const answer = await worker.listSum(flow, list, rows.at(-1)?.key ?? "");
    const page = Array.isArray(answer.rows) ? answer.rows.flatMap(readRow) : [];
    rows.push(...page);
    if (page.length === 0) return { counts: readCounts(answer.counts), rows };
  }
}

function readRow(row: unknown): KnownRow[] {
  if (!isMap(row)) return [];
  const { key, is, sid, reason } = row;
  if (is !== "placed" && is !== "refused" && is !== "lost") return [];
  return [{ key: String(key), is, sid: String(sid), reason: String(reason) }];
}

function readCounts(counts: unknown): Queued["counts"] {
  const of = (name: string): number => (isMap(counts) ? Number(counts[name]) || 0 : 0);
  return { waiting: of("waiting"), placed: of("placed"), refused: of("refused"), lost: of("lost") };
}

/** Writes what the Worker knows into the journal, so that it says the same later, when the Worker has forgotten the list. */
export async function learn(journal: Journal, { rows }: Queued): Promise<void> {
  const byKey = new Map([...journal.known.keys()].map((to) => [keyOf(journal.head.id, to), to]));
  const news = rows.flatMap(({ key, is, sid }): [string, Known][] => {
    const to = byKey.get(key);
    if (to === undefined || is === "lost" || journal.known.get(to)?.is === is) return [];
    return [[to, is === "placed" ? { is, sid } : { is }]];
  });
  await journal.writeAll(news);
}

/** What handing over needs. */
interface HandOverDeps {
  journal: Journal;
  /** Hands some rows over. @throws Refusal */
  send(body: object): Promise<Readonly<Record<string, unknown>>>;
  /** The body for a person who was not asked for before. */
  bodyOf(contact: Contact): Body;
  window?: Window | undefined;
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  signal: AbortSignal;
  /** Reports how many rows are done. */
  report(done: number): void;
}

/** The result of handing over. */
export interface HandedOver {
  queued: number;
  /** In the queue already, or called. */
  known: number;
  refused: { contact: Contact; reason: string }[];
  /** Not handed over, because the run ended. */
  left: Contact[];
  stopped?: string;
}

/** The rows of one request. */
const AT_ONCE = 50;
/** How often a request is sent that fails. */
const MOST_TRIES = 5;

/** Hands everybody over who is due. The Worker knows the keys: what it has already changes nothing. */
export async function handOverList(due: readonly Contact[], deps: HandOverDeps): Promise<HandedOver> {
  const done: HandedOver = { queued: 0, known: 0, refused: [], left: [] };
  for (let at = 0; at < due.length; at += AT_ONCE) {
    const some = due.slice(at, at + AT_ONCE);
    const stopped = deps.signal.aborted ? "Interrupted." : await handOverSome(some, deps, done);
    if (stopped !== undefined) return { ...done, stopped, left: due.slice(at) };
    deps.report(Math.min(due.length, at + AT_ONCE));
  }
  return done;
}

/** Hands some rows over; returns why not. */
async function handOverSome(
  some: readonly Contact[],
  deps: HandOverDeps,
  done: HandedOver,
): Promise<string | undefined> {
  const { journal, window, now, bodyOf } = deps;
  const repeated = new Set(some.filter(({ to }) => journal.known.get(to)?.is === "asked"));
  const rows = some.map((contact) => {
    const before = journal.known.get(contact.to);
    const body = before?.is === "asked" ? before.body : bodyOf(contact);
    const key = keyOf(journal.head.id, contact.to);
    return { contact, key, body, call: { key, ...body, ...(window && { zone: contact.zone }) } };
  });
  const asked = rows.filter(({ contact }) => !repeated.has(contact));
  await journal.writeAll(asked.map(({ contact, body }) => [contact.to, { is: "asked", at: now(), body }]));
  const calls = rows.map(({ call }) => call);
  const answer = await send({ list: journal.head.id, calls, ...(window && { hours: window.text }) }, deps);
  if (answer instanceof Refusal) return answer.words;
  done.queued += Number(answer.queued) || 0;
  done.known += Number(answer.known) || 0;
  const reasons = new Map(Array.isArray(answer.refused) ? answer.refused.flatMap(readReason) : []);
  const refused = rows.flatMap(({ contact, key }) => {
    const reason = reasons.get(key);
    return reason === undefined ? [] : [{ contact, reason }];
  });
  done.refused.push(...refused);
  // What was asked for before may have been called.
  const certain = refused.filter(({ contact }) => !repeated.has(contact));
  await journal.writeAll(certain.map(({ contact }) => [contact.to, { is: "refused" }]));
  return undefined;
}

function readReason(row: unknown): [key: string, reason: string][] {
  return isMap(row) ? [[String(row.key), String(row.message)]] : [];
}

/** Sends a request until it is answered, or refused for good. */
async function send(body: object, { send: sendOnce, sleep, signal }: HandOverDeps) {
  for (let tries = 1; ; tries++) {
    const answer = await sendOnce(body).catch((error: unknown) => {
      if (error instanceof Refusal) return error;
      throw error;
    });
    if (!(answer instanceof Refusal)) return answer;
    const { status, retryAfter = 5 } = answer;
    const canSucceed = status === 0 || status === 429 || (status >= 500 && status !== 501);
    if (!canSucceed || tries === MOST_TRIES || signal.aborted) return answer;
    await sleep(Math.min(retryAfter, 60) * 1000);
  }
}
