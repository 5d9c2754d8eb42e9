/** A rule checks a whole flow and reports its findings. */

import type { Facts } from "../analysis/facts.ts";
import type { Graph } from "../analysis/graph.ts";
import type { FindingDoc } from "../language/diagnostic.ts";
import type { MapNode } from "../language/node.ts";
import type { Flow, Report } from "../model/flow.ts";

/** The arguments of a rule. */
export interface RuleContext {
  flow: Flow;
  graph: Graph;
  facts: Facts;
  report: Report;
}

/** A rule and the findings that it can report; docs/findings.md is generated from them. */
export interface Rule {
  /** Its file's name. */
  name: string;
  findings: readonly FindingDoc[];
  check(context: RuleContext): void;
}

/** The names under one of a flow's settings, including those that do not fit their schema. */
export function namesUnder(root: MapNode, setting: string): ReadonlySet<string> {
  const node = root.pairs.find(({ key }) => key.text === setting)?.value;
  return new Set(node?.type === "map" ? node.pairs.map(({ key }) => key.text) : []);
}
