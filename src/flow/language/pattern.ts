/** Authors' regular expressions: they have to be ones, and must not explode on a long answer. */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** How many ways of reading one answer a pattern may try, and for how long that is looked into, in milliseconds. */
const LIMITS = { unicode: true, maxScore: 200, timeout: 1000 };

/** What is wrong with a pattern; undefined where nothing is. */
export function patternProblem(pattern: string): { code: string; message: string } | undefined {
  // Texts are short: that a search may begin anywhere in one costs little, and is left out of account.
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
    message: `"${pattern}" could take very long on a wrong answer; write it without repeats inside or beside repeats`,
  };
}
