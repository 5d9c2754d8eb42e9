/** The whole pipe on one screen: YAML files in, Programs and findings out. */

import { messageOf } from "../program/message-of.ts";
import type { Op, Program } from "../program/program.ts";
import { calendarsIn } from "./analysis/calendars.ts";
import type { Checked } from "./analysis/checked.ts";
import { type Facts, factsOf } from "./analysis/facts.ts";
import { graphOf } from "./analysis/graph.ts";
import { playedFiles, servedAudio } from "./analysis/played.ts";
import { type Finding, type FindingCode, findingCodes } from "./catalogue.ts";
import { compile } from "./compile/compile.ts";
import type { Compiler } from "./compile/compiler.ts";
import { type FlowPromise, promisesOf } from "./compile/promises.ts";
import { type Config, NO_CONFIG } from "./config/config.ts";
import { type Stage, withoutIgnored } from "./ignored.ts";
import { type Audio, NO_AUDIO, type ServedAudio } from "./language/audio.ts";
import { type Calendars, isCalendarPath, NO_CALENDARS } from "./language/calendar.ts";
import { sortAndDedupe } from "./language/diagnostic.ts";
import { guard, type InternalProblem, KindFailure } from "./language/internal-error.ts";
import type { SourceFile } from "./language/node.ts";
import { isAdviceCode } from "./model/advice.ts";
import { type Flow, kindKey, type Report, type Step } from "./model/flow.ts";
import { type Flows, lintParts, partsOf } from "./rules/parts.ts";
import { lintPromises } from "./rules/promises.ts";
import { readCalendars } from "./rules/read-calendars.ts";
import { rules } from "./rules/registry.ts";
import { validate } from "./shape/validate.ts";
import { vocabularyFor } from "./shape/vocabulary.ts";
import { requireBlocks } from "./steps/blocks.ts";
import { type Kinds, kindOf } from "./steps/registry.ts";
import { readSource } from "./yaml/source.ts";

/** The result of building: a Program for every flow without an error, and every finding of every file. */
export interface Built {
  programs: Program[];
  /** The flows of the programs, in the same order. */
  flows: BuiltFlow[];
  /** Every flow that could be read, including those with errors. */
  read: Checked[];
  /** The audio files that the programs play, each once. */
  audio: ServedAudio[];
  diagnostics: Finding[];
}

/** A flow without an error, with the results of the pipe so far. */
export interface BuiltFlow extends Checked {
  program: Program;
  /** Beside the Program, so that a promise never makes a new version. */
  promises: readonly FlowPromise[];
}

/** One file: a flow, if enough of it fits its schema to check further. */
export interface ReadFlow {
  flow?: Flow;
  diagnostics: readonly Finding[];
}

/** Builds flows. Never throws for the content of a file: every error in it is a finding. */
export function build(
  files: readonly SourceFile[],
  audio: Audio = NO_AUDIO,
  dates: Dates = {},
  config: Config = NO_CONFIG,
): Built {
  const read = files.map((file) => readFlow(file, config));
  return buildRead(read, audio, dates, config);
}

/** What hours depend on besides their flows. */
export interface Dates {
  /** The calendar files that hours name. */
  calendars?: Calendars;
  /** The date of the build, for the findings that depend on it. */
  today?: string;
}

/** The first half of `build`: reads and validates each file on its own. Never throws. */
export function readFlow(file: SourceFile, { kinds }: Config = NO_CONFIG): ReadFlow {
  const failed = (found: InternalProblem): ReadFlow => ({ diagnostics: [atStart(file.path, found)] });
  return guard("reading the file", () => readInShape(file, kinds), failed);
}

function readInShape(file: SourceFile, kinds: Kinds): ReadFlow {
  const source = readSource(file, vocabularyFor(kinds));
  if (!source.root) return { diagnostics: source.diagnostics };
  const { flow, diagnostics: shape } = validate(file, source.root, kinds);
  return { ...(flow && { flow }), diagnostics: [...source.diagnostics, ...shape] };
}

/** The paths of the audio files that flows play, which the second half of `build` needs. */
export function audioPathsOf(read: readonly Pick<ReadFlow, "flow">[]): string[] {
  const played = read.flatMap(({ flow }) => (flow ? playedFiles(flow) : []));
  return [...new Set(played.flatMap(({ path }) => path ?? []))];
}

