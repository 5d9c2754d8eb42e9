/** What has not changed from one state of the server to the next. */
import type { FlowView } from "./contract/flow.ts";

/** Flows that have not changed, and graphs, stay the same objects: their diagram is not laid out again. */
export function keepUnchanged(flows: readonly FlowView[], before: readonly FlowView[]): FlowView[] {
  const known = new Map(before.map((flow) => [flow.name, flow]));
  return flows.map((flow) => {
    const old = known.get(flow.name);
    if (!old) return flow;
    if (isSame(old, flow)) return old;
    return old.graph && isSame(old.graph, flow.graph) ? { ...flow, graph: old.graph } : flow;
  });
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
