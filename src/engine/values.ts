/** Values within a turn: where they are read from, and how they convert to a variable's type. */

import type { Call, QueuePlace } from "../program/call.ts";
import { evaluate, type Sight } from "../program/evaluate.ts";
import { type Clock, typedToCel } from "../program/expression.ts";
import { fnv1a } from "../program/fnv1a.ts";
import { isMap } from "../program/is-map.ts";
import type { Json } from "../program/json.ts";
import { mulberry32 } from "../program/mulberry32.ts";
import { digitsHeard, numberHeard } from "../program/numerals.ts";
import type { Expr, Source } from "../program/op.ts";
import type { Scope, Variable } from "../program/program.ts";
import type { Answer, Event } from "./event.ts";
import { scopeAt } from "./scope.ts";
import type { Context, Env, State } from "./state.ts";

/** Reads sources within one turn. */
export type Reader = (source: Source) => Json;

/** The value of a source at this moment of a turn. */
export function readIn(context: Context, state: State, source: Source): Json {
  if ("value" in source) return source.value;
  if ("param" in source) return paramOf(source, context.event);
  if ("heard" in source) return heard(context, source.heard);
  if ("slot" in source) return state.call.slots[source.slot] ?? "";
  if ("expr" in source) return express(context, state, source.expr);
  if ("env" in source) return context.env[source.env] ?? "";
  if ("map" in source) return mapValues(source.map, (one) => readIn(context, state, one));
  if ("list" in source) return source.list.map((one) => readIn(context, state, one));
  if ("answer" in source) return answerOf(source, state.answer);
  if ("given" in source) return state.given[source.given] ?? null;
  return state.call.language ?? context.program.language;
}

function express(context: Context, state: State, expr: Expr): Json {
  const { call, place } = state;
  const scope = scopeAt(context.program, place.step);
  state.random ??= seeded(`${call.sid}/${call.rev}`);
  const clock: Clock = {
    now: context.now,
    timezone: scope.timezone ?? "UTC",
    offsets: scope.offsets,
    language: call.language ?? context.program.language,
    hours: scope.hours,
    random: state.random,
    link: context.link,
    functions: context.functions,
  };
  return evaluate(expr, sightOf(context, state, scope), clock);
}

function paramOf({ param, path }: Extract<Source, { param: string }>, { params }: Event): Json {
  const text = params[param] ?? "";
  return path ? valueAt(jsonIn(text), path) : text;
}

function heard({ event, program }: Context, as: Extract<Source, { heard: string }>["heard"]): string {
  const { digits } = event.input;
  const words = event.input.speech || event.message.body.trim();
  if (digits !== "" || as === "text") return digits || words;
  const { numerals = {} } = program;
  return (as === "digits" ? digitsHeard(words, numerals) : numberHeard(words, numerals)) ?? words;
}

