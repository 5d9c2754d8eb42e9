/** What a run of the tests has shown. */
import type { Finding } from "../../flow/catalogue.ts";
import type { SourceFile } from "../../flow/language/node.ts";
import type { WrittenScenario } from "../../flow/scenarios/scenarios.ts";
import type { Coverage } from "./coverage.ts";
import type { Outcome } from "./outcome.ts";
import type { PathCoverage } from "./path-coverage.ts";

/** A run: the calls that it played, and what held back others. */
export interface Played {
  /** Findings in flows and test files. */
  findings: readonly Finding[];
  /** The files that findings are in. */
  files: readonly SourceFile[];
  /** The failures of the project's own kinds in the calls to their examples. */
  wrongKinds: readonly string[];
  outcomes: readonly Outcome[];
  /** Calls that an error in their flow holds back. */
  broken: readonly WrittenScenario[];
  /** Environment variables that the flows of failed calls read, and that neither the project nor the test sets. */
  unset: readonly string[];
  /** Empty if nobody asked for it. */
  coverage: readonly Coverage[];
  /** The same of paths. */
  paths: readonly PathCoverage[];
  milliseconds: number;
}
