/** What the rules find in all flows together, and which flows are without an error. */

import type { Checked } from "../analysis/checked.ts";
import { type Facts, factsOf } from "../analysis/facts.ts";
import { graphOf } from "../analysis/graph.ts";
import type { Finding, FindingCode } from "../catalogue.ts";
import type { Config } from "../config/config.ts";
import { findingCodes } from "../groups.ts";
import { type Stage, withoutIgnored } from "../ignored.ts";
import type { Audio } from "../language/audio.ts";
import { type Calendars, NO_CALENDARS } from "../language/calendar.ts";
import { sortAndDedupe } from "../language/diagnostic.ts";
import { guard, type InternalProblem } from "../language/internal-error.ts";
import type { SourceFile } from "../language/node.ts";
import { isAdviceCode } from "../model/advice.ts";
import type { Flow, Report } from "../model/flow.ts";
import { type Flows, lintParts, partsOf } from "../rules/parts.ts";
import { lintPromises } from "../rules/promises.ts";
import { readCalendars } from "../rules/read-calendars.ts";
import { rules } from "../rules/registry.ts";
import { kindOf } from "../steps/registry.ts";
import { atStart } from "./failure.ts";
import type { ReadFlow } from "./read.ts";

/** What hours depend on besides their flows. */
export interface Dates {
  /** The calendar files that hours name. */
  calendars?: Calendars;
  /** The date of the build, for the findings that depend on it. */
  today?: string;
}

/** The flows after the rules. */
interface Judged {
  /** Every flow that could be read. */
  read: Checked[];
  sound: Sound[];
  /** The files with an error. */
  wrong: ReadonlySet<string>;
  diagnostics: Finding[];
}

/** A flow, and every sub-flow that it can run, all without an error. */
export interface Sound {
  checked: Checked;
  parts: readonly Checked[];
}

/** Runs every rule over every flow. */
export function judge(read: readonly ReadFlow[], audio: Audio, dates: Dates, { functions }: Config): Judged {
  const diagnostics = read.flatMap((one) => one.diagnostics);
  const { calendars = NO_CALENDARS, today } = dates;
  const known = readCalendars(calendars, today, (found) => void diagnostics.push(found));
  const factsFor = (flow: Flow): Facts => factsOf(flow, { audio, calendars: known, today, functions });
  const all = read.flatMap(({ flow }) => (flow ? analysed(flow, factsFor, diagnostics) : []));
  const flows: Flows = new Map(all.map((checked) => [checked.flow.name, checked]));
  for (const checked of all) {
    for (const found of [...lint(checked), ...lintBetween(checked, flows)]) diagnostics.push(found);
  }
  const wrong = new Set(diagnostics.filter(({ severity }) => severity === "error").map(({ file }) => file));
  const sound = all
    .map((checked) => ({ checked, parts: partsOf(checked, flows) }))
    .filter(({ checked, parts }) => [checked, ...parts].every(({ flow }) => !wrong.has(flow.file)));
  return { read: all, sound, wrong, diagnostics };
}

/** The findings in order, without those that a comment silences. */
export function findingsOf({ read, wrong, diagnostics }: Judged): Finding[] {
  return sortAndDedupe(withoutIgnored(diagnostics, read.map(fileOf), stageWithout(wrong)));
}

/** Whether a step of it, or of its parts, is of a kind of the project. */
export function hasOwnKind({ checked, parts }: Sound): boolean {
  return [checked, ...parts].some(({ flow }) => flow.steps.some((step) => "isOwn" in kindOf(step)));
}

function fileOf({ flow: { file, text } }: Checked): SourceFile {
  return { path: file, text };
}

/** What can be said of the comments that silence findings: not of those for advice, nor in a file with an error. */
function stageWithout(wrong: ReadonlySet<string>): Stage {
  return {
    isJudged: (code) => !isAdviceCode(code),
    codes: findingCodes,
    isWhole: ({ path }) => !wrong.has(path),
  };
}

function analysed(flow: Flow, factsFor: (flow: Flow) => Facts, diagnostics: Finding[]): Checked[] {
  const failed = (found: InternalProblem): Checked[] => {
    diagnostics.push(atStart(flow.file, found));
    return [];
  };
  return guard("analysis", () => [{ flow, graph: graphOf(flow), facts: factsFor(flow) }], failed);
}

/** The findings of all rules in a flow, unordered. */
function lint({ flow, graph, facts }: Checked): Finding[] {
  const diagnostics: Finding[] = [];
  const report: Report<FindingCode> = ({ at, severity = "error", ...found }) => {
    diagnostics.push({ ...found, severity, file: flow.file, span: at.span });
  };
  for (const rule of rules) {
    const failed = (found: InternalProblem): void => void diagnostics.push(atStart(flow.file, found));
    guard(`the rule ${rule.name}`, () => rule.check({ flow, graph, facts, report }), failed);
  }
  return diagnostics;
}

function lintBetween(checked: Checked, flows: Flows): Finding[] {
  const failed = (found: InternalProblem): Finding[] => [atStart(checked.flow.file, found)];
  const both = () => [...lintParts(checked, flows), ...lintPromises(checked, flows)];
  return guard("the rule parts", both, failed);
}
