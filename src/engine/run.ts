/** Runs a step's ops. The only file that knows what each op does. */
import type { Json, Link, Op, Part, Place, RequestOp, Source, Target } from "../program/program.ts";
import { matchSpeech } from "../program/speech.ts";
import { render } from "../program/template.ts";
import { assign, assignVariable } from "./assign.ts";
import { type HttpRequest, type Message, requestOf, textsOf } from "./request.ts";
import { enterBeside, enterPart, isBeside, leavePart, scopeAt } from "./scope.ts";
import { mark, menuBefore } from "./trail.ts";
import { type Reader, type Reading, textOf, variableOf } from "./values.ts";

/** More steps than any menu takes without an answer: beyond it, a flow is going in circles. */
export const MOST_STEPS = 200;
/** The blocks by which an exit enters a step; the others are a step's own. */
const ENTRANCES: ReadonlySet<string> = new Set(["enter", "retry"]);

/** What stands in a path for the end of a side road. */
const RETURN = "return";

/** A piece of the answer: finished TwiML, or a URL that depends on the state that the turn ends with. */
export type Piece = string | Link;

/** A turn under way; `call` and `pieces` are its own copies, changed in place. */
export interface Run extends Reading {
  read: Reader;
  pieces: Piece[];
  /** The steps gone through, the first among them; `hangup` behind them where the call ended. */
  path: string[];
  /** Text messages on their way out. */
  messages: Message[];
  /** Variables whose text was cut. */
  cut: string[];
  /** Names of variables that outlive the call and were set. */
  keeps: string[];
  /** Steps since the caller last answered. */
  steps: number;
  /** Milliseconds left for HTTP requests. */
  left: number;
  /** Whether nobody is there to hear an answer. */
  gone: boolean;
  /** Whether this runs beside the call. */
  beside: boolean;
  /** Set where the call comes back by itself, to a request that did not fit. */
  later?: true;
}

/** A failure that the flow cannot go on from: its message is for the log. */
export class StepFailure extends Error {}

/** How a block ends: on to another place, waiting for the caller or a service, or for good. */
type Outcome = { to: Place } | { ask: HttpRequest } | "wait" | "end";

/** Where a run stopped: the place that resumes, none when the call ends; and what is to be asked before. */
export interface Stop {
  next?: Place;
  request?: HttpRequest;
}

/**
 * Runs from a place until the caller has to answer or the call ends.
 * @throws StepFailure, or what an expression throws
 */
export function follow(run: Run, start: Place): Stop {
  run.place = start;
  for (; run.steps < MOST_STEPS; run.steps++) {
    const ops = blockAt(run);
    const outcome = runOps(run, ops);
    if (outcome === undefined) throw new StepFailure(`${placeName(run.place)} leads nowhere`);
    if (outcome === "wait") return { next: run.place };
    if (outcome === "end") {
      if (run.path.at(-1) !== RETURN) run.path.push("hangup");
      return {};
    }
    if ("ask" in outcome) return { next: run.place, request: outcome.ask };
    run.place = outcome.to;
    if (ENTRANCES.has(outcome.to.block)) run.path.push(outcome.to.step);
  }
  run.pieces = [];
  throw new StepFailure(
    `${MOST_STEPS} steps without an answer of the caller, the last one ${placeName(run.place)}`,
  );
}

function placeName(place: Place): string {
  return `step "${place.step}" (${place.block})`;
}

function blockAt(run: Run): Op[] {
  const { step, block } = run.place;
  const blocks = Object.hasOwn(run.program.steps, step) ? run.program.steps[step]?.blocks : undefined;
  const ops = blocks && Object.hasOwn(blocks, block) ? blocks[block] : undefined;
  if (!ops) throw new StepFailure(`the flow has no ${placeName(run.place)}`);
  return ops;
}

function runOps(run: Run, ops: readonly Op[]): Outcome | undefined {
  for (const op of ops) {
    const outcome = runOp(run, op);
    if (outcome !== undefined) return outcome;
  }
  return undefined;
}

