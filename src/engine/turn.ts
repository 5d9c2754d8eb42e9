/**
 * One turn of a call: (context, place, call) → the call's next state, the TwiML to reply with, and effects for the
 * Worker. Pure: the clock and the environment variables are handed in.
 */
import type { Call, Place } from "../program/call.ts";
import type { Source, Template } from "../program/op.ts";
import { render } from "../program/template.ts";
import { MOST_BYTES, sizeOf } from "./document.ts";
import { type Effect, pendingRequest } from "./effect.ts";
import type { Answer, Event } from "./event.ts";
import { StepFailure } from "./failure.ts";
import { takeParameters } from "./parameters.ts";
import { follow } from "./run.ts";
import { handlerOf, isOnSideRoad, unwind } from "./scope.ts";
import type { Context, Piece, State } from "./state.ts";
import { readIn, textOf } from "./values.ts";

/** So many questions in a row without an answer, and the flow takes its `onError`: no call is kept forever. */
export const MOST_UNANSWERED = 20;

/** The result of a turn. */
export interface Turn {
  call: Call;
  /** The inside of the TwiML document. */
  pieces: Piece[];
  /** The steps of this turn in order, from the one that was resumed; then `hangup` if the call ended. */
  path: string[];
  /** What the Worker does now. If the last one is a request, the turn continues by `resume` with its answer. */
  effects: Effect[];
  /** What was cut: variables, to their `maxLength`, and texts that Twilio would not take, by their step. */
  cut: string[];
  /** The step that the links in `pieces` belong to, and the block that resumes; absent if the call ends here. */
  next?: Place;
  /** What went wrong, for the log; absent in a good turn. */
  error?: string;
}

/** A call before its first turn. */
export function newCall(sid: string): Call {
  return { sid, rev: 0, vars: {}, slots: {}, trail: [] };
}

/**
 * Runs one turn. Never throws: a failure takes the flow's `onError` road, or plays the apology, and is reported in
 * `error`. A place that the program does not have counts as a failure.
 */
export function turn(context: Context, place: Place, before: Call): Turn {
  const state: State = {
    call: nextCall(context, place, before),
    place,
    pieces: [],
    path: [place.step],
    effects: [],
    cut: [],
    errors: [],
    aside: isAside(context, before),
    steps: before.steps ?? 0,
    given: {},
    answer: undefined,
  };
  takeParameters(context, state);
  return finish(context, state);
}

/** Continues a turn that stopped at a request: the same turn, at the same revision. `paused` does not change. */
export function resume(context: Context, paused: Turn, answer: Answer): Turn {
  if (!pendingRequest(paused)) return paused;
  const { next: place, error, ...copy } = structuredClone(paused);
  if (!place) return paused;
  const { call, effects } = copy;
  const steps = call.steps ?? 0;
  delete call.steps;
  return finish(context, {
    ...copy,
    place,
    effects: effects.slice(0, -1),
    errors: error === undefined ? [] : [error],
    aside: isAside(context, call),
    steps,
    given: {},
    answer,
  });
}

function isAside({ aside }: Context, call: Call): boolean {
  return aside === true || isOnSideRoad(call);
}

function nextCall(context: Context, { step, block }: Place, before: Call): Call {
  const { program, event } = context;
  const call: Call = { ...before, rev: before.rev + 1, vars: { ...before.vars }, slots: { ...before.slots } };
  delete call.steps;
  if ((before.rev === 0 || event.set) && Object.keys(event.origin).length > 0) call.origin = event.origin;
  if (event.queue) call.queue = event.queue;
  const { digits, speech, finishedOnKey } = event.input;
  const isAnswer = program.steps[step]?.listens === block;
  const isEmpty = digits === "" && speech === "" && !finishedOnKey;
  if (program.keepsInput && !isEmpty) call.input = event.input;
  if (!isAnswer) return call;
  if (isEmpty) delete call.input;
  // A caller who waits in a queue can be silent for as long as that takes.
  if (isEmpty && !event.gone && !isAside(context, before)) call.unanswered = (before.unanswered ?? 0) + 1;
  else delete call.unanswered;
  return call;
}