/** A text read as JSON; null if it is not JSON. */
export function jsonIn(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A part of a service's answer; null if it is missing. */
function answerOf(source: Extract<Source, { answer: string }>, answer: Answer | undefined): Json {
  if ("path" in source) return valueAt(answer?.body ?? null, source.path);
  if (source.answer === "text") return answer?.text ?? "";
  const status = answer?.status ?? "";
  return source.answer === "status" ? status : status.replace(/^(\d)\d\d$/, "$1xx");
}

function valueAt(value: Json, path: readonly string[]): Json {
  return path.reduce<Json>(partOf, value);
}

function partOf(value: Json, key: string): Json {
  if (value === null || typeof value !== "object" || !Object.hasOwn(value, key)) return null;
  return (Array.isArray(value) ? value[Number(key)] : value[key]) ?? null;
}

function mapValues(sources: Readonly<Record<string, Source>>, read: Reader): Json {
  return Object.fromEntries(Object.entries(sources).map(([key, source]) => [key, read(source)]));
}

/** A variable's present value: the one that the call holds, else the declared default. */
export function variableOf(scope: Scope, call: Call, name: string, env: Env): Json {
  const variable = scope.variables[name];
  const held = variable?.keep === undefined ? call.vars[name] : call.kept?.[variable.keep];
  return held ?? (variable ? defaultOf(variable, env) : "");
}

/** A variable's value before anything is assigned. */
export function defaultOf(variable: Variable, env: Env): Json {
  const constant = variable.env && env[variable.env];
  return (constant ? convert(variable, constant)?.value : undefined) ?? variable.default;
}

/** What an expression sees; what it does not read is not made. */
function sightOf(context: Context, { call }: State, scope: Scope): Sight {
  const variable = (name: string): unknown => {
    const declared = scope.variables[name];
    return declared && typedToCel(declared.type, variableOf(scope, call, name, context.env));
  };
  const vars = (): Fields =>
    Object.fromEntries(Object.keys(scope.variables).map((name) => [name, variable(name)]));
  return (root, field) => {
    if (root === "vars") return field === undefined ? vars() : variable(field);
    const fields = fieldsOf(root, context, call);
    if (field === undefined) return fields;
    return fields && Object.hasOwn(fields, field) ? fields[field] : undefined;
  };
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(root: string, { program, event, env }: Context, call: Call): Fields | undefined {
  switch (root) {
    case "caller":
      return { ...(call.caller ?? event.caller), ...call.origin };
    case "call": {
      const { to, number = to, direction } = call.called ?? event;
      const { forwardedFrom = "", answeredBy = "" } = call.origin ?? {};
      const { sid, language = program.language } = call;
      const { channel } = event;
      const { MessageStatus = "", ErrorCode = "" } = event.params;
      const delivery = { messageStatus: MessageStatus, errorCode: ErrorCode };
      return { sid, to, number, direction, channel, forwardedFrom, language, answeredBy, ...delivery };
    }
    case "input":
      return { finishedOnKey: "", ...(call.input ?? event.input) };
    case "queue":
      return queueOf(call.queue);
    case "message":
      return event.message;
    case "secrets":
      return env;
    default:
      return undefined;
  }
}

function queueOf({ position, size, time, average }: QueuePlace = NO_QUEUE): Fields {
  return { position: BigInt(position), size: BigInt(size), time: BigInt(time), average: BigInt(average) };
}

const NO_QUEUE: QueuePlace = { position: 0, size: 0, time: 0, average: 0 };

/** A value as text: what a hole shows and a `switch` compares. */
export function textOf(value: Json): string {
  if (typeof value === "string") return value;
  return value !== null && typeof value === "object" ? JSON.stringify(value) : String(value ?? "");
}

/** A converted value, and whether its text was cut to the variable's `maxLength`. */
export type Cut = { value: Json; cut: boolean };

/** A value as a variable's type; undefined if it does not convert. */
export function convert(variable: Variable, value: Json): Cut | undefined {
  // Variables are never null: a service that sends null sends no value.
  if (value === null) return undefined;
  if (variable.type === "string") {
    const text = textOf(value);
    const most = variable.maxLength ?? text.length;
    return { value: cutAt(text, most), cut: text.length > most };
  }
  const converted = CONVERT[variable.type](value);
  return converted === undefined ? undefined : { value: converted, cut: false };
}

// A cut between the two halves of a character would leave a lone surrogate.
function cutAt(text: string, most: number): string {
  return text.slice(0, most).replace(/[\uD800-\uDBFF]$/, "");
}

function numberIn(value: Json): number {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
}

const CONVERT: Record<Exclude<Variable["type"], "string">, (value: Json) => Json | undefined> = {
  int: (value) => (Number.isSafeInteger(numberIn(value)) ? numberIn(value) : undefined),
  number: (value) => (Number.isFinite(numberIn(value)) ? numberIn(value) : undefined),
  bool: (value) => textOf(value) === "true" || (textOf(value) === "false" ? false : undefined),
  list: (value) => (Array.isArray(value) ? value : undefined),
  map: (value) => (isMap(value) ? value : undefined),
  recording: (value) => (isMap(value) ? recordingOf(value) : undefined),
};

function recordingOf({ url, seconds, transcript }: { [key: string]: Json }): Json | undefined {
  if (typeof url !== "string") return undefined;
  return { url, seconds: Math.trunc(Number(seconds)) || 0, transcript: textOf(transcript ?? "") };
}

/** Random numbers that are the same for the same seed. Few turns draw one, so the seed is hashed at the first draw. */
function seeded(seed: string): (n: number) => number {
  let draw: (() => number) | undefined;
  return (n) => {
    draw ??= mulberry32(fnv1a(seed));
    const drawn = draw();
    return n < 1 ? 0 : drawn % n;
  };
}
