/** Values within a turn: where they are read from and how they become a variable's type. */
import type { Environment, ParseResult } from "@marcbachmann/cel-js";
import { type Clock, environmentOf, evaluate, typedToCel } from "../program/expression.ts";
import type { Call, Input, Json, Place, Program, Scope, Source, Variable } from "../program/program.ts";
import type { Event } from "./event.ts";
import { scopeAt } from "./scope.ts";

/** What a turn reads besides its arguments. */
export interface World {
  /** Milliseconds since 1970. */
  now: number;
  /** The Worker's text variables. */
  env: Readonly<Record<string, string>>;
  /** Whether the turn runs beside the call: it ends at a failure, and no step waits for it. */
  beside?: boolean;
  /** Milliseconds left for HTTP requests, where this turn has made one already. */
  left?: number;
}

/** Reads sources: one reader serves one turn. */
export type Reader = (source: Source) => Json;

interface Parsed {
  environment: Environment;
  expressions: Map<string, ParseResult>;
}

// A flow's expressions are parsed once and kept as long as its Program.
const parsedScopes = new WeakMap<Scope, Parsed>();

function parse(scope: Scope, text: string): ParseResult {
  let parsed = parsedScopes.get(scope);
  if (!parsed) {
    parsed = { environment: environmentOf(scope.variables), expressions: new Map() };
    parsedScopes.set(scope, parsed);
  }
  let expression = parsed.expressions.get(text);
  if (!expression) {
    expression = parsed.environment.parse(text);
    parsed.expressions.set(text, expression);
  }
  return expression;
}

/** What a reader looks at: all of it may change between reads. */
export interface Reading {
  program: Program;
  call: Call;
  place: Place;
  event: Event;
  /** Milliseconds since 1970. */
  now: number;
  /** The Worker's text variables. */
  env: World["env"];
  /** What the part that returned last has given back. */
  given: Record<string, Json>;
  read: Reader;
  /** The turn's random numbers, once one was asked for. */
  random?: Clock["random"];
}

/** What a source holds at this moment of a turn. */
export function readIn(at: Reading, source: Source): Json {
  const { event } = at;
  if ("value" in source) return source.value;
  if ("param" in source) return paramOf(source, event);
  if ("slot" in source) return at.call.slots[source.slot] ?? "";
  if ("expr" in source) return express(at, source.expr);
  if ("env" in source) return at.env[source.env] ?? "";
  if ("map" in source) return mapValues(source.map, at.read);
  if ("list" in source) return source.list.map(at.read);
  if ("answer" in source) return answerOf(source, event);
  if ("given" in source) return at.given[source.given] ?? null;
  return at.call.language ?? at.program.language;
}

function express(at: Reading, text: string): Json {
  const { program, call, place } = at;
  const scope = scopeAt(program, place.step);
  at.random ??= seeded(`${call.sid}/${call.rev}`);
  const clock: Clock = { now: at.now, hours: scope.hours, random: at.random };
  return evaluate(parse(scope, text), new Sight(at, scope), clock);
}

function paramOf({ param, path }: Extract<Source, { param: string }>, { params }: Event): Json {
  const text = params[param] ?? "";
  return path ? valueAt(jsonIn(text), path) : text;
}

/** A text read as JSON: null where it is none. */
export function jsonIn(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A part of what a service answered: null where it is not there. */
function answerOf(source: Extract<Source, { answer: string }>, { answer }: Event): Json {
  if ("path" in source) return valueAt(answer?.body ?? null, source.path);
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

/** A variable's present value: what the call holds, else its declared default. */
export function variableOf(scope: Scope, call: Call, name: string, env: World["env"]): Json {
  const variable = scope.variables[name];
  const held = variable?.keep === undefined ? call.vars[name] : call.kept?.[variable.keep];
  return held ?? (variable ? defaultOf(variable, env) : "");
}

/** What a variable holds before anything is assigned. */
export function defaultOf(variable: Variable, env: World["env"]): Json {
  const constant = variable.env && env[variable.env];
  return (constant ? convert(variable, constant)?.value : undefined) ?? variable.default;
}

/** What an expression sees. CEL asks for what it reads: the rest is not made. A class, since its getters are made once. */
class Sight {
  readonly at: Reading;
  readonly scope: Scope;
  readonly input: Input;
  readonly queue: Event["queue"];
  readonly message: Event["message"];
  readonly secrets: World["env"];

  constructor(at: Reading, scope: Scope) {
    const { call, event, env } = at;
    this.at = at;
    this.scope = scope;
    this.input = call.input ?? event.input;
    this.queue = event.queue;
    this.message = event.message;
    this.secrets = env;
  }

  get caller() {
    const { call, event } = this.at;
    return { ...(call.caller ?? event.caller), ...call.origin };
  }

  get call() {
    const { program, call, event } = this.at;
    const { to, direction } = call.called ?? event;
    const { forwardedFrom = "", answeredBy = "" } = call.origin ?? {};
    const { sid, language = program.language } = call;
    return { sid, to, direction, forwardedFrom, language, answeredBy };
  }

  get vars() {
    const { at, scope } = this;
    const vars: Record<string, unknown> = {};
    for (const [name, { type }] of Object.entries(scope.variables)) {
      vars[name] = typedToCel(type, variableOf(scope, at.call, name, at.env));
    }
    return vars;
  }
}

/** A value as text: what a hole shows and a `switch` compares. */
export function textOf(value: Json): string {
  if (typeof value === "string") return value;
  return value !== null && typeof value === "object" ? JSON.stringify(value) : String(value ?? "");
}

/** A text that was longer than its variable allows; the rest of it is lost. */
export type Cut = { value: Json; cut: boolean };

/** A value as a variable's type; undefined where it does not convert. */
export function convert(variable: Variable, value: Json): Cut | undefined {
  // There is no null: where a service sends one, the value is missing.
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
  return text.length <= most ? text : text.slice(0, most).replace(/[\uD800-\uDBFF]$/, "");
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

function isMap(value: Json): value is { [key: string]: Json } {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** Random numbers that are the same for the same seed: FNV-1a of the seed, stepped by mulberry32. */
function seeded(seed: string): (n: number) => number {
  let state: number | undefined;
  return (n) => {
    state = ((state ?? fnv1a(seed)) + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return n < 1 ? 0 : ((mixed ^ (mixed >>> 14)) >>> 0) % n;
  };
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}
