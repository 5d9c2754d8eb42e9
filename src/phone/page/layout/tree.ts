/** A flow as a tree: each step below one that leads to it. Its other exits are small nodes that name where they lead. */
import type { Graph, GraphEdge, GraphNode } from "../contract/drawing.ts";
import { type Dominated, divide, isStep, type Part } from "./departments.ts";

/** A node of the tree. */
export interface Branch {
  node: GraphNode;
  /** The line that leads to it; absent for a root, and for a step that only other departments lead to. */
  edge?: GraphEdge;
  /** Its exits that lead to an end, or to a step that is elsewhere in the tree. */
  exits: Exit[];
  branches: Branch[];
  /** From how many steps calls come to it, if no line is drawn. */
  arrives?: number;
  /** How many nodes are below it, with itself. */
  size: number;
  /** The department that begins here. */
  department?: Part;
}

/** A small node, and the line that leads to it. */
export interface Exit {
  node: GraphNode;
  edge: GraphEdge;
}

/** The size of the node that replaces one drawn elsewhere, in pixels. */
const LETTER = 7;
const AROUND = 40;
const HEIGHT = 26;

/** The trees of a flow: that of its start first, then those of its other beginnings. */
export function treesOf(graph: Graph): Branch[] {
  const dominated = divide(graph);
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const leading = leadingEdges(graph, dominated);
  const arriving = new Set(leading.values());
  const leaving = Map.groupBy(graph.edges, ({ from }) => from);
  const coming = Map.groupBy(graph.edges, ({ to }) => to);
  const branches = new Map<string, Branch>();
  for (const node of graph.nodes.filter((one) => isStep(one) || one.begins)) {
    const exits = (leaving.get(node.id) ?? []).flatMap((edge): Exit[] => {
      const to = nodes.get(edge.to);
      if (!to || arriving.has(edge)) return [];
      return [isStep(to) ? elsewhere(edge) : { node: to, edge }];
    });
    const department = dominated.departments.get(node.id);
    const arrives = leading.has(node.id) ? 0 : (coming.get(node.id)?.length ?? 0);
    branches.set(node.id, {
      ...{ node, exits, branches: [], size: 1 + exits.length / 2 },
      ...(department && { department }),
      ...(arrives > 0 && { arrives }),
    });
  }
  return rooted(graph, branches, leading, dominated);
}

/** The line by which each step is in the tree. */
function leadingEdges({ edges, nodes }: Graph, { above, within }: Dominated): ReadonlyMap<string, GraphEdge> {
  const arriving = Map.groupBy(edges, ({ to }) => to);
  const place = new Map([...above.keys()].map((id, index) => [id, index]));
  return new Map(
    nodes.filter(isStep).flatMap(({ id }) => {
      const all = (arriving.get(id) ?? []).filter(({ from }) => from !== id);
      const nearest = above.get(id);
      const direct = all.find(({ from }) => from === nearest);
      const isBefore = ({ from }: GraphEdge): boolean => (place.get(from) ?? 0) < (place.get(id) ?? 0);
      const isHere = ({ from }: GraphEdge): boolean => within.get(from) === within.get(id);
      const edge =
        direct ?? (nearest === undefined ? undefined : all.find((one) => isBefore(one) && isHere(one)));
      return edge ? [[id, edge] as const] : [];
    }),
  );
}

function rooted(
  { start, nodes, edges }: Graph,
  branches: ReadonlyMap<string, Branch>,
  leading: ReadonlyMap<string, GraphEdge>,
  { above }: Dominated,
): Branch[] {
  const roots: Branch[] = [];
  for (const { id } of nodes) {
    const branch = branches.get(id);
    const edge = leading.get(id);
    const parent = branches.get(edge?.from ?? above.get(id) ?? "");
    if (edge && branch) branch.edge = edge;
    if (branch && parent) parent.branches.push(branch);
    else if (branch) roots.push(branch);
  }
  const place = new Map(edges.map((edge, index) => [edge, index]));
  const order = ({ edge }: Branch): number => (edge && place.get(edge)) ?? edges.length;
  for (const id of [...above.keys()].toReversed()) {
    const branch = branches.get(id);
    measure(branch);
    branch?.branches.sort((one, other) => order(one) - order(other));
  }
  return roots.sort((one, other) => Number(other.node.id === start) - Number(one.node.id === start));
}

function measure(branch: Branch | undefined): void {
  if (!branch) return;
  for (const { size } of branch.branches) branch.size += size;
}

function elsewhere(edge: GraphEdge): Exit {
  const { from, to } = edge;
  const id = `${from} ${to}`;
  const node = { id, elsewhere: to, width: to.length * LETTER + AROUND, height: HEIGHT };
  return { node, edge: { ...edge, to: id } };
}
