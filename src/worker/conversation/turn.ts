/** One turn of a conversation: a text message, or that none has come. */
import { personAt } from "../../engine/caller.ts";
import { type Event, identityOf, timeoutEvent } from "../../engine/event.ts";
import { MOST_UNANSWERED } from "../../engine/turn.ts";
import type { Call, Place } from "../../program/call.ts";
import { optOutWord } from "../../program/opt-out.ts";
import type { Program } from "../../program/program.ts";
import { findVersion } from "../archive.ts";
import type { Deps } from "../deps.ts";
import { linkUp, sealerOf } from "../links.ts";
import type { LogLine } from "../log.ts";
import { currentVersion } from "../publishing.ts";
import { recallNew } from "../recall.ts";
import { runTurn } from "../run-turn.ts";
import { enterAnew, withoutInput } from "../version-lost.ts";
import type { Conversation, Pair, Waiting } from "./conversation.ts";
import { renew } from "./renew.ts";
import { countOne, isTooMany, type Replies, whyMuted } from "./replies.ts";

/** The document that answers with nothing. */
export const NOTHING = "<Response/>";

/** Seconds that a question waits if its step does not say. */
const TIMEOUT = 4 * 3600;

/** Milliseconds after which a time-out whose version could not be read is tried again. */
const AGAIN_MS = 60_000;

/** What became of a message. */
export interface Taken {
  /** The answer; absent outside of a conversation, if the flow does not ask by text message either. */
  twiml?: string;
  /** The conversation now; absent if there is nothing to remember. */
  after?: Conversation;
}

/** What a turn is given. */
export interface Given {
  deps: Deps;
  pair: Pair;
  /** When its time began to run, by the system clock. */
  began: number;
  /** Gets what happens. */
  line: LogLine;
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

/** Takes a message in its conversation, or begins one. */
export async function takeMessage(
  given: Given,
  event: Event,
  before: Conversation | undefined,
): Promise<Taken> {
  const { waits } = before ?? {};
  const word = wordFor(event);
  const stamp = stampOf(given, before, event.sid);
  if (waits && word) {
    // Twilio has answered it: it has blocked the sender, or sent its help.
    const after = word === "stop" ? stamp : { ...stamp, waits };
    Object.assign(given.line, { step: waits.step, next: after.waits?.step });
    return { twiml: NOTHING, after };
  }
  const replies = countOne(before?.replies, given.deps.callTime());
  if (isTooMany(replies)) return muted(given, { ...stamp, replies, ...(waits && { waits }) }, replies);
  const begin = (waits && (await answerTo(given, event, waits))) ?? (await beginWith(given, event));
  // The Worker answers it, also if it is delivered once more.
  if (!begin) return { after: { ...stamp, last: before?.last ?? "", replies } };
  if (word) return { twiml: NOTHING };
  const { twiml, ...next } = await run(given, begin);
  return { twiml, after: { ...stamp, replies, ...next } };
}

/** Says nothing. The conversation waits where it did. */
function muted({ line }: Given, after: Conversation, replies: Replies): Taken {
  const step = after.waits?.step;
  Object.assign(line, { step, next: step, muted: true, error: whyMuted(replies) });
  return { twiml: NOTHING, after };
}

/**
 * What Twilio does at a message. With Advanced Opt-Out a messaging service has words of its own, in any language, and says what it
 * took a message for. Source: Twilio, "OptOutType".
 */
function wordFor({ message, params: { OptOutType = "" } }: Event): ReturnType<typeof optOutWord> {
  return optOutWord(OptOutType) ?? optOutWord(message.body);
}

/** Takes the time-out of the question that a conversation waits at. What the flow sends goes out by itself. */
export async function takeTimeout(given: Given, before: Conversation, waits: Waiting): Promise<Conversation> {
  const { pair, line } = given;
  const { step, call } = waits;
  const stamp = stampOf(given, before, before.last);
  const found = await findWaiting(given, waits);
  const block = found?.program.steps[step]?.asks?.block;
  const unanswered = (waits.unanswered ?? 0) + 1;
  if (unanswered >= MOST_UNANSWERED) line.error = `${MOST_UNANSWERED} questions in a row without an answer`;
  // The version is lost only if the store says so, and no one waits for an answer.
  else if (!found && line.store !== undefined)
    return { ...stamp, waits: { ...waits, deadline: given.deps.callTime() + AGAIN_MS, unanswered } };
  if (!found || block === undefined || unanswered >= MOST_UNANSWERED) return stamp;
  const event = timeoutEvent(call.sid, pair.accountSid, pair.from, pair.to);
  const { twiml: _, ...next } = await run(given, { ...found, place: { step, block }, event, unanswered });
  return { ...stamp, ...next };
}

// The clock can be set back, and two turns can end in one millisecond.
function stampOf({ deps }: Given, before: Conversation | undefined, last: string): Conversation {
  const { at = 0, replies } = before ?? {};
  return { at: Math.max(deps.callTime(), at + 1), last, ...(replies && { replies }) };
}

/** The version that a question is of, with its state; or the current one, if it asks there as well. */
async function findWaiting(
  { deps, pair: { flow, from }, began, line }: Given,
  { hash, step, call }: Waiting,
): Promise<{ program: Program; call: Call; isLost?: true } | undefined> {
  const own = await findVersion(deps, flow, hash, began);
  if (own.program) return { program: own.program, call };
  const { program, store } = await currentVersion(deps, flow, personAt(from), began);
  Object.assign(line, { versionMissing: hash, error: "version-lost", store: own.store ?? store });
  const moved = program?.steps[step]?.asks && enterAnew(program, call, step);
  return program && moved?.place.step === step ? { program, call: moved.call, isLost: true } : undefined;
}

/** Continues at the question that the message answers. */
async function answerTo(given: Given, event: Event, waits: Waiting): Promise<Begin | undefined> {
  const found = await findWaiting(given, waits);
  if (!found) return undefined;
  const { step, block } = waits;
  // It answers a question of the lost version, so it is asked again.
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
async function beginWith({ deps, pair, began, line }: Given, event: Event): Promise<Begin | undefined> {
  const { program, store } = await currentVersion(deps, pair.flow, identityOf(event), began);
  const step = program?.onMessage;
  if (!program?.sorry || step === undefined || program.isPart) return undefined;
  const recalled = await recallNew(deps, program, event, began);
  line.store ??= store ?? recalled.store;
  return { program, place: { step, block: "enter" }, call: recalled.call, event };
}

async function run(
  { deps, pair: { flow, base }, began, line }: Given,
  { program, place, call: before, event, unanswered }: Begin,
): Promise<{ twiml: string; waits?: Waiting }> {
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
  deps.waitUntil(renew(deps, program, timeout));
  return { twiml, waits: { ...next, hash, call, deadline, ...(unanswered && { unanswered }) } };
}
