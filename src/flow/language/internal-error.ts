/** The checker's own failures: an exception in a rule or a kind is a finding, and stops nothing else. */
import { type CodeOf, type Diagnostic, defineFindings } from "./diagnostic.ts";
import type { Span } from "./node.ts";

/** The code of a finding that stands for an exception. */
const INTERNAL_ERROR = "internal-error";

/** The finding for an exception in the checker itself. */
export const internalFindings = defineFindings([
  {
    code: INTERNAL_ERROR,
    severity: "error",
    summary:
      "The checker itself failed on this flow; the message names the rule or the step kind. Please report it, with the flow. Other flows are checked and served.",
    good: "steps:\n  greet:\n    hangup: Goodbye.\n",
  },
  {
    code: "kind-failed",
    severity: "error",
    summary:
      "A step kind of the project's own, in `ringflow.config.ts`, failed on this step: its `lint` or `compile` threw an exception, or `compile` returned something else than blocks of ops. Fix the kind.",
    good: "steps:\n  greet:\n    hangup: Goodbye.\n",
  },
]);

/** The codes that the list declares. */
export type InternalCode = CodeOf<typeof internalFindings>;

/** An exception, without its place unless a step of the flow is known to be that. */
export type InternalProblem = Pick<Diagnostic<InternalCode>, "code" | "message" | "hint"> & {
  at?: { span: Span };
};

/** An exception in a project's own kind. */
export class KindFailure extends Error {
  readonly at: { span: Span };

  /** @param at where the kind is used */
  constructor(kind: string, cause: unknown, at: { span: Span }) {
    super(`the step kind \`${kind}\` of ringflow.config.ts failed (${firstLine(cause)})`, { cause });
    this.at = at;
  }
}

function firstLine(failure: unknown): string {
  const why = failure instanceof Error ? `${failure.name}: ${failure.message}` : String(failure);
  return why.split("\n")[0] ?? "";
}

/** An exception as a finding. `part` names what failed: `the rule exits`. */
function internalError(part: string, failure: unknown): InternalProblem {
  if (failure instanceof KindFailure)
    return { code: "kind-failed", message: failure.message, at: failure.at };
  return {
    code: INTERNAL_ERROR,
    message: `${part} failed (${firstLine(failure)}); please report this error of Ringflow, with the flow`,
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
