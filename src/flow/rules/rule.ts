/** A rule checks a whole flow and reports its findings. */

import type { Facts } from "../analysis/facts.ts";
import type { Graph } from "../analysis/graph.ts";
import type { FindingDoc } from "../language/diagnostic.ts";
import type { MapNode } from "../language/node.ts";
import type { Flow, Report } from "../model/flow.ts";

/** The arguments of a rule that can report these codes. */
export interface RuleContext<Code extends string> {
  flow: Flow;
  graph: Graph;
  facts: Facts;
  report: Report<Code>;
}

/**
 * A rule and the findings that it can report; docs/findings.md is generated from them. `Own` are the codes of its
 * findings; `Shared` are codes that another part documents.
 */
export interface Rule<Own extends string, Shared extends string = never> {
  /** Its file's name. */
  name: string;
  findings: readonly FindingDoc<Own>[];
  // A property: methods are compared loosely, and a rule could report any code.
  check: (context: RuleContext<Own | Shared>) => void;
}

const namesByRoot = new WeakMap<MapNode, Map<string, ReadonlySet<string>>>();

/** The names under one of a flow's settings, including those that do not fit their schema. Collected once. */
export function namesUnder(root: MapNode, setting: string): ReadonlySet<string> {
  const known = namesByRoot.get(root) ?? new Map<string, ReadonlySet<string>>();
  namesByRoot.set(root, known);
  const names = known.get(setting) ?? collected(root, setting);
  known.set(setting, names);
  return names;
}

function collected(root: MapNode, setting: string): ReadonlySet<string> {
  const node = root.pairs.find(({ key }) => key.text === setting)?.value;
  return new Set(node?.type === "map" ? node.pairs.map(({ key }) => key.text) : []);
}