function refuseSilence({ call, place }: State): void {
  if (call.unanswered !== MOST_UNANSWERED) return;
  // The steps of `onError` can ask again.
  delete call.unanswered;
  throw new StepFailure(`step "${place.step}": ${MOST_UNANSWERED} questions in a row without an answer`);
}

function finish(context: Context, state: State): Turn {
  const next = attempt(context, state);
  const { call, pieces, path, effects, cut, errors } = state;
  if (!state.aside && !pendingRequest(state)) rememberCaller(call, pieces, context.event);
  const turned: Turn = { call, pieces, path, effects, cut };
  if (next) turned.next = next;
  if (errors.length > 0) turned.error = errors.join("; ");
  return turned;
}

function attempt(context: Context, state: State): Place | undefined {
  try {
    refuseSilence(state);
    const next = followWithin(context, state);
    const isLost = next && context.event.gone && !state.aside && !pendingRequest(state);
    if (!isLost || !enterHandler(context, state, "onHangup")) return next;
    // No one hears the rest: the caller has gone.
    state.aside = true;
    return followWithin(context, state);
  } catch (failure) {
    state.errors.push(describeFailure(failure, state));
    return state.aside ? endAside(context, state) : recover(context, state);
  }
}

function recover(context: Context, state: State): Place | undefined {
  if (state.call.failed || !enterHandler(context, state, "onError")) return apologise(context, state);
  state.call.failed = true;
  try {
    return followWithin(context, state);
  } catch (failure) {
    state.errors.push(`then ${describeFailure(failure, state)}`);
    return apologise(context, state);
  }
}

/** Moves to the flow's handler, or to that of a flow that waits for it; false if none of them has one. */
function enterHandler({ program }: Context, state: State, road: "onError" | "onHangup"): boolean {
  const { call, place } = state;
  const handler = handlerOf(program, call, place.step, road);
  if (!handler) return false;
  unwind(call, handler.depth);
  state.place = { step: handler.step, block: "enter" };
  state.path.push(handler.step);
  // Reset, so that idempotency keys equal those of the status callback.
  state.steps = 0;
  delete call.steps;
  return true;
}

// A failing aside must not end the call: its leg hears nothing, and is connected. Who wrote a text message is answered.
function endAside(context: Context, state: State): undefined {
  const { program, event } = context;
  state.pieces = [];
  if (program.sorry && event.params.MessageSid) saySorry(context, state, program.sorry);
}

function apologise(context: Context, state: State): undefined {
  saySorry(context, state, context.program.apology);
}

function saySorry(context: Context, state: State, words: Template): undefined {
  state.pieces = [];
  // The apology belongs to the entry flow: it reads that flow's variables and hours.
  unwind(state.call, 0);
  state.place = { step: context.program.start, block: "enter" };
  const add = (piece: Piece): number => state.pieces.push(piece);
  render(words, (source) => textOrNothing(context, state, source), add, add);
}

// Nothing can replace the apology, so a hole that fails stays empty.
function textOrNothing(context: Context, state: State, source: Source): string {
  try {
    return textOf(readIn(context, state, source));
  } catch {
    return "";
  }
}

// CEL's messages quote values, and those can be secret: only the code of an error is reported.
function describeFailure(failure: unknown, { place }: State): string {
  if (failure instanceof StepFailure) return failure.message;
  const code = failure instanceof Error && "code" in failure ? String(failure.code) : "no such value";
  return `step "${place.step}" (${place.block}): an expression failed, ${code}`;
}

function followWithin(context: Context, state: State): Place | undefined {
  const next = follow(context, state);
  const bytes = sizeOf(state.pieces);
  if (bytes <= MOST_BYTES) return next;
  state.pieces = [];
  // A request of the failed step is not made: its answer would have no place to resume at.
  if (pendingRequest(state)) state.effects.pop();
  throw new StepFailure(`the TwiML document has ${bytes} bytes, and Twilio's limit is 64 kB`);
}

// An aside's webhook describes the leg that requests it, so the state carries the caller while an aside can run.
function rememberCaller(call: Call, pieces: readonly Piece[], event: Event): void {
  const hasAside = pieces.some((piece) => typeof piece !== "string" && piece.road === "aside");
  if (hasAside) {
    call.caller = event.caller;
    call.called = { to: event.to, number: event.number, direction: event.direction };
  } else {
    delete call.caller;
    delete call.called;
  }
}
