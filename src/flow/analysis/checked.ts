/** A flow with what analysis found out about it. */
import type { Flow } from "../model/flow.ts";
import type { Facts } from "./facts.ts";
import type { Graph } from "./graph.ts";

/** A flow as the rules and the compiler take it. */
export interface Checked {
  flow: Flow;
  graph: Graph;
  facts: Facts;
}
