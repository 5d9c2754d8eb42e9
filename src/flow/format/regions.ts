/** The stretches of a file that move together: a key with its value, and with the comments above it. */
import type { Node, Pair } from "../language/node.ts";
import { indentOf, lineStart } from "../yaml/line.ts";

/** Where a block begins: at the comments before its first key, if it begins on a line of its own. */
export function regionStart(text: string, node: Node, from: number): number {
  if (node.type !== "map" || node.inline) return node.span.start;
  const first = node.pairs[0]?.key.span.start ?? node.span.start;
  if (text.slice(lineStart(text, first), first).trim() !== "") return first;
  return leadStart(text, first, from, false);
}

/** The start of the line of a key, or of the comments that are above it, and with `blanks`, of the blank lines. */
export function leadStart(text: string, key: number, from: number, blanks = true): number {
  const line = lineStart(text, key);
  const indent = key - line;
  let start = line;
  while (start > from) {
    const above = lineStart(text, start - 1);
    const content = text.slice(above, start).trim();
    const isLead = content === "" ? blanks : content.startsWith("#") && indentOf(text, above) === indent;
    if (above < from || !isLead) break;
    start = above;
  }
  return start;
}

/** Where the next item of a list begins, with the comments above it. */
export function startOf(text: string, next: Node | undefined, before: Node | undefined): number | undefined {
  if (!next) return undefined;
  const dash = lineStart(text, next.span.start);
  return leadStart(text, dash + indentOf(text, dash), deepEnd(before));
}

/** The end of a pair, without comments that follow it. */
export function endOf(pair: Pair | undefined): number {
  return pair ? Math.max(pair.key.span.end, deepEnd(pair.value)) : 0;
}

/** The end of a value's last scalar: a block's own end can be after the comments that follow it. */
function deepEnd(node: Node | undefined): number {
  if (!node) return 0;
  if (node.type === "scalar" || node.inline) return node.span.end;
  return node.type === "list" ? deepEnd(node.items.at(-1)) : endOf(node.pairs.at(-1));
}
