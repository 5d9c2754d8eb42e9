/** What a rule is: it looks at a whole flow and reports what it finds. */

import type { Facts } from "../analysis/facts.ts";
import type { Graph } from "../analysis/graph.ts";
import type { FindingDoc } from "../language/diagnostic.ts";
import type { MapNode } from "../language/node.ts";
import type { Flow, Report } from "../model/flow.ts";

/** What a rule is handed. */
export interface RuleContext {
  flow: Flow;
  graph: Graph;
  facts: Facts;
  report: Report;
}

/** A rule, and the findings it can make: the page of findings is printed from them. */
export interface Rule {
  findings: readonly FindingDoc[];
  check(context: RuleContext): void;
}

/** The names under one of a flow's settings, those that are out of shape as well. */
export function namesUnder(root: MapNode, setting: string): ReadonlySet<string> {
  const node = root.pairs.find(({ key }) => key.text === setting)?.value;
  return new Set(node?.type === "map" ? node.pairs.map(({ key }) => key.text) : []);
}
