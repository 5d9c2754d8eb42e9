/** Authors' regular expressions: they must be valid, and must not take exponential time. */
import { createRequire } from "node:module";
import { messageOf } from "../../program/message-of.ts";
import type { Problem } from "./diagnostic.ts";

const require = createRequire(import.meta.url);

/** The most backtracks of a pattern, and the time limit for analysing it, in milliseconds. */
const LIMITS = { unicode: true, maxScore: 200, timeout: 1000 };

/** How many slow patterns of one flow are looked into: each costs up to a second, and much memory. */
const MOST_SLOW = 2;

/** The problem with a pattern, as a finding. */
type PatternProblem = Problem<"bad-pattern" | "slow-pattern"> | undefined;

/** What was found out, by flow. */
const known = new WeakMap<object, { problems: Map<string, PatternProblem>; slow: number }>();

/**
 * The problem with a pattern, if any.
 * @param flow the flow that it belongs to: a pattern is looked into once, and few slow ones are
 */
export function patternProblem(pattern: string, flow: object = {}): PatternProblem {
  const found = known.get(flow) ?? { problems: new Map<string, PatternProblem>(), slow: 0 };
  known.set(flow, found);
  if (!found.problems.has(pattern)) {
    const problem = found.slow < MOST_SLOW ? examined(pattern) : unexamined(pattern);
    if (problem?.code === SLOW) found.slow++;
    found.problems.set(pattern, problem);
  }
  return found.problems.get(pattern);
}

const SLOW = "slow-pattern";

/**
 * A slow pattern without the `.*` at its beginning and end, if it is not slow without them.
 * @param problem what is wrong with the pattern as it is
 */
export function withoutPadding(pattern: string, problem: PatternProblem, flow: object): string | undefined {
  if (problem?.code !== SLOW) return undefined;
  const part = pattern.replace(/^\^?(\.[*+]\??)+/, "").replace(/((?<!\\)\.[*+]\??)+\$?$/, "");
  return part === "" || part === pattern || patternProblem(part, flow) ? undefined : part;
}

function unexamined(pattern: string): PatternProblem {
  const message = `"${pattern}" is not checked, because the flow has ${MOST_SLOW} slow patterns before it; rewrite those first`;
  return { code: SLOW, message };
}

function examined(pattern: string): PatternProblem {
  // Texts are short, so the cost of starting a search at every character is ignored.
  const whole = `^(?:${pattern})$`;
  try {
    new RegExp(whole, "u");
  } catch (failure) {
    const reason = messageOf(failure).replace(/^.*: /, "");
    return {
      code: "bad-pattern",
      message: `"${pattern}" is not a regular expression: ${reason.toLowerCase()}`,
    };
  }
  try {
    const { isSafePattern }: typeof import("redos-detector") = require("redos-detector");
    if (isSafePattern(whole, LIMITS).safe) return undefined;
  } catch (failure) {
    // A pattern of thousands of brackets in brackets fills the stack.
    if (!(failure instanceof RangeError)) throw failure;
    return { code: SLOW, message: `"${pattern}" is too long or nested too deep to be checked; simplify it` };
  }
  return {
    code: SLOW,
    message: `"${pattern}" could take very long on input that does not match; write it without nested or adjacent repeats`,
  };
}
