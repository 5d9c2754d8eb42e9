/**
 * One turn of a call: (program, place, call, event) → the call's next state and the TwiML to answer with.
 * Pure: the clock and the Worker's variables are handed in.
 */
import type { Call, Place, Program, Source } from "../program/program.ts";
import { render } from "../program/template.ts";
import type { Answer, Event } from "./event.ts";
import type { HttpRequest, Message } from "./request.ts";
import { follow, type Piece, type Run, StepFailure, type Stop } from "./run.ts";
import { isBeside, leavePart, roadFrom } from "./scope.ts";
import { readIn, textOf, type World } from "./values.ts";

export type { World } from "./values.ts";

/** What a turn has done on its way. */
interface Trace {
  /** A TwiML document in pieces; in a turn that is over, with its head and tail. */
  pieces: Piece[];
  /** The steps gone through, the one that was resumed first; `hangup` behind them where the call ended. */
  path: string[];
  /** Text messages to be sent behind the reply. */
  messages: Message[];
  /** Names of variables that outlive the call and were set: their values are in `call.kept`. */
  keeps: string[];
  /** Variables whose text was cut to its `maxLength`. */
  cut: string[];
  /** What went wrong, for the log; absent in a good turn. */
  error?: string;
}

/** What a turn comes to. */
export interface Turn extends Trace {
  call: Call;
  /** The step whose links `pieces` holds, and the block that resumes; absent when the call ends here. */
  next?: Place;
  /** What has to be asked of an HTTP service first: the turn then goes on by `resume`, with its answer. */
  request?: HttpRequest;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8"?><Response>';
const TAIL = "</Response>";

/** TwiML: a document over 64 kB is refused (error 11750). */
const MOST_BYTES = 64 * 1024;
/** What a continuation URL may take of it, in bytes. */
const LINK_BYTES = 2000;

/** A call that has not had a turn. */
export function newCall(sid: string): Call {
  return { sid, rev: 0, vars: {}, slots: {}, trail: [] };
}

/**
 * Runs one turn. Never throws: what goes wrong takes the flow's `onError` road, else the apology, and is told
 * in `error`. A place that the program does not have counts as such a failure.
 * @param past what the turn has done before it asked a service: it goes on in place
 */
export function turn(
  program: Program,
  place: Place,
  before: Call,
  event: Event,
  world: World,
  past: Trace = { pieces: [], path: [place.step], messages: [], keeps: [], cut: [] },
): Turn {
  const call = nextCall(program, before, event);
  const run: Run = {
    ...past,
    program,
    call,
    place,
    event,
    now: world.now,
    env: world.env,
    given: {},
    read: (source) => readIn(run, source),
    gone: event.gone,
    beside: world.beside === true || isBeside(call),
    steps: call.steps ?? 0,
    left: world.left ?? Number.POSITIVE_INFINITY,
  };
  const { error, next, request } = attempt(run, place);
  if (!request && !run.later) delete call.steps;
  if (!run.beside) keepCaller(call, run.pieces, event);
  const { path, messages, keeps, cut } = run;
  const turned: Turn = { call, pieces: [HEAD, ...run.pieces, TAIL], path, messages, keeps, cut };
  if (next) turned.next = next;
  if (request) turned.request = request;
  const errors = [past.error, error].filter((one) => one !== undefined);
  if (errors.length > 0) turned.error = errors.join("; ");
  return turned;
}

/** Goes on with a turn that asked a service something: the same turn, at the same revision. */
export function resume(program: Program, asked: Turn, answer: Answer, event: Event, world: World): Turn {
  if (!asked.next) return asked;
  const before = { ...asked.call, rev: asked.call.rev - 1 };
  const past: Trace = { ...structuredClone(asked), pieces: asked.pieces.slice(1, -1) };
  return turn(program, asked.next, before, { ...event, answer }, world, past);
}

function nextCall(program: Program, before: Call, event: Event): Call {
  const call: Call = { ...before, rev: before.rev + 1, vars: { ...before.vars }, slots: { ...before.slots } };
  if (before.rev === 0 && Object.keys(event.origin).length > 0) call.origin = event.origin;
  const { digits, speech } = event.input;
  if (program.keepsInput && (digits !== "" || speech !== "")) call.input = event.input;
  return call;
}

interface Attempt extends Stop {
  error?: string;
}

function attempt(run: Run, place: Place): Attempt {
  try {
    const stop = followWithin(run, place);
    const hungUp = stop.next && !stop.request && run.gone && !run.beside ? leaveForGood(run) : undefined;
    return hungUp ? followWithin(run, hungUp) : stop;
  } catch (failure) {
    const error = messageOf(failure, run);
    if (run.beside) return stopBeside(run, error);
    const onError = run.call.failed ? undefined : roadFrom(run.program, run.call, run.place.step, "onError");
    if (onError === undefined) return apologise(run, error);
    run.call.failed = true;
    run.path.push(onError);
    return recover(run, { step: onError, block: "enter" }, error);
  }
}

function recover(run: Run, place: Place, error: string): Attempt {
  run.steps = 0;
  try {
    return { ...followWithin(run, place), error };
  } catch (failure) {
    return apologise(run, `${error}; then ${messageOf(failure, run)}`);
  }
}

// Once the caller has gone nobody answers: the flow's `onHangup` is all that is left to do.
function leaveForGood(run: Run): Place | undefined {
  const step = roadFrom(run.program, run.call, run.place.step, "onHangup");
  if (step === undefined) return undefined;
  run.beside = true;
  run.path.push(step);
  // What it sends is named as it is where Twilio's own word of the hang-up comes first.
  run.steps = 0;
  return { step, block: "enter" };
}

// What fails beside a call must not end it: the leg that asked hears nothing, and is connected.
function stopBeside(run: Run, error: string): Attempt {
  run.pieces = [];
  return { error };
}

function apologise(run: Run, error: string): Attempt {
  run.pieces = [];
  // The apology is the entry flow's: it sees that flow's variables and hours.
  while (leavePart(run.call)) run.given = {};
  run.place = { step: run.program.start, block: "enter" };
  const add = (piece: Piece): number => run.pieces.push(piece);
  render(run.program.apology, (source) => textOrNothing(run, source), add, add);
  return { error };
}

// Behind the apology there is nothing to fall back on: a hole that fails stays empty.
function textOrNothing(run: Run, source: Source): string {
  try {
    return textOf(run.read(source));
  } catch {
    return "";
  }
}

// What CEL says of a failure quotes the values, and those may be secret: only its code is told.
function messageOf(failure: unknown, { place }: Run): string {
  if (failure instanceof StepFailure) return failure.message;
  const code = failure instanceof Error && "code" in failure ? String(failure.code) : "no such value";
  return `step "${place.step}" (${place.block}): an expression failed, ${code}`;
}

function followWithin(run: Run, place: Place): Stop {
  const stop = follow(run, place);
  const bytes = sizeOf(run.pieces);
  if (bytes <= MOST_BYTES) return stop;
  run.pieces = [];
  throw new StepFailure(`the TwiML document of ${bytes} bytes is over Twilio's 64 kB`);
}

/** An upper bound where it is small, the true size where it could matter. */
function sizeOf(pieces: readonly Piece[]): number {
  const sum = (size: (text: string) => number): number =>
    pieces.reduce((bytes, piece) => bytes + (typeof piece === "string" ? size(piece) : LINK_BYTES), 0);
  const characters = sum(({ length }) => length);
  if (characters * 3 <= MOST_BYTES) return characters;
  return sum((text) => new TextEncoder().encode(text).length) + HEAD.length + TAIL.length;
}

// An aside's webhook tells of the leg that asks; what it may say of the caller must come with the state.
function keepCaller(call: Call, pieces: readonly Piece[], event: Event): void {
  const asked = pieces.some((piece) => typeof piece !== "string" && piece.road === "aside");
  if (asked) {
    call.caller ??= event.caller;
    call.called ??= { to: event.to, direction: event.direction };
  } else {
    delete call.caller;
    delete call.called;
  }
}
