/** One turn of a conversation: a text message, or that none has come. */
import { type Event, identityOf, timeoutEvent } from "../../engine/event.ts";
import { MOST_UNANSWERED } from "../../engine/turn.ts";
import { optOutWord } from "../../program/opt-out.ts";
import type { Call, Place, Program } from "../../program/program.ts";
import { findVersion } from "../archive.ts";
import type { Deps } from "../deps.ts";
import { linkUp, sealerOf } from "../links.ts";
import type { LogLine } from "../log.ts";
import { currentVersion } from "../publishing.ts";
import { recallNew } from "../recall.ts";
import { runTurn } from "../run-turn.ts";
import { enterAnew, withoutInput } from "../version-lost.ts";
import type { Conversation, Pair, Waiting } from "./conversation.ts";

/** The document that answers with nothing. */
export const NOTHING = "<Response/>";

/** Seconds that a question waits if its step does not say. */
const TIMEOUT = 4 * 3600;

/** What became of a message. */
export interface Taken {
  twiml: string;
  /** The conversation now; absent if the message began none. */
  after?: Conversation;
}

/** Where a turn begins, and with what. */
interface Begin {
  program: Program;
  place: Place;
  call: Call;
  event: Event;
  /** Questions before it that were not answered, in a row. */
  unanswered?: number;
}

/**
 * Takes a message in its conversation, or begins one. The line gets what happened.
 * @returns undefined if there is no conversation, and the flow does not ask by text message
 */
export async function takeMessage(
  deps: Deps,
  pair: Pair,
  event: Event,
  before: Conversation | undefined,
  line: LogLine,
): Promise<Taken | undefined> {
  const began = Date.now();
  const { waits } = before ?? {};
  const word = optOutWord(event.message.body);
  const stamp = stampOf(deps, before, event.sid);
  // Twilio has answered it. It has also blocked the sender, or sent its help.
  if (waits && word) return { twiml: NOTHING, after: word === "stop" ? stamp : { ...stamp, waits } };
  const begin =
    (waits && (await answerAt(deps, pair, event, waits, began, line))) ??
    (await beginAt(deps, pair, event, began, line));
  if (!begin) return undefined;
  if (word) return { twiml: NOTHING };
  const { twiml, ...next } = await take(deps, pair, begin, began, line);
  return { twiml, after: { ...stamp, ...next } };
}

/** Takes the time-out of the question that a conversation waits at. What the flow sends goes out by itself. */
export async function takeTimeout(
  deps: Deps,
  pair: Pair,
  before: Conversation,
  waits: Waiting,
  line: LogLine,
): Promise<Conversation> {
  const began = Date.now();
  const stamp = stampOf(deps, before, before.last);
  const found = await findWaiting(deps, pair, waits, began, line);
  const block = found?.program.steps[waits.step]?.asks?.block;
  const unanswered = (waits.unanswered ?? 0) + 1;
  if (unanswered >= MOST_UNANSWERED) line.error = `${MOST_UNANSWERED} questions in a row without an answer`;
  if (!found || block === undefined || unanswered >= MOST_UNANSWERED) return stamp;
  const event = timeoutEvent(waits.call.sid, pair.accountSid, pair.from, pair.to);
  const place = { step: waits.step, block };
  const { twiml: _, ...next } = await take(deps, pair, { ...found, place, event, unanswered }, began, line);
  return { ...stamp, ...next };
}

// The clock can be set back, and two turns can end in one millisecond.
function stampOf({ callTime }: Deps, before: Conversation | undefined, last: string): Conversation {
  return { at: Math.max(callTime(), (before?.at ?? 0) + 1), last };
}

/** The version that a question is of, with its state; or the current one, if it asks there as well. */
async function findWaiting(
  deps: Deps,
  { flow, from }: Pair,
  { hash, step, call }: Waiting,
  began: number,
  line: LogLine,
): Promise<{ program: Program; call: Call; isLost?: true } | undefined> {
  const own = await findVersion(deps, flow, hash, began);
  if (own.program) return { program: own.program, call };
  const { program, store } = await currentVersion(deps, flow, from, began);
  Object.assign(line, { versionMissing: hash, error: "version-lost", store: own.store ?? store });
  const moved = program?.steps[step]?.asks && enterAnew(program, call, step);
  return moved?.place.step === step && program ? { program, call: moved.call, isLost: true } : undefined;
}

/** Continues at the question that the message answers. */
async function answerAt(
  deps: Deps,
  pair: Pair,
  event: Event,
  waits: Waiting,
  began: number,
  line: LogLine,
): Promise<Begin | undefined> {
  const found = await findWaiting(deps, pair, waits, began, line);
  if (!found) return undefined;
  const { step, block } = waits;
  // The message answers a question of the lost version: it is asked again.
  return found.isLost
    ? { ...found, place: { step, block: "enter" }, event: withoutAnswer(event) }
    : { ...found, place: { step, block }, event };
}

function withoutAnswer(event: Event): Event {
  const { MessageSid = "", From = "", To = "", AccountSid = "" } = event.params;
  const message = { body: "", media: "", attachments: [] };
  return { ...withoutInput(event), message, params: { MessageSid, From, To, AccountSid } };
}

/** Begins a conversation at the flow's `onMessage`, if the flow asks by text message. */
async function beginAt(
  deps: Deps,
  { flow }: Pair,
  event: Event,
  began: number,
  line: LogLine,
): Promise<Begin | undefined> {
  const { program, store } = await currentVersion(deps, flow, identityOf(event), began);
  const step = program?.onMessage;
  if (!program?.sorry || step === undefined || program.isPart) return undefined;
  const recalled = await recallNew(deps, program, event, began);
  line.store ??= store ?? recalled.store;
  return { program, place: { step, block: "enter" }, call: recalled.call, event };
}

/** Runs the turn. */
async function take(
  deps: Deps,
  pair: Pair,
  { program, place, call: before, event, unanswered }: Begin,
  began: number,
  line: LogLine,
): Promise<{ twiml: string; waits?: Waiting }> {
  const { flow, base } = pair;
  const { hash } = program;
  const turned = await runTurn(deps, { program, event, base, aside: true }, place, before, began);
  const { call, pieces, next, cut } = turned;
  const error = [line.error, turned.error].filter(Boolean).join("; ") || undefined;
  Object.assign(line, { version: hash, ...place, next: next?.step, error, ...(cut.length > 0 && { cut }) });
  const at = { road: "aside" as const, flow, hash, ...place, ...next, rev: call.rev };
  const { twiml } = await linkUp(pieces, at, base, sealerOf(deps.sealing, call));
  if (!next) return { twiml };
  const { timeout = TIMEOUT } = program.steps[next.step]?.asks ?? {};
  const deadline = deps.callTime() + timeout * 1000;
  return { twiml, waits: { ...next, hash, call, deadline, ...(unanswered && { unanswered }) } };
}
