/** A call that was placed is not answered: it is placed again by the flow's plan, and then the flow's `onUnanswered` runs. */
import { type Event, identityOf, readEvent } from "../engine/event.ts";
import { localTime } from "../program/local-time.ts";
import { messageOf } from "../program/message-of.ts";
import type { Program } from "../program/program.ts";
import type { Deps } from "./deps.ts";
import type { LogLine } from "./log.ts";
import type { GaveUp, Unanswered } from "./outbound.ts";
import { currentVersion } from "./publishing.ts";
import { recallNew } from "./recall.ts";
import { runTurn } from "./run-turn.ts";
import { lacksValues, STAYS_SEALED, withStart } from "./start.ts";
import { awaitWrite, ENDED, endedKey, load, put } from "./store.ts";

/** Plans the next call or, if there is none, runs the flow's `onUnanswered`, once. Returns what to log. Never rejects. */
export async function handleUnanswered(
  deps: Deps,
  flow: string,
  reported: Event,
  base: string,
): Promise<Partial<LogLine>> {
  const { sid } = reported;
  const { program } = await currentVersion(deps, flow, identityOf(reported), Date.now());
  if (!program?.onUnanswered && !program?.retry) return {};
  const ended = await load(deps.store, endedKey(sid), Date.now());
  if (ended.value !== undefined || ended.store !== undefined) return { store: ended.store };
  // A person who cancels a call does not want another one.
  const planned = reported.status !== "canceled" && (await isPlanned(deps, program, sid).catch(messageOf));
  if (planned === true) return { next: "retry" };
  return runUnanswered(deps, program, reported, base, planned || undefined);
}

/** Runs a flow's `onUnanswered`, once. */
async function runUnanswered(
  deps: Deps,
  program: Program,
  reported: Event,
  base: string,
  why?: string,
): Promise<Partial<LogLine>> {
  if (!program.onUnanswered) return why ? { error: why } : {};
  const marked = await awaitWrite(put(deps.store, endedKey(reported.sid), ENDED), Date.now());
  if (marked.duplicate) return marked;
  const start = await withStart(deps.sealing, program.flow, reported);
  const { event } = start;
  if (lacksValues(start, program)) return { degraded: true, error: STAYS_SEALED };
  const { call, store } = await recallNew(deps, program, event, Date.now());
  const place = { step: program.onUnanswered, block: "enter" };
  const { error, path } = await runTurn(deps, { program, event, base, aside: true }, place, call, Date.now());
  return { version: program.hash, step: path.at(1), store: marked.store ?? store, error: why ?? error };
}

/**
 * Runs the `onUnanswered` of a call that the plan would place again and that never will be: Twilio refuses it, or it is too
 * late. Logs it, and waits for what it sends: nothing else keeps the Durable Object alive. Never rejects.
 * @param call the last one that was placed
 */
export async function giveUp(deps: Deps, { sid, form }: Parameters<GaveUp>[0]): Promise<void> {
  const { To = "", From = "", StatusCallback = "" } = Object.fromEntries(new URLSearchParams(form));
  const [, base = "", flow = "", t = ""] = /^(.*)\/status\/([^/?]+)\?t=(.*)$/.exec(StatusCallback) ?? [];
  if (!sid || flow === "") return;
  const about = { CallSid: sid, AccountSid: deps.accountSid ?? "", From, To };
  const event = readEvent({ ...about, CallStatus: "no-answer", Direction: "outbound-api", t });
  const late: Promise<unknown>[] = [];
  const waiting = { ...deps, waitUntil: (work: Promise<unknown>) => void late.push(work) };
  const { program } = await currentVersion(deps, flow, identityOf(event), Date.now());
  const note = program && (await runUnanswered(waiting, program, event, base).catch(failed));
  await Promise.all(late);
  if (note && Object.keys(note).length > 0) deps.log({ call: sid, flow, event: "unanswered", ...note });
}

const failed = (error: unknown): Partial<LogLine> => ({ error: messageOf(error) });

async function isPlanned(
  { outbound, callTime }: Deps,
  { flow, retry, timezone = "UTC", offsets }: Program,
  sid: string,
): Promise<boolean> {
  if (!retry || !outbound) return false;
  const { hour, minute } = localTime({ timezone, offsets }, callTime());
  const { after, until } = retry;
  const left = until === undefined ? undefined : until - hour * 60 - minute;
  const wanted: Unanswered = { sid, after, left };
  const answer = await outbound(flow).fetch("https://outbound/", {
    method: "POST",
    body: JSON.stringify(wanted),
  });
  return answer.status === 200;
}
