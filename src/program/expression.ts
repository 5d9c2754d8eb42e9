/**
 * CEL: what expressions see, how they are parsed, checked and evaluated. The checker and the engine share this
 * file, so that what was checked is what runs.
 */
import { Environment, type ParseResult } from "@marcbachmann/cel-js";
import { isHoliday, isOpen, type LocalTime, localTime } from "./hours.ts";
import type { Hours, Json, Variable, VariableType } from "./program.ts";

/** What functions read of the turn being run. */
export interface Clock {
  /** Milliseconds since 1970. */
  now: number;
  hours: Readonly<Record<string, Hours>>;
  /** Gives the next whole number from 0 to n − 1: the same for the same call and revision. */
  random(n: number): number;
}

/** The CEL type of each type that a flow can declare. */
export const CEL_TYPES: Record<VariableType, string> = {
  string: "string",
  int: "int",
  number: "double",
  bool: "bool",
  list: "list<dyn>",
  map: "map<string, dyn>",
  recording: "Recording",
};

/** The fields of everything that an expression sees besides `vars`. */
export const FIELDS = {
  caller: {
    number: "string",
    name: "string",
    city: "string",
    state: "string",
    zip: "string",
    country: "string",
    verified: "bool",
  },
  call: {
    sid: "string",
    to: "string",
    direction: "string",
    forwardedFrom: "string",
    language: "string",
    answeredBy: "string",
  },
  input: { digits: "string", speech: "string", confidence: "double" },
  queue: { position: "int", size: "int", time: "int", average: "int" },
  message: { body: "string", media: "string" },
} as const;

const MOMENT = {
  year: "int",
  month: "int",
  day: "int",
  hour: "int",
  minute: "int",
  weekday: "int",
  date: "string",
} as const;

// CEL's handlers take no context, so the turn being run stands here while it evaluates.
let clock: Clock = { now: 0, hours: {}, random: () => 0 };

function hoursNamed(name: string): Hours {
  const hours = clock.hours[name];
  if (!hours) throw new Error(`no hours ${name}`);
  return hours;
}

/** The wall clock with CEL's whole numbers. */
class Moment {
  constructor(local: LocalTime) {
    Object.assign(this, toCel(local));
  }
}

/** One character at a time, so that a voice reads "1 2 3" and not "one hundred and twenty-three". */
function apart(text: string, keep: RegExp): string {
  return [...text].filter((character) => keep.test(character)).join(" ");
}

const COMPUTE: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
};

function registerMixed(environment: Environment): void {
  for (const [sign, compute] of Object.entries(COMPUTE)) {
    const mixed = (a: number | bigint, b: number | bigint): number => compute(Number(a), Number(b));
    environment.registerOperator(`int ${sign} double: double`, mixed);
    environment.registerOperator(`double ${sign} int: double`, mixed);
  }
  // Turned round, and as `!=`, it follows from this one.
  environment.registerOperator("int == double: bool", (a: bigint, b: number) => Number(a) === b);
  for (const type of ["int", "double", "bool"]) {
    const join = (a: unknown, b: unknown): string => `${String(a)}${String(b)}`;
    environment.registerOperator(`string + ${type}: string`, join);
    environment.registerOperator(`${type} + string: string`, join);
  }
}

function registerFunctions(environment: Environment): void {
  environment
    .registerFunction("isOpen(string): bool", (name: string) => isOpen(hoursNamed(name), clock.now))
    .registerFunction("holiday(string): bool", (name: string) => isHoliday(hoursNamed(name), clock.now))
    .registerFunction("now(string): Moment", (zone: string) => new Moment(localTime(zone, clock.now)))
    .registerFunction("digits(string): string", (text: string) => apart(text, /[0-9]/))
    .registerFunction("digits(int): string", (n: bigint) => apart(String(n), /[0-9]/))
    .registerFunction("spell(string): string", (text: string) => apart(text, /[\p{L}\p{N}]/u))
    .registerFunction("lower(string): string", (text: string) => text.toLowerCase())
    .registerFunction("trim(string): string", (text: string) => text.trim())
    .registerFunction("replace(string, string, string): string", (text: string, from: string, to: string) =>
      text.replaceAll(from, () => to),
    )
    .registerFunction("number(string, int): int", (text: string, otherwise: bigint) =>
      /^\s*[+-]?\d{1,15}\s*$/.test(text) ? BigInt(text.trim().replace(/^\+/, "")) : otherwise,
    )
    .registerFunction("number(string, double): double", (text: string, otherwise: number) => {
      const value = Number(text);
      return text.trim() !== "" && Number.isFinite(value) ? value : otherwise;
    })
    .registerFunction("random(int): int", (n: bigint) => BigInt(clock.random(Number(n))));
  for (const type of ["string", "int", "double", "bool"]) {
    environment.registerFunction(`reveal(${type}): ${type}`, (value: unknown) => value);
  }
}

let base: Environment | undefined;

function baseEnvironment(): Environment {
  if (base) return base;
  base = new Environment({ homogeneousAggregateLiterals: false });
  base.registerType("Moment", { ctor: Moment, fields: MOMENT });
  for (const [name, schema] of Object.entries(FIELDS)) base.registerVariable({ name, schema: { ...schema } });
  base.registerVariable("secrets", "map<string, string>");
  registerMixed(base);
  registerFunctions(base);
  return base;
}

/** What a flow's expressions see: the caller, the call, the last input, and the flow's own variables. */
export function environmentOf(variables: Readonly<Record<string, Pick<Variable, "type">>>): Environment {
  const recording = { url: "string", seconds: "int", transcript: "string" };
  const schema: Record<string, string | typeof recording> = {};
  for (const [name, { type }] of Object.entries(variables)) {
    schema[name] = type === "recording" ? recording : CEL_TYPES[type];
  }
  return baseEnvironment().clone().registerVariable({ name: "vars", schema });
}

/**
 * Evaluates a parsed expression.
 * @returns a JSON value: whole numbers as numbers
 * @throws EvaluationError of CEL where the values do not allow it (division by zero, a key that is not there)
 */
export function evaluate(parsed: ParseResult, context: object, turnClock: Clock): Json {
  clock = turnClock;
  return fromCel(parsed(context));
}

/** A JSON value as CEL has it: whole numbers are BigInt. */
export function toCel(value: unknown): unknown {
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(toCel);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toCel(item)]));
}

/** A declared variable's value as CEL has it. */
export function typedToCel(type: VariableType, value: Json): unknown {
  return type === "number" ? Number(value) : toCel(value);
}

/** What CEL gave, as JSON; throws on a value that JSON has no way to write, such as a timestamp or infinity. */
export function fromCel(value: unknown): Json {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (typeof value === "bigint" && Number.isSafeInteger(Number(value))) return Number(value);
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(fromCel);
  if (value instanceof Map) return fromEntries([...value]);
  if (value instanceof Moment || Object.getPrototypeOf(value) === Object.prototype) {
    return fromEntries(Object.entries(value));
  }
  throw new Error("no JSON");
}

function fromEntries(entries: [unknown, unknown][]): Json {
  return Object.fromEntries(entries.map(([key, item]) => [String(key), fromCel(item)]));
}
