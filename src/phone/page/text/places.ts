/** The places of a diagram that can be gone to: its steps, and the heads of its departments. */
import type { Drawing, DrawnNode } from "../contract/drawing.ts";

/** The height of an open department's head, in pixels. */
export const HEAD = 40;

/** The id of a department among the places: its first step has the other. */
export function placeOf(department: string): string {
  return `§${department}`;
}

/** All places, in no order. */
export function placesIn({ nodes, departments }: Drawing): DrawnNode[] {
  const isButton = ({ begins, end, arrives }: DrawnNode): boolean =>
    begins === undefined && end === undefined && arrives === undefined;
  const heads = departments.map(({ id, isOpen, x, y, width, height }) => {
    return { id: placeOf(id), x, y, width, height: isOpen ? HEAD : height };
  });
  return [...nodes.filter(isButton), ...heads];
}
