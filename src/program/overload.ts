/** The overloads of operations: the kinds of operands that each takes, and how it runs. */
import type { Clock } from "./expression.ts";
import { isMap } from "./is-map.ts";

/** Whether a value is of the kind that an operand must be. */
export type Guard<T> = (value: unknown) => value is T;

/** Gives undefined if it does not take these operands. */
export type Overload = (operands: readonly unknown[], clock: Clock) => unknown;

/** CEL's string. */
export const string: Guard<string> = (value) => typeof value === "string";
/** CEL's int, as a BigInt. */
export const int: Guard<bigint> = (value) => typeof value === "bigint";
/** CEL's double. */
export const double: Guard<number> = (value) => typeof value === "number";
/** CEL's bool. */
export const bool: Guard<boolean> = (value) => typeof value === "boolean";
/** CEL's list. */
export const list: Guard<unknown[]> = Array.isArray;
/** CEL's map. */
export const map: Guard<Readonly<Record<string, unknown>>> = isMap;
/** An int or a double. */
export const number: Guard<bigint | number> = (value) => int(value) || double(value);

/** An overload for operands of these kinds. */
export function on<T extends unknown[]>(
  guards: readonly [...{ [I in keyof T]: Guard<T[I]> }],
  run: (...operands: T) => unknown,
): Overload {
  const takes = taking<T>(guards);
  return (operands) => (takes(operands) ? run(...operands) : undefined);
}

/** The same, for an operation that reads the turn being run. */
export function timed<T extends unknown[]>(
  guards: readonly [...{ [I in keyof T]: Guard<T[I]> }],
  run: (clock: Clock, ...operands: T) => unknown,
): Overload {
  const takes = taking<T>(guards);
  return (operands, clock) => (takes(operands) ? run(clock, ...operands) : undefined);
}

function taking<T extends unknown[]>(guards: readonly [...{ [I in keyof T]: Guard<T[I]> }]) {
  const [first, second, third] = guards;
  return (operands: readonly unknown[]): operands is T =>
    operands.length === guards.length &&
    (!first || first(operands[0])) &&
    (!second || second(operands[1])) &&
    (!third || third(operands[2]));
}
