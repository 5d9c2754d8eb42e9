/** Authors' regular expressions: they have to be ones, and must not explode on a long answer. */
import { isSafePattern } from "redos-detector";

/** What is wrong with a pattern; undefined where nothing is. */
export function patternProblem(pattern: string): { code: string; message: string } | undefined {
  try {
    new RegExp(`^(?:${pattern})$`, "u");
  } catch (failure) {
    const reason = failure instanceof Error ? failure.message.replace(/^.*: /, "") : String(failure);
    return { code: "bad-pattern", message: `"${pattern}" is no regular expression: ${reason.toLowerCase()}` };
  }
  if (isSafePattern(pattern, { unicode: true, maxScore: 200, timeout: 1000 }).safe) return undefined;
  return {
    code: "slow-pattern",
    message: `"${pattern}" could take very long on a wrong answer; write it without repeats inside repeats`,
  };
}
