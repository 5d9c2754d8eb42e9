/** A flow to draw: its anatomy as the page has it, and the layout of its graph. */
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import type { Drawing, Graph } from "../../phone/page/contract/drawing.ts";
import type { FlowView } from "../../phone/page/contract/flow.ts";
import { divide } from "../../phone/page/layout/departments.ts";
import { layOut } from "../../phone/page/layout/layout.ts";
import { anatomyOf } from "../phone/flow-view.ts";
import { graphOf } from "../phone/graph.ts";

/** What every format draws. */
export interface Subject {
  name: string;
  built: BuiltFlow;
  view: Pick<FlowView, "description" | "steps" | "edges" | "start" | "findings">;
  graph: Graph;
  drawing: Drawing;
}

/** The shape of a page of paper on its side. */
const PAPER = { width: 1400, height: 990 };

/**
 * @param env environment variables, for destinations
 * @returns the flow with all departments open: nobody can unfold them on paper
 */
export function subjectOf(built: BuiltFlow, env: Readonly<Record<string, string>>): Subject {
  const anatomy = anatomyOf(built, [], env);
  const graph = graphOf(anatomy);
  const open = [...divide(graph).departments.keys()];
  const drawing = layOut(graph, { window: PAPER, open });
  return { name: built.flow.name, built, view: { ...anatomy, findings: [] }, graph, drawing };
}