/** The paths of the calendar files that hours name, which the second half of `build` needs. */
export function calendarPathsOf(read: readonly Pick<ReadFlow, "flow">[]): string[] {
  const named = read.flatMap(({ flow }) => (flow ? calendarsIn(flow) : []));
  return [...new Set(named.flatMap(({ path }) => path ?? []))].filter(isCalendarPath);
}

/** The second half of `build`: the rules, and the Programs. Never throws. */
export function buildRead(
  read: readonly ReadFlow[],
  audio: Audio,
  dates: Dates = {},
  config: Config = NO_CONFIG,
): Built {
  const judged = judge(read, audio, dates, config);
  const built = judged.sound.flatMap((sound) => link(sound, judged.diagnostics));
  return {
    programs: built.map(({ program }) => program),
    flows: built,
    read: judged.read,
    audio: audioOf(built),
    diagnostics: findingsOf(judged),
  };
}

/** The result of checking: the flows without an error, and every finding of every file. */
export interface CheckedFlows {
  flows: Checked[];
  diagnostics: Finding[];
}

/**
 * The second half of a check: as `buildRead`, but it compiles only flows that use a project's own kinds, as only these
 * can fail to compile. Never throws.
 */
export function checkRead(
  read: readonly ReadFlow[],
  audio: Audio,
  dates: Dates = {},
  config: Config = NO_CONFIG,
): CheckedFlows {
  const judged = judge(read, audio, dates, config);
  const flows = judged.sound.filter((one) => !hasOwnKind(one) || link(one, judged.diagnostics).length > 0);
  return { flows: flows.map(({ checked }) => checked), diagnostics: findingsOf(judged) };
}

/** What the rules say of flows. */
interface Judged {
  /** Every flow that could be read. */
  read: Checked[];
  sound: Sound[];
  /** The files with an error. */
  wrong: ReadonlySet<string>;
  diagnostics: Finding[];
}

/** A flow, and every sub-flow that it can run, all without an error. */
interface Sound {
  checked: Checked;
  parts: readonly Checked[];
}

function judge(read: readonly ReadFlow[], audio: Audio, dates: Dates, { functions }: Config): Judged {
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

function findingsOf({ read, wrong, diagnostics }: Judged): Finding[] {
  return sortAndDedupe(withoutIgnored(diagnostics, read.map(fileOf), stageWithout(wrong)));
}

function hasOwnKind({ checked, parts }: Sound): boolean {
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

/** The checker's own failure, shown at the beginning of the flow; a kind's failure, at the step. */
function atStart(file: string, { at, ...found }: InternalProblem): Finding {
  return { ...found, severity: "error", file, span: at?.span ?? { start: 0, end: 1 } };
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

/** Compiles a flow with its sub-flows; a failure is a finding. */
function link({ checked, parts }: Sound, diagnostics: Finding[]): BuiltFlow[] {
  const failed = (found: InternalProblem): BuiltFlow[] => {
    diagnostics.push(atStart(checked.flow.file, found));
    return [];
  };
  const compiled = (): BuiltFlow[] => [
    { ...checked, program: compile(checked, parts, lower), promises: promisesOf(checked, parts) },
  ];
  return guard("compiling", compiled, failed);
}

/** Lowers a step by its kind; an exception names the kind. */
function lower(step: Step, compiler: Compiler): Record<string, Op[]> {
  const kind = kindOf(step);
  try {
    const blocks = kind.compile(step, compiler);
    if ("isOwn" in kind) requireBlocks(blocks);
    return blocks;
  } catch (cause) {
    if ("isOwn" in kind) throw new KindFailure(kind.name, cause, kindKey(step));
    const why = messageOf(cause);
    throw new Error(`step kind ${step.kind.name} in "${step.name}": ${why}`, { cause });
  }
}

/** The audio files that flows play, each once. Sub-flows are built as well, so their files are included. */
export function audioOf(built: readonly BuiltFlow[]): ServedAudio[] {
  const served = built.flatMap(({ flow, facts }) => [...servedAudio(flow, facts.audio).values()]);
  return [...new Map(served.map((one) => [one.url, one])).values()];
}

/** Whether any finding keeps its flow from being built. */
export function hasError(diagnostics: readonly Finding[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
