/** Authors' regular expressions: they must be valid, and must not take exponential time. */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** The most backtracks of a pattern, and the time limit for analysing it, in milliseconds. */
const LIMITS = { unicode: true, maxScore: 200, timeout: 1000 };

/** The problem with a pattern, if any. */
export function patternProblem(pattern: string): { code: string; message: string } | undefined {
  // Texts are short, so the cost of starting a search at every character is ignored.
  const whole = `^(?:${pattern})$`;
  try {
    new RegExp(whole, "u");
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message.replace(/^.*: /, "") : String(failure);
    return {
      code: "bad-pattern",
      message: `"${pattern}" is not a regular expression: ${reason.toLowerCase()}`,
    };
  }
  const { isSafePattern }: typeof import("redos-detector") = require("redos-detector");
  if (isSafePattern(whole, LIMITS).safe) return undefined;
  return {
    code: "slow-pattern",
    message: `"${pattern}" could take very long on input that does not match; write it without nested or adjacent repeats`,
  };
}
