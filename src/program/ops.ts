/** The ops within ops. */
import type { Op } from "./op.ts";

/** The lists of ops within an op, of which one runs, or none. */
export function innerOf(op: Op): readonly (readonly Op[])[] {
  switch (op.op) {
    case "switch":
      return [...Object.values(op.cases), ...(op.ranges ?? []).map(({ ops }) => ops)];
    case "match":
      return op.cases;
    case "when":
      return op.cases.map(({ ops }) => ops);
    case "set":
    case "send":
      return op.otherwise ? [op.otherwise] : [];
    default:
      return [];
  }
}

/** The ops of a list, and those within them. */
export function opsIn(ops: readonly Op[]): Op[] {
  return ops.flatMap((op) => [op, ...innerOf(op).flatMap(opsIn)]);
}
