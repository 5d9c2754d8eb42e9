/**
 * Functions of a project's own, for its expressions. Its `ringflow.functions.ts` lists them; the command line and the
 * Worker both load that file, so this one imports next to nothing.
 */
import { ExpressionError, type Functions, fail, fromCel, typedToCel } from "./expression.ts";
import { isMap } from "./is-map.ts";
import type { Json } from "./json.ts";

/** The JSON values of each type that a function can take and give. `int` is a whole number. */
interface Values {
  string: string;
  int: number;
  number: number;
  bool: boolean;
  list: Json[];
  map: { [key: string]: Json };
}

/** A type that a function can take and give. */
export type ValueType = keyof Values;

type ValuesOf<Types extends readonly ValueType[]> = { [I in keyof Types]: Values[Types[I]] };

/** A function of a project's own. */
export interface FunctionDefinition<Takes extends readonly ValueType[], Gives extends ValueType> {
  /** How expressions call it, such as `withTax`. */
  name: string;
  /** The types of its parameters, in order. */
  takes: Takes;
  /** The type of its result. */
  gives: Gives;
  /** What it does, in a sentence. */
  summary?: string;
  /** Calls of it and their values: `ringflow test` evaluates them. */
  examples?: Readonly<Record<string, Json>>;
  /**
   * Computes the result. It is synchronous and pure: the same values give the same result, whenever and wherever it runs.
   * If it throws, the step fails as it does for any other failing expression.
   */
  run(...values: ValuesOf<Takes>): Values[Gives];
}

/** A function as Ringflow works with it. */
export interface OwnFunction {
  name: string;
  takes: readonly ValueType[];
  gives: ValueType;
  summary?: string;
  examples?: Readonly<Record<string, Json>>;
  run(...values: readonly Json[]): unknown;
}

/** Defines a function; TypeScript checks `run` against `takes` and `gives`. */
export function defineFunction<const Takes extends readonly ValueType[], Gives extends ValueType>(
  definition: FunctionDefinition<Takes, Gives>,
): FunctionDefinition<Takes, Gives> {
  return definition;
}

/** Makes a project's functions callable: `functions` of the Worker's dependencies. */
export function overloadsOf(functions: readonly OwnFunction[]): Functions {
  return Object.fromEntries(functions.map((one) => [one.name, [overloadOf(one)]]));
}

function overloadOf(one: OwnFunction): Functions[string][number] {
  return (operands) => {
    const values = operands.map(fromCel);
    const fit = values.length === one.takes.length && one.takes.every((type, at) => isOf(type, values[at]));
    return fit ? resultOf(one, values) : undefined;
  };
}

// Messages can hold values, which may be secret: the log gets the function's name alone.
function resultOf({ name, gives, run }: OwnFunction, values: readonly Json[]): unknown {
  let result: unknown;
  try {
    result = run(...values);
  } catch (failure) {
    throw failure instanceof ExpressionError ? failure : new ExpressionError(`${name}() threw an exception`);
  }
  if (!isOf(gives, result)) return fail(`${name}() did not give ${gives}`);
  return typedToCel(gives, fromCel(result));
}

const TYPES: Readonly<Record<ValueType, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  int: Number.isSafeInteger,
  number: Number.isFinite,
  bool: (value) => typeof value === "boolean",
  list: Array.isArray,
  map: isMap,
};

function isOf(type: ValueType, value: unknown): boolean {
  return TYPES[type](value);
}

/** The names of the types. */
export const VALUE_TYPES: readonly string[] = Object.keys(TYPES);
