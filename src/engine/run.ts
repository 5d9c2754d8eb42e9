/** Runs a step's ops. The only file that knows what each op does. */
import type { Place } from "../program/call.ts";
import type { Json } from "../program/json.ts";
import type { Expr, Op, Part, RequestOp, Source, Target } from "../program/op.ts";
import { shorten } from "../program/shorten.ts";
import { isSame, matchSpeech } from "../program/speech.ts";
import { render } from "../program/template.ts";
import { assign, assignVariable } from "./assign.ts";
import { StepFailure } from "./failure.ts";
import { requestOf, textsOf } from "./request.ts";
import { enterPart, enterSideRoad, isOnSideRoad, leavePart, markMenu, menuBefore, scopeAt } from "./scope.ts";
import type { Context, Piece, State } from "./state.ts";
import { readyMessage } from "./text-message.ts";
import { type Reader, readIn, textOf, variableOf } from "./values.ts";

/** More steps than any flow needs without an answer: beyond it, the flow runs in circles. */
export const MOST_STEPS = 200;
/** The blocks by which an exit enters a step; the others are internal to the step. */
const ENTRANCES: ReadonlySet<string> = new Set(["enter", "retry"]);

/** Marks the end of a side road in a path. */
const RETURN = "return";

/** How a block ends: on to another place, waiting for the caller or a service at the state's place, or for good. */
type Outcome = { to: Place } | "wait" | "end";

/**
 * Runs from the state's place until the caller or a service has to answer, or the call ends.
 * @returns the place that resumes; undefined if the call ends
 * @throws StepFailure, or what an expression throws
 */
export function follow(context: Context, state: State): Place | undefined {
  for (; state.steps < MOST_STEPS; state.steps++) {
    const outcome = runOps(context, state, blockAt(context, state));
    if (outcome === undefined) throw new StepFailure(`${placeName(state.place)} leads nowhere`);
    if (outcome === "wait") return state.place;
    if (outcome === "end") {
      if (state.path.at(-1) !== RETURN) state.path.push("hangup");
      return undefined;
    }
    state.place = outcome.to;
    if (ENTRANCES.has(outcome.to.block)) state.path.push(outcome.to.step);
  }
  state.pieces = [];
  throw new StepFailure(
    `${MOST_STEPS} steps without an answer from the caller, the last was ${placeName(state.place)}`,
  );
}

function placeName(place: Place): string {
  return `step "${place.step}" (${place.block})`;
}

function blockAt({ program }: Context, { place }: State): Op[] {
  const { step, block } = place;
  const blocks = Object.hasOwn(program.steps, step) ? program.steps[step]?.blocks : undefined;
  const ops = blocks && Object.hasOwn(blocks, block) ? blocks[block] : undefined;
  if (!ops) throw new StepFailure(`the flow has no ${placeName(place)}`);
  return ops;
}

function runOps(context: Context, state: State, ops: readonly Op[]): Outcome | undefined {
  for (const op of ops) {
    const outcome = runOp(context, state, op);
    if (outcome !== undefined) return outcome;
  }
  return undefined;
}

function runOp(context: Context, state: State, op: Op): Outcome | undefined {
  const { step } = state.place;
  switch (op.op) {
    case "twiml":
      return write(context, state, op.parts);
    case "set":
      return assign(context, state, op)
        ? undefined
        : runOps(context, state, op.otherwise ?? [wrongValue(op.to)]);
    case "switch":
      return runOps(context, state, caseOf(op, textIn(context, state, op.on)));
    case "match":
      return runOps(
        context,
        state,
        op.cases[matchSpeech(textIn(context, state, op.on), op.phrases, op.ending) ?? -1] ?? [],
      );
    case "when": {
      const isTrue = (when: Expr): boolean => readIn(context, state, { expr: when }) === true;
      return runOps(context, state, op.cases.find((one) => isTrue(one.when))?.ops ?? []);
    }
    case "mark":
      return markMenu(state.call, step);
    case "back":
      return { to: { step: menuBefore(state.call, step), block: "enter" } };
    case "goto":
      if (op.back !== undefined) enterSideRoad(state.call, { step, block: op.back });
      return { to: { step: op.step ?? step, block: op.block ?? "enter" } };
    case "wait":
      return waitAt(state, op.block);
    case "run":
      return enter(context, state, op);
    case "return":
      return leave(context, state);
    case "request":
      return request(context, state, op);
    case "send":
      return send(context, state, op);
    case "end":
      return "end";
    case "fail":
      throw new StepFailure(`step "${step}": ${op.why}`);
  }
}

function textIn(context: Context, state: State, source: Source): string {
  return textOf(readIn(context, state, source));
}

