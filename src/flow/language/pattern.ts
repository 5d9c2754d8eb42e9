/** Authors' regular expressions: they must be valid, and must not take exponential time. */
import { createRequire } from "node:module";
import { messageOf } from "../../program/message-of.ts";
import type { Problem } from "./diagnostic.ts";

const require = createRequire(import.meta.url);

/**
 * The most backtracks of a pattern. A search ends after a number of steps, so that each machine has the same findings; the time
 * limit, in milliseconds, is for the few patterns whose steps get slower and slower.
 */
const LIMITS = { unicode: true, maxScore: 200, timeout: 3000 };

/** The steps of a search. Each keeps some 13 kB until the whole check ends; most patterns need fewer than 100. */
const MOST_STEPS = 10_000;

/** The same after a search in the flow that did not come to an end. A pattern for phone numbers needs some 1,000. */
const FEWER_STEPS = 1500;

/** Without groups and repeats, except those of a fixed number, each alternative can match in one way only: no search is needed. */
const AMBIGUOUS = /[(*+?]|\{\d+,/;

/** How many slow patterns of one flow are examined. */
const MOST_SLOW = 2;

/** The problem with a pattern, as a finding. */
type PatternProblem = Problem<"bad-pattern" | "slow-pattern"> | undefined;

/** What was found out about the patterns of one flow. */
interface Known {
  problems: Map<string, PatternProblem>;
  slow: number;
  /** The steps of the next search. */
  steps: number;
}

const known = new WeakMap<object, Known>();

/**
 * The problem with a pattern, if any.
 * @param flow the flow that it belongs to: a pattern is examined once, and few slow ones are
 */
export function patternProblem(pattern: string, flow: object = {}): PatternProblem {
  const found = known.get(flow) ?? { problems: new Map(), slow: 0, steps: MOST_STEPS };
  known.set(flow, found);
  if (!found.problems.has(pattern)) {
    const problem = examined(pattern, found);
    if (problem?.code === SLOW) found.slow++;
    found.problems.set(pattern, problem);
  }
  return found.problems.get(pattern);
}

const SLOW = "slow-pattern";
const UNEXAMINED = "is not checked, because the flow has a slow pattern before it; rewrite that first";

/**
 * A slow pattern without the `.*` at its beginning and end, if it is not slow without them.
 * @param problem what is wrong with the pattern as it is
 */
export function withoutPadding(pattern: string, problem: PatternProblem, flow: object): string | undefined {
  if (problem?.code !== SLOW) return undefined;
  const part = pattern.replace(/^\^?(\.[*+]\??)+/, "").replace(/((?<!\\)\.[*+]\??)+\$?$/, "");
  return part === "" || part === pattern || patternProblem(part, flow) ? undefined : part;
}

function examined(pattern: string, found: Known): PatternProblem {
  if (found.slow >= MOST_SLOW) return slow(pattern, UNEXAMINED);
  const invalid = invalidity(pattern);
  if (invalid !== undefined) {
    return { code: "bad-pattern", message: `"${pattern}" is not a regular expression: ${invalid}` };
  }
  const outcome = searched(pattern, found.steps);
  if (outcome === "safe") return undefined;
  if (outcome === "too deep")
    return slow(pattern, "is too long or nested too deep to be checked; simplify it");
  if (outcome === "unfinished" && found.steps < MOST_STEPS) return slow(pattern, UNEXAMINED);
  if (outcome === "unfinished") found.steps = FEWER_STEPS;
  return slow(
    pattern,
    "could take very long on input that does not match; write it without nested or adjacent repeats",
  );
}

function slow(pattern: string, what: string): PatternProblem {
  return { code: SLOW, message: `"${pattern}" ${what}` };
}

/** Why JavaScript refuses a pattern, if it does. */
function invalidity(pattern: string): string | undefined {
  try {
    new RegExp(pattern, "u");
    return undefined;
  } catch (failure) {
    return messageOf(failure).replace(/^.*: /, "").toLowerCase();
  }
}

type Outcome = "safe" | "slow" | "unfinished" | "too deep";

/** The outcomes of searches, for other flows with the same pattern and for later checks of this one. */
const outcomes = new Map<string, Outcome>();

function searched(pattern: string, maxSteps: number): Outcome {
  if (!AMBIGUOUS.test(pattern)) return "safe";
  const key = `${maxSteps} ${pattern}`;
  const outcome = outcomes.get(key) ?? search(pattern, maxSteps);
  outcomes.set(key, outcome);
  return outcome;
}

function search(pattern: string, maxSteps: number): Outcome {
  // Texts are short, so the cost of starting a search at every character is ignored. A group makes each step dearer.
  const whole = pattern.includes("|") ? `^(?:${pattern})$` : `^${pattern}$`;
  try {
    const { isSafePattern }: typeof import("redos-detector") = require("redos-detector");
    const { error } = isSafePattern(whole, { ...LIMITS, maxSteps });
    if (error === null) return "safe";
    return error === "hitMaxScore" ? "slow" : "unfinished";
  } catch (failure) {
    // A pattern of thousands of brackets in brackets fills the stack.
    if (!(failure instanceof RangeError)) throw failure;
    return "too deep";
  }
}
