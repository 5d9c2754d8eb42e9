/** The whole pipe on one screen: YAML files in, Programs and findings out. */
import type { Program } from "../program/program.ts";
import { compile } from "./compile.ts";
import { type Diagnostic, sortAndDedupe } from "./diagnostic.ts";
import { factsOf } from "./facts.ts";
import { graphOf } from "./graph.ts";
import { lint } from "./lint.ts";
import type { SourceFile } from "./node.ts";
import { readSource } from "./source.ts";
import { validate } from "./validate.ts";

/** What building came to: a Program for every flow without an error, and every finding of every file. */
export interface Built {
  programs: Program[];
  diagnostics: Diagnostic[];
}

/** Builds flows. Never throws for what stands in a file: whatever is wrong with it is a finding. */
export function build(files: readonly SourceFile[]): Built {
  const built = files.map(buildOne);
  return {
    programs: built.flatMap(({ program }) => program ?? []),
    diagnostics: sortAndDedupe(built.flatMap(({ diagnostics }) => diagnostics)),
  };
}

function buildOne(file: SourceFile): { program?: Program; diagnostics: Diagnostic[] } {
  const source = readSource(file);
  if (!source.root) return { diagnostics: source.diagnostics };
  const { flow, diagnostics: shape } = validate(file, source.root);
  if (!flow) return { diagnostics: [...source.diagnostics, ...shape] };
  const graph = graphOf(flow);
  const facts = factsOf(flow);
  const diagnostics = [...source.diagnostics, ...shape, ...lint(flow, graph, facts)];
  return hasError(diagnostics) ? { diagnostics } : { program: compile(flow, graph, facts), diagnostics };
}

/** Whether any finding keeps its flow from being built. */
export function hasError(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