function runOp(run: Run, op: Op): Outcome | undefined {
  switch (op.op) {
    case "twiml":
      return write(run, op.parts);
    case "set":
      return assign(run, op) ? undefined : runOps(run, op.otherwise ?? [wrongValue(op.to)]);
    case "switch":
      return runOps(run, caseOf(op, textOf(run.read(op.on))));
    case "match":
      return runOps(run, op.cases[matchSpeech(textOf(run.read(op.on)), op.phrases) ?? -1] ?? []);
    case "when":
      return runOps(run, op.cases.find((one) => run.read({ expr: one.when }) === true)?.ops ?? []);
    case "mark":
      return mark(run.call, run.place.step);
    case "back":
      return { to: { step: menuBefore(run.call, run.place.step), block: "enter" } };
    case "goto":
      if (op.back !== undefined) enterBeside(run.call, { step: run.place.step, block: op.back });
      return { to: { step: op.step ?? run.place.step, block: op.block ?? "enter" } };
    case "wait":
      run.place = { step: run.place.step, block: op.block };
      return "wait";
    case "run":
      return enter(run, op);
    case "return":
      return leave(run);
    case "request":
      return ask(run, op);
    case "send":
      return hand(run, op.form);
    case "end":
      return "end";
    case "fail":
      throw new StepFailure(`step "${run.place.step}": ${op.why}`);
  }
}

function caseOf({ cases, ranges = [] }: Extract<Op, { op: "switch" }>, key: string): Op[] {
  if (Object.hasOwn(cases, key)) return cases[key] ?? [];
  // Digits of the same number sort as the numbers they stand for; anything else lies in no range.
  const lies = ({ from, to }: { from: string; to: string }): boolean =>
    key.length === from.length && from <= key && key <= to && /^\d+$/.test(key);
  return ranges.find(lies)?.ops ?? [];
}

function write(run: Run, parts: readonly Part[]): undefined {
  let text = "";
  // A piece of TwiML arrives whole or not at all, so that a failing hole leaves the document well formed.
  const pieces: Piece[] = [];
  const read = (source: Source): string => textOf(run.read(source));
  render(
    parts,
    read,
    (piece) => {
      text += piece;
    },
    (link) => {
      pieces.push(text, link);
      text = "";
    },
  );
  run.pieces.push(...pieces, text);
}

/** Arguments become the part's own variables; a part begins with nothing else. */
function enter(run: Run, op: Extract<Op, { op: "run" }>): Outcome {
  const part = run.program.parts?.[op.flow];
  if (!part) throw new StepFailure(`there is no flow "${op.flow}" to run`);
  const values = Object.entries(op.with).map(([name, source]): [string, Json] => [name, run.read(source)]);
  enterPart(run.call, { step: run.place.step, block: op.block }, {});
  for (const [name, value] of values) {
    if (assignVariable(run, part, name, value)) continue;
    leavePart(run.call);
    throw new StepFailure(`step "${run.place.step}": the value does not fit "${name}"`);
  }
  return { to: { step: part.start, block: "enter" } };
}

function leave(run: Run): Outcome {
  const scope = scopeAt(run.program, run.place.step);
  const { call, env } = run;
  const given = (scope.gives ?? []).map((name): [string, Json] => [name, variableOf(scope, call, name, env)]);
  const beside = isBeside(call);
  const back = leavePart(run.call);
  if (!back) throw new StepFailure(`step "${run.place.step}": no flow waits for this one to return`);
  run.given = Object.fromEntries(given);
  run.path.push(beside ? RETURN : back.step);
  return { to: back };
}

/** A request is made before anything is said: what is said already is heard first, and the call comes back. */
function ask(run: Run, op: RequestOp): Outcome {
  const { step } = run.place;
  // Nobody answers between here and the next block: steps go on being counted there.
  run.call.steps = run.steps + 1;
  // Once the caller has gone nobody hears what is said, and nobody follows a redirect.
  const isLater = run.pieces.length > 0 || op.timeout * (op.retries + 1) > run.left;
  if (isLater && !run.gone) {
    write(run, op.later);
    run.later = true;
    return "wait";
  }
  run.place = { step, block: op.block };
  return { ask: requestOf(op, run.read, keyOf(run)) };
}

function hand(run: Run, form: Record<string, Source>): undefined {
  run.messages.push({ key: keyOf(run), form: textsOf(form, run.read) });
}

/** What goes out is named by call, revision, step and its place in the turn: sent twice, it has the same name. */
function keyOf({ call, place, steps }: Run): string {
  return `${call.sid}-${call.rev}-${place.step}-${steps}`;
}

function wrongValue(to: Target): Op {
  const name = "variable" in to ? to.variable : "slot" in to ? to.slot : "language";
  return { op: "fail", why: `the value does not fit "${name}"` };
}
