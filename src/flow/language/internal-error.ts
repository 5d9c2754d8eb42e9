/** The checker's own failures: an exception in a rule or a kind is a finding, and stops nothing else. */
import { type CodeOf, type Diagnostic, defineFindings } from "./diagnostic.ts";

/** The code of a finding that stands for an exception. */
export const INTERNAL_ERROR = "internal-error";

export const internalFindings = defineFindings([
  {
    code: INTERNAL_ERROR,
    severity: "error",
    summary:
      "The checker itself failed on this flow; the message names the rule or the step kind. Please report it, with the flow. Other flows are checked and served.",
    good: "steps:\n  greet:\n    hangup: Goodbye.\n",
  },
]);

/** The codes that the list declares. */
export type InternalCode = CodeOf<typeof internalFindings>;

/** An exception, without its place. */
export type InternalProblem = Pick<Diagnostic<InternalCode>, "code" | "message" | "hint">;

/** An exception as a finding. `part` names what failed: `the rule exits`. */
export function internalError(part: string, failure: unknown): InternalProblem {
  const why = failure instanceof Error ? `${failure.name}: ${failure.message}` : String(failure);
  const [line = ""] = why.split("\n");
  return {
    code: INTERNAL_ERROR,
    message: `${part} failed (${line}); please report this error of Ringflow, with the flow`,
    hint: "other flows are checked and served as usual",
  };
}

/** Runs a part of the checker; if it throws, calls `failed` with the finding and gives what that returns. */
export function guard<T>(part: string, run: () => T, failed: (found: InternalProblem) => T): T {
  try {
    return run();
  } catch (failure) {
    return failed(internalError(part, failure));
  }
}
