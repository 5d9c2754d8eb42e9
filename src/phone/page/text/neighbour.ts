/** The next node of a diagram in a direction, for keyboard navigation. */
import type { DrawnNode } from "../contract/drawing.ts";

const DIRECTIONS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** The nearest node that lies in the direction of an arrow key; undefined if there is none, and for other keys. */
export function neighbour(nodes: readonly DrawnNode[], from: DrawnNode, key: string): DrawnNode | undefined {
  const direction = DIRECTIONS[key];
  if (!direction) return undefined;
  const [dx, dy] = direction;
  let nearest: DrawnNode | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const node of nodes) {
    const x = middle(node).x - middle(from).x;
    const y = middle(node).y - middle(from).y;
    const along = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    // What lies aside is further than what lies ahead.
    const distance = along + 2 * aside;
    if (node !== from && along > 1 && distance < least) {
      least = distance;
      nearest = node;
    }
  }
  return nearest;
}

/** The middle of a node. */
export function middle({ x, y, width, height }: DrawnNode): { x: number; y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}
