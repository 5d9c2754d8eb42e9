/** Edits of a flow's file that put a mistake into it. */
import type { Checked } from "../../../src/flow/analysis/checked.ts";
import type { MapNode, Node, ScalarNode } from "../../../src/flow/language/node.ts";

/** A replacement in a file; `HERE` in its text marks a line at which the mistake is to be found. */
export interface Edit {
  from: number;
  to: number;
  text: string;
}

/** Marks the line of a mistake. */
export const HERE = "\u0001";

/** A file with its edits made, and the lines that they mark. */
export function edited(text: string, edits: readonly Edit[]): { text: string; lines: number[] } {
  let result = text;
  for (const { from, to, text: by } of edits.toSorted((a, b) => b.from - a.from || b.to - a.to))
    result = result.slice(0, from) + by + result.slice(to);
  const lines = result.split("\n").flatMap((line, index) => (line.includes(HERE) ? [index + 1] : []));
  return { text: result.replaceAll(HERE, ""), lines };
}

/** Marks the line on which a node begins. */
export function here({ span }: Pick<Node, "span">): Edit {
  return { from: span.start, to: span.start, text: HERE };
}

/** Writes something else in place of a node. */
export function replaced(node: Node, text: string): Edit {
  return { from: node.span.start, to: endOf(node), text };
}

/** Removes a pair from a map, with the comma or line break that goes with it. */
export function removed(file: string, map: MapNode, key: string): Edit[] {
  const index = map.pairs.findIndex((pair) => pair.key.text === key);
  const pair = map.pairs[index];
  const next = map.pairs[index + 1];
  const before = map.pairs[index - 1];
  if (!pair) return [];
  if (next) return [{ from: pair.key.span.start, to: next.key.span.start, text: "" }];
  if (before) return [{ from: endOf(before.value), to: endOf(pair.value), text: "" }];
  return [{ from: file.length, to: file.length, text: "" }];
}

/** Adds pairs at the end of a map. */
export function added(file: string, map: MapNode, pairs: readonly string[]): Edit {
  const last = map.pairs.at(-1);
  const at = last ? endOf(last.value) : map.span.start + 1;
  if (map.inline) return { from: at, to: at, text: pairs.map((pair) => `, ${pair}`).join("") };
  const indent = indentOf(file, last?.key);
  return { from: at, to: at, text: pairs.map((pair) => `\n${indent}${pair}`).join("") };
}

/** Adds steps at the end of the flow. */
export function addedSteps({ flow }: Checked, steps: readonly string[]): Edit[] {
  const map = valueBelow(flow.root, "steps");
  return map?.type === "map" ? [added(flow.text, map, steps)] : [];
}

/** Adds an entry to a setting that is a map. */
export function addedSetting({ flow }: Checked, setting: string, entry: string): Edit {
  const map = valueBelow(flow.root, setting);
  return map?.type === "map"
    ? added(flow.text, map, [entry])
    : { from: 0, to: 0, text: `${setting}: { ${entry} }\n` };
}

/** Lets calls begin at another step. */
export function begunAt({ flow }: Checked, step: string): Edit {
  const start = valueBelow(flow.root, "start");
  return start ? replaced(start, step) : { from: 0, to: 0, text: `start: ${step}\n` };
}

/** The value of a key. */
export function valueBelow({ pairs }: MapNode, key: string): Node | undefined {
  return pairs.find((pair) => pair.key.text === key)?.value;
}

function indentOf(file: string, key: ScalarNode | undefined): string {
  const at = key?.span.start ?? 0;
  return " ".repeat(at - (file.lastIndexOf("\n", at - 1) + 1));
}

/** The end of a node's last character: a block can end after the comments that follow it. */
export function endOf(node: Node): number {
  if (node.type === "scalar" || node.inline) return node.span.end;
  const last = node.type === "list" ? node.items.at(-1) : node.pairs.at(-1)?.value;
  return last ? endOf(last) : node.span.end;
}
