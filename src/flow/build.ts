/** The whole pipe on one screen: YAML files in, Programs and findings out. */
import type { Program } from "../program/program.ts";
import { type Checked, compile } from "./compile.ts";
import { factsOf } from "./facts.ts";
import { type Diagnostic, sortAndDedupe } from "./findings/diagnostic.ts";
import { graphOf } from "./graph.ts";
import { lint } from "./lint.ts";
import { type Flows, lintParts, partsOf } from "./parts.ts";
import { validate } from "./validate.ts";
import type { SourceFile } from "./yaml/node.ts";
import { readSource } from "./yaml/source.ts";

/** What building came to: a Program for every flow without an error, and every finding of every file. */
export interface Built {
  programs: Program[];
  /** The flows behind the programs, in the same order. */
  flows: BuiltFlow[];
  /** Every flow that could be read as one, those with errors among them. */
  read: Checked[];
  diagnostics: Diagnostic[];
}

/** A flow without an error, as far as the pipe has worked it out. */
export interface BuiltFlow extends Checked {
  program: Program;
}

/** Builds flows. Never throws for what stands in a file: whatever is wrong with it is a finding. */
export function build(files: readonly SourceFile[]): Built {
  const read = files.map(checkOne);
  const all = read.flatMap(({ checked }) => checked ?? []);
  const flows: Flows = new Map(all.map((checked) => [checked.flow.name, checked]));
  const between = all.flatMap((checked) => lintParts(checked, flows));
  const diagnostics = [...read.flatMap((one) => one.diagnostics), ...between];
  const wrong = new Set(diagnostics.filter(({ severity }) => severity === "error").map(({ file }) => file));
  const built = all.flatMap((checked) => link(checked, flows, wrong));
  return {
    programs: built.map(({ program }) => program),
    flows: built,
    read: all,
    diagnostics: sortAndDedupe(diagnostics),
  };
}

function checkOne(file: SourceFile): { checked?: Checked; diagnostics: Diagnostic[] } {
  const source = readSource(file);
  if (!source.root) return { diagnostics: source.diagnostics };
  const { flow, diagnostics: shape } = validate(file, source.root);
  if (!flow) return { diagnostics: [...source.diagnostics, ...shape] };
  const graph = graphOf(flow);
  const facts = factsOf(flow);
  const diagnostics = [...source.diagnostics, ...shape, ...lint(flow, graph, facts)];
  return { checked: { flow, graph, facts }, diagnostics };
}

/** A flow is built where neither it nor a part that it can run has an error. */
function link(checked: Checked, flows: Flows, wrong: ReadonlySet<string>): BuiltFlow[] {
  const parts = partsOf(checked, flows);
  if ([checked, ...parts].some(({ flow }) => wrong.has(flow.file))) return [];
  return [{ ...checked, program: compile(checked, parts) }];
}

/** Whether any finding keeps its flow from being built. */
export function hasError(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
