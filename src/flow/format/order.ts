/** Orders keys, and spaces what is in brackets and braces. Every text keeps its spelling: stretches of the file move. */
import type { JsonSchema } from "../language/mark.ts";
import type { MapNode, Node, Pair, Span } from "../language/node.ts";
import { lineStart } from "../yaml/line.ts";
import { endOf, leadStart, regionStart, startOf } from "./regions.ts";
import { below, orderOf } from "./schema-order.ts";

/** The text of a file in order, from its values. Comments above everything else stay there. */
export function ordered(text: string, root: Node, schemas: readonly JsonSchema[]): string {
  const first = root.type === "map" && !root.inline ? root.pairs[0]?.key.span.start : undefined;
  const begin = first ?? root.span.start;
  return text.slice(0, begin) + written(text, root, { start: begin, end: text.length }, schemas);
}

/** The text of a value within its region: for a block, to the beginning of what follows it. */
function written(text: string, node: Node, region: Span, schemas: readonly JsonSchema[]): string {
  const whole = text.slice(region.start, region.end);
  if (node.type === "scalar") return whole;
  if (node.inline) return inlineText(text, node, region, schemas);
  if (node.type === "map") return blockMap(text, node, region, schemas);
  const items = below(schemas);
  const ends = node.items.map(
    (_, index) => startOf(text, node.items[index + 1], node.items[index]) ?? region.end,
  );
  return replaced(
    text,
    region,
    node.items.map((item, index) => [item, ends[index] ?? region.end, items]),
  );
}

type Part = readonly [node: Node, end: number, schemas: readonly JsonSchema[]];

/** A region with these values written in order. */
function replaced(text: string, region: Span, parts: readonly Part[]): string {
  let result = "";
  let at = region.start;
  for (const [node, end, schemas] of parts) {
    const isBlock = node.type !== "scalar" && !node.inline;
    const start = isBlock ? regionStart(text, node, at) : node.span.start;
    const stop = isBlock ? end : node.span.end;
    // An alias is a value at another place.
    if (start < at || stop > region.end || stop < start) continue;
    result += text.slice(at, start) + written(text, node, { start, end: stop }, schemas);
    at = stop;
  }
  return result + text.slice(at, region.end);
}

function blockMap(text: string, node: MapNode, region: Span, schemas: readonly JsonSchema[]): string {
  const { pairs } = node;
  const starts = pairs.map(({ key }, index) =>
    index === 0 ? region.start : leadStart(text, key.span.start, endOf(pairs[index - 1])),
  );
  const chunks = pairs.map(({ key, value }, index) => {
    const start = starts[index] ?? region.start;
    const end = starts[index + 1] ?? region.end;
    return replaced(text, { start, end }, [[value, end, below(schemas, key.text)]]);
  });
  const order = orderOf(node, schemas);
  const isOrdered = order.every((place, index) => place === index);
  return isOrdered
    ? chunks.join("")
    : moved(
        text,
        node,
        region,
        order.map((place) => chunks[place] ?? ""),
      );
}

/** Chunks in another order. In a list, the first one shares its line with the dash. */
function moved(text: string, { pairs, span }: MapNode, region: Span, chunks: readonly string[]): string {
  const first = pairs[0]?.key.span.start ?? span.start;
  const isAfterDash = region.start === first && text.slice(lineStart(text, first), first).trim() !== "";
  const indent = " ".repeat(first - lineStart(text, first));
  const lines = chunks.map((chunk) => {
    const own = chunk.endsWith("\n") ? chunk : `${chunk}\n`;
    return own.startsWith(" ".repeat(indent.length || 1)) || /^\s*(#|\n)/.test(own) ? own : indent + own;
  });
  const [head = "", ...rest] = lines;
  const begin = head.replace(/^\n+/, "");
  return (isAfterDash ? begin.slice(indent.length) : begin) + rest.join("");
}

/** Brackets or braces: `{ a: 1, b: 2 }` and `[1, 2]`. Those with comments stay as they are. */
function inlineText(text: string, node: Node, region: Span, schemas: readonly JsonSchema[]): string {
  // A pair in a list can do without braces: `[Hello., pause: 1]`.
  if (!"{[".includes(text[region.start] ?? "")) return text.slice(region.start, region.end);
  const parts =
    node.type === "map"
      ? node.pairs.map((pair) => pairPart(text, pair, schemas))
      : itemParts(text, node, schemas);
  const spans = parts.map(({ span }) => span);
  const gaps = [...spans, undefined].map((span, index) =>
    text.slice(spans[index - 1]?.end ?? region.start + 1, span?.start ?? region.end - 1),
  );
  if (!gaps.every((gap) => /^[\s,]*$/.test(gap))) return text.slice(region.start, region.end);
  const pad = node.type === "map" ? " " : "";
  const [before, after] = [gaps[0] ?? "", gaps.at(-1) ?? ""];
  const order = node.type === "map" ? orderOf(node, schemas) : spans.map((_, index) => index);
  const inner = order.map((place, index) => {
    const gap = index === 0 ? tight(before, pad) : tight(gaps[index] ?? "", ", ");
    return gap + (parts[place]?.written ?? "");
  });
  const ends = `${text[region.start]}${text[region.end - 1]}`;
  if (spans.length === 0) return ends;
  return `${ends[0]}${inner.join("")}${tight(after, after.includes(",") ? `,${pad}` : pad)}${ends[1]}`;
}

/** White space on one line, made as wide as it should be. */
function tight(gap: string, wanted: string): string {
  return gap.includes("\n") ? gap : wanted;
}

interface InlinePart {
  span: Span;
  written: string;
}

function itemParts(text: string, node: Node, schemas: readonly JsonSchema[]): InlinePart[] {
  if (node.type !== "list") return [];
  return node.items.map((item) => ({
    span: item.span,
    written: written(text, item, item.span, below(schemas)),
  }));
}

function pairPart(text: string, { key, value }: Pair, schemas: readonly JsonSchema[]): InlinePart {
  const span = { start: key.span.start, end: Math.max(key.span.end, value.span.end) };
  const gap = text.slice(key.span.end, value.span.start);
  if (value.span.start < key.span.end || !/^:[ \t]+$/.test(gap))
    return { span, written: text.slice(span.start, span.end) };
  const inner = written(text, value, value.span, below(schemas, key.text));
  return { span, written: `${text.slice(key.span.start, key.span.end)}: ${inner}` };
}
