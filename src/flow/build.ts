/** The whole pipe on one screen: YAML files in, Programs and findings out. */
import type { Program } from "../program/program.ts";
import type { Checked } from "./analysis/checked.ts";
import { type Facts, factsOf } from "./analysis/facts.ts";
import { type Graph, graphOf } from "./analysis/graph.ts";
import { playedFiles, servedAudio } from "./analysis/played.ts";
import { compile } from "./compile/compile.ts";
import { type Audio, NO_AUDIO, type ServedAudio } from "./language/audio.ts";
import { type Diagnostic, sortAndDedupe } from "./language/diagnostic.ts";
import type { SourceFile } from "./language/node.ts";
import type { Flow, Report } from "./model/flow.ts";
import { type Flows, lintParts, partsOf } from "./rules/parts.ts";
import { rules } from "./rules/registry.ts";
import { validate } from "./shape/validate.ts";
import { flowVocabulary } from "./shape/vocabulary.ts";
import { kindOf } from "./steps/registry.ts";
import { readSource } from "./yaml/source.ts";

/** What building came to: a Program for every flow without an error, and every finding of every file. */
export interface Built {
  programs: Program[];
  /** The flows behind the programs, in the same order. */
  flows: BuiltFlow[];
  /** Every flow that could be read as one, those with errors among them. */
  read: Checked[];
  /** The audio files that the programs play, each once. */
  audio: ServedAudio[];
  diagnostics: Diagnostic[];
}

/** A flow without an error, as far as the pipe has worked it out. */
export interface BuiltFlow extends Checked {
  program: Program;
}

/** A file by itself: a flow wherever enough of it is in shape to look further. */
export interface ReadFlow {
  flow?: Flow;
  diagnostics: readonly Diagnostic[];
}

/** Builds flows. Never throws for what stands in a file: whatever is wrong with it is a finding. */
export function build(files: readonly SourceFile[], audio: Audio = NO_AUDIO): Built {
  return buildRead(files.map(readFlow), audio);
}

/** The first half of `build`: what the files say by themselves. Never throws. */
export function readFlow(file: SourceFile): ReadFlow {
  const source = readSource(file, flowVocabulary);
  if (!source.root) return { diagnostics: source.diagnostics };
  const { flow, diagnostics: shape } = validate(file, source.root);
  return { ...(flow && { flow }), diagnostics: [...source.diagnostics, ...shape] };
}

/** The paths of the audio files that flows play: what the second half of `build` wants to know of. */
export function audioPathsOf(read: readonly Pick<ReadFlow, "flow">[]): string[] {
  const played = read.flatMap(({ flow }) => (flow ? playedFiles(flow) : []));
  return [...new Set(played.flatMap(({ path }) => path ?? []))];
}

/** The second half of `build`: the rules, and the Programs. Never throws. */
export function buildRead(read: readonly ReadFlow[], audio: Audio): Built {
  const all = read.flatMap(({ flow }) =>
    flow ? [{ flow, graph: graphOf(flow), facts: factsOf(flow, audio) }] : [],
  );
  const flows: Flows = new Map(all.map((checked) => [checked.flow.name, checked]));
  const within = all.flatMap(({ flow, graph, facts }) => lint(flow, graph, facts));
  const between = all.flatMap((checked) => lintParts(checked, flows));
  const diagnostics = [...read.flatMap((one) => one.diagnostics), ...within, ...between];
  const wrong = new Set(diagnostics.filter(({ severity }) => severity === "error").map(({ file }) => file));
  const built = all.flatMap((checked) => link(checked, flows, wrong));
  return {
    programs: built.map(({ program }) => program),
    flows: built,
    read: all,
    audio: audioOf(built),
    diagnostics: sortAndDedupe(diagnostics),
  };
}

/** All that the rules find in a flow, in no order. */
function lint(flow: Flow, graph: Graph, facts: Facts): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const report: Report = ({ at, severity = "error", ...found }) => {
    diagnostics.push({ ...found, severity, file: flow.file, span: at.span });
  };
  for (const rule of rules) rule.check({ flow, graph, facts, report });
  return diagnostics;
}

/** A flow is built where neither it nor a part that it can run has an error. */
function link(checked: Checked, flows: Flows, wrong: ReadonlySet<string>): BuiltFlow[] {
  const parts = partsOf(checked, flows);
  if ([checked, ...parts].some(({ flow }) => wrong.has(flow.file))) return [];
  return [
    {
      ...checked,
      program: compile(checked, parts, (step, compiler) => kindOf(step).compile(step, compiler)),
    },
  ];
}

/** The audio files that flows play, each once. What a flow's parts play is played by flows that are built as well. */
export function audioOf(built: readonly BuiltFlow[]): ServedAudio[] {
  const served = built.flatMap(({ flow, facts }) => [...servedAudio(flow, facts.audio).values()]);
  return [...new Map(served.map((one) => [one.url, one])).values()];
}

/** Whether any finding keeps its flow from being built. */
export function hasError(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
