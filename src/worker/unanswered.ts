/** A call that was placed is not answered: it is placed again by the flow's plan, and then the flow's `onUnanswered` runs. */
import { type Event, identityOf } from "../engine/event.ts";
import { localTime } from "../program/local-time.ts";
import { messageOf } from "../program/message-of.ts";
import type { Program } from "../program/program.ts";
import type { Deps } from "./deps.ts";
import type { LogLine } from "./log.ts";
import type { Unanswered } from "./outbound.ts";
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
  if (!program.onUnanswered) return planned ? { error: planned } : {};
  const marked = await awaitWrite(put(deps.store, endedKey(sid), ENDED), Date.now());
  if (marked.duplicate) return marked;
  const start = await withStart(deps.sealing, flow, reported);
  const { event } = start;
  if (lacksValues(start, program)) return { degraded: true, error: STAYS_SEALED };
  const { call, store } = await recallNew(deps, program, event, Date.now());
  const place = { step: program.onUnanswered, block: "enter" };
  const { error, path } = await runTurn(deps, { program, event, base, aside: true }, place, call, Date.now());
  return { version: program.hash, step: path.at(1), store: marked.store ?? store, error: planned || error };
}

async function isPlanned(
  { outbound }: Deps,
  { flow, retry, timezone = "UTC" }: Program,
  sid: string,
): Promise<boolean> {
  if (!retry || !outbound) return false;
  const { hour, minute } = localTime(timezone, Date.now());
  const { after, until } = retry;
  const left = until === undefined ? undefined : until - hour * 60 - minute;
  const wanted: Unanswered = { sid, after, left };
  const answer = await outbound(flow).fetch("https://outbound/", {
    method: "POST",
    body: JSON.stringify(wanted),
  });
  return answer.status === 200;
}
