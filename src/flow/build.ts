/** The whole pipe on one screen: YAML files in, Programs and findings out. */
import type { Program } from "../program/program.ts";
import { compile } from "./compile.ts";
import { type Diagnostic, sortAndDedupe } from "./diagnostic.ts";
import { type Facts, factsOf } from "./facts.ts";
import { type Graph, graphOf } from "./graph.ts";
import { lint } from "./lint.ts";
import type { SourceFile } from "./node.ts";
import { readSource } from "./source.ts";
import type { Flow } from "./steps/kind.ts";
import { validate } from "./validate.ts";

/** What building came to: a Program for every flow without an error, and every finding of every file. */
export interface Built {
  programs: Program[];
  /** The flows behind the programs, in the same order. */
  flows: BuiltFlow[];
  diagnostics: Diagnostic[];
}

/** A flow without an error, as far as the pipe has worked it out. */
export interface BuiltFlow {
  flow: Flow;
  graph: Graph;
  facts: Facts;
  program: Program;
}

/** Builds flows. Never throws for what stands in a file: whatever is wrong with it is a finding. */
export function build(files: readonly SourceFile[]): Built {
  const built = files.map(buildOne);
  const flows = built.flatMap(({ flow }) => flow ?? []);
  return {
    programs: flows.map(({ program }) => program),
    flows,
    diagnostics: sortAndDedupe(built.flatMap(({ diagnostics }) => diagnostics)),
  };
}

function buildOne(file: SourceFile): { flow?: BuiltFlow; diagnostics: Diagnostic[] } {
  const source = readSource(file);
  if (!source.root) return { diagnostics: source.diagnostics };
  const { flow, diagnostics: shape } = validate(file, source.root);
  if (!flow) return { diagnostics: [...source.diagnostics, ...shape] };
  const graph = graphOf(flow);
  const facts = factsOf(flow);
  const diagnostics = [...source.diagnostics, ...shape, ...lint(flow, graph, facts)];
  if (hasError(diagnostics)) return { diagnostics };
  return { flow: { flow, graph, facts, program: compile(flow, graph, facts) }, diagnostics };
}

/** Whether any finding keeps its flow from being built. */
export function hasError(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
