/** A flow of the project: its text, and what is known about it. */
import type { Graph } from "./drawing.ts";
import type { PromiseView, WaysView } from "./found.ts";
import type { EdgeView, StepView } from "./steps.ts";
import type { TestView } from "./tests.ts";

/** One flow: its file as it was saved last, and the version that the next call hears. */
export interface FlowView {
  name: string;
  /** Its path from the project's folder: `flows/desk.yaml`. */
  file: string;
  description: string;
  /** The YAML, as saved. */
  text: string;
  /** The version that the next call hears: the last good one. Absent while there was none. */
  version?: string;
  /**
   * The version of the text above; absent while it has an error. If it differs from `version`, the Worker is about
   * to serve it.
   */
  saved?: string;
  /** In the order of files and lines; errors, warnings and notes of this file. */
  findings: FindingView[];
  /**
   * Where a call begins, and where a failure, a hang-up, a text message, a machine and an unanswered call lead; of the last text that
   * could be read, as all below.
   */
  start?: string;
  onError?: string;
  onHangup?: string;
  onMessage?: string;
  onMachine?: string;
  onUnanswered?: string;
  steps: StepView[];
  edges: EdgeView[];
  /** What its diagram shows: the last version without an error. Absent while there was none. */
  graph?: Graph;
  variables: VariableView[];
  /** Language tags; the flow's own first. */
  languages: readonly string[];
  /** Who can be dialled; the addresses are numbers, or names such as `client:ada`. */
  destinations: { name: string; addresses: string[] }[];
  hours: { name: string; timezone: string }[];
  /** The flows that it runs, directly or through others. */
  parts: string[];
  /** When its file was saved last, in milliseconds since 1970. */
  changed?: number;
  /** Its tests, in the order of the files; absent if there are none. */
  tests?: TestView[];
  /** What changed for callers since the last commit; absent until that is known. */
  changes?: ChangeView[];
  /** What became of its promises, in the order of the file; absent until that is known, or if it makes none. */
  promises?: PromiseView[];
  /** The ways of calls through it; absent until they are known, or if only other flows run it. */
  ways?: WaysView;
}

/** A finding of `ringflow check`. */
export interface FindingView {
  code: string;
  severity: "error" | "warning" | "note" | "advice";
  /** From 1; columns in UTF-16 units; the end is exclusive. */
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  message: string;
  hint?: string;
  /** The step that contains it. */
  step?: string;
}

/** A variable that a flow declares or fills. */
export interface VariableView {
  name: string;
  type: string;
  sensitive: boolean;
  /** What it is stored under, if it is kept from call to call: `caller:desk.visits`. */
  keep?: string;
}

/** A change for callers, as `ringflow diff` reports it. */
export interface ChangeView {
  kind: string;
  message: string;
  /** The steps at which callers meet it. */
  steps: string[];
}
