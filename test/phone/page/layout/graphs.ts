/** Graphs to lay out, of flows in YAML. */
import { anatomyOf } from "../../../../src/cli/phone/flow-view.ts";
import { graphOf } from "../../../../src/cli/phone/graph.ts";
import { build } from "../../../../src/flow/build.ts";
import type { Graph } from "../../../../src/phone/page/contract/drawing.ts";

/** The graph of a flow. */
export function graphIn(text: string): Graph {
  const [checked] = build([{ path: "flows/made.yaml", text }]).read;
  if (!checked) throw new Error("The flow cannot be read.");
  return graphOf(anatomyOf(checked, [], {}));
}
