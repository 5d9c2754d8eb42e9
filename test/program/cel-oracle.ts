/** cel-js as it evaluates, with this language's functions written a second time: what our evaluator is held to. */
import { Environment, type ParseResult } from "@marcbachmann/cel-js";
import { FIELDS } from "../../src/flow/analysis/environment.ts";
import { type Clock, ExpressionError, fromCel, toCel } from "../../src/program/expression.ts";
import { isHoliday, isOpen } from "../../src/program/hours.ts";
import type { Json } from "../../src/program/json.ts";
import { type LocalTime, localTime } from "../../src/program/local-time.ts";
import type { Hours, Variable, VariableType } from "../../src/program/program.ts";

const CEL_TYPES: Record<VariableType, string> = {
  string: "string",
  int: "int",
  number: "double",
  bool: "bool",
  list: "list<dyn>",
  map: "map<string, dyn>",
  recording: "Recording",
};

const MOMENT = {
  year: "int",
  month: "int",
  day: "int",
  hour: "int",
  minute: "int",
  weekday: "int",
  date: "string",
  time: "string",
} as const;

// CEL's handlers take no context, so the turn being run stands here while it evaluates.
let clock: Clock = { now: 0, timezone: "UTC", language: "en-US", hours: {}, random: () => 0 };

function hoursNamed(name: string): Hours {
  const hours = clock.hours[name];
  if (!hours) throw new ExpressionError("no_such_hours");
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
  // biome-ignore lint/suspicious/noDoubleEquals: it is what compares a BigInt with a number
  environment.registerOperator("int == double: bool", (a: bigint | number, b: bigint | number) => a == b);
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
    .registerFunction(
      "now(string): Moment",
      (zone: string) => new Moment(localTime({ timezone: zone }, clock.now)),
    )
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
  environment.registerFunction("reveal(A): A", (value: unknown) => value);
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
export function oracleOf(variables: Readonly<Record<string, Pick<Variable, "type">>>): Environment {
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
  return fromCel(plain(parsed(context)));
}

// CEL's library makes Maps of what it reads, and our Moment is a class.
function plain(value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
  return Array.isArray(value) ? value.map(plain) : value;
}
