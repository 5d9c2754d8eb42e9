/** A failure of the checker itself, or of a project's own kind, as a finding. */

import type { Finding } from "../catalogue.ts";
import type { InternalProblem } from "../language/internal-error.ts";

/** The checker's own failure, shown at the beginning of the flow; a kind's failure, at the step. */
export function atStart(file: string, { at, ...found }: InternalProblem): Finding {
  return { ...found, severity: "error", file, span: at?.span ?? { start: 0, end: 1 } };
}
