/** How much an expression may make. A flow that doubles a value in a circle would fill the Worker's memory otherwise. */
import { fail, MOST_SIZE } from "./expression.ts";

/** The characters and items that all operations of an expression may go through: some 100 ms. */
const MOST_WORK = 1_000_000;
/** A macro evaluates an expression for each item. */
const PER_ROUND = 10;

/** What is left for one evaluation. */
export interface Allowance {
  work: number;
}

/** The allowance of a new evaluation. */
export function newAllowance(): Allowance {
  return { work: MOST_WORK };
}

/** Fails if a value of this size is too large. */
export function requireSize(size: number): void {
  if (size > MOST_SIZE) fail("size_limit_exceeded");
}

/** Takes the rounds of a macro from the allowance; fails if too little is left. */
export function spendRounds(allowance: Allowance, rounds: number): void {
  take(allowance, rounds * PER_ROUND);
}

/** Takes a value that an operation goes through from the allowance; fails if too little is left. */
export function spend(allowance: Allowance, value: unknown): void {
  if (typeof value === "string" || Array.isArray(value)) take(allowance, value.length);
}

function take(allowance: Allowance, work: number): void {
  allowance.work -= work;
  if (allowance.work < 0) fail("size_limit_exceeded");
}
