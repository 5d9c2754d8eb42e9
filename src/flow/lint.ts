/** Runs every rule over a flow. */

import type { Facts } from "./analysis/facts.ts";
import type { Graph } from "./analysis/graph.ts";
import type { Diagnostic } from "./language/diagnostic.ts";
import { rules } from "./rules/registry.ts";
import type { Flow, Report } from "./steps/kind.ts";

/** All that the rules find in a flow, in no order. */
export function lint(flow: Flow, graph: Graph, facts: Facts): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const report: Report = ({ at, severity = "error", ...found }) => {
    diagnostics.push({ ...found, severity, file: flow.file, span: at.span });
  };
  for (const rule of rules) rule.check({ flow, graph, facts, report });
  return diagnostics;
}