function waitAt(state: State, block: string): "wait" {
  state.place = { step: state.place.step, block };
  return "wait";
}

function caseOf({ cases, loose, ranges = [] }: Extract<Op, { op: "switch" }>, key: string): Op[] {
  if (Object.hasOwn(cases, key)) return cases[key] ?? [];
  const close = loose && Object.keys(cases).find((one) => isSame(one, key));
  if (close !== undefined) return cases[close] ?? [];
  // Digit strings of the same length sort like the numbers they write; anything else is in no range.
  const lies = ({ from, to }: { from: string; to: string }): boolean =>
    key.length === from.length && from <= key && key <= to && /^\d+$/.test(key);
  return ranges.find(lies)?.ops ?? [];
}

function write(context: Context, state: State, parts: readonly Part[]): undefined {
  let text = "";
  // TwiML is added whole or not at all, so that a failing hole leaves the document well formed.
  const pieces: Piece[] = [];
  render(
    parts,
    (source, most) => within(state, textIn(context, state, source), most),
    (piece) => {
      text += piece;
    },
    (link) => {
      pieces.push(text, link);
      text = "";
    },
  );
  state.pieces.push(...pieces, text);
}

function within(state: State, text: string, most = Number.POSITIVE_INFINITY): string {
  const short = shorten(text, most);
  if (short !== text) state.cut.push(`${state.place.step} (text)`);
  return short;
}

/** Begins a part: the arguments are its only variables with a value. */
function enter(context: Context, state: State, op: Extract<Op, { op: "run" }>): Outcome {
  const { call, place } = state;
  const part = context.program.parts?.[op.flow];
  if (!part) throw new StepFailure(`there is no flow "${op.flow}" to run`);
  const values = Object.entries(op.with).map(([name, source]): [string, Json] => [
    name,
    readIn(context, state, source),
  ]);
  enterPart(call, { step: place.step, block: op.block }, {});
  for (const [name, value] of values) {
    if (assignVariable(state, part, name, value)) continue;
    leavePart(call);
    throw new StepFailure(`step "${place.step}": the value does not fit "${name}"`);
  }
  return { to: { step: part.start, block: "enter" } };
}

function leave({ program, env }: Context, state: State): Outcome {
  const { call, place } = state;
  const scope = scopeAt(program, place.step);
  const given = (scope.gives ?? []).map((name): [string, Json] => [name, variableOf(scope, call, name, env)]);
  const isSideRoad = isOnSideRoad(call);
  const back = leavePart(call);
  if (!back) throw new StepFailure(`step "${place.step}": no flow waits for this one to return`);
  state.given = Object.fromEntries(given);
  state.path.push(isSideRoad ? RETURN : back.step);
  return { to: back };
}

/**
 * Stops the turn at a request, unless the document has something to say already or too little time is left: then the
 * caller hears that first, and a Redirect brings the call back to this op.
 */
function request(context: Context, state: State, op: RequestOp): Outcome {
  const { event, left = Number.POSITIVE_INFINITY } = context;
  // The caller does not answer before the next block, so steps are still counted there.
  state.call.steps = state.steps + 1;
  const isLater = state.pieces.length > 0 || op.timeout * (op.retries + 1) > left;
  // Once the caller has gone, no one hears the document or follows a Redirect.
  if (isLater && !event.gone) {
    write(context, state, op.later);
    return "wait";
  }
  const read: Reader = (source) => readIn(context, state, source);
  state.effects.push(requestOf(op, read, keyOf(state)));
  return waitAt(state, op.block);
}

function send(context: Context, state: State, op: Extract<Op, { op: "send" }>): Outcome | undefined {
  const { call, place } = state;
  const { step } = place;
  const { delivery: block } = op;
  const ready = readyMessage(textsOf(op.form, (source) => readIn(context, state, source)));
  if ("problem" in ready) {
    state.errors.push(`step "${step}": ${ready.problem}`);
    return op.otherwise && runOps(context, state, op.otherwise);
  }
  if (ready.cut) state.cut.push(`${step} (text message)`);
  state.effects.push({
    effect: "message",
    key: keyOf(state),
    step,
    form: ready.form,
    ...(block && { delivery: { block, call: { ...call, vars: { ...call.vars } } } }),
  });
  return undefined;
}

/** Names an effect by call, revision, step and its place in the turn: sent twice, it has the same name. */
function keyOf({ call, place, steps }: State): string {
  return `${call.sid}-${call.rev}-${place.step}-${steps}`;
}

function wrongValue(to: Target): Op {
  const name = "variable" in to ? to.variable : "slot" in to ? to.slot : "language";
  return { op: "fail", why: `the value does not fit "${name}"` };
}
