/** A text that is JSON with Liquid in it → a tree, whose texts have expressions. */
import { isMap } from "../../program/is-map.ts";
import { type Conversion, textFor } from "./conversion.ts";
import type { Widget } from "./definition.ts";
import type { Tree } from "./step.ts";

// Private-use characters hold the place of Liquid while the JSON around it is read.
const [OPEN, CLOSE] = ["\uE000", "\uE001"];
const PLACE = /\uE000(\d+)\uE001/g;

/** Reads the text; undefined if it is not JSON. */
export function jsonTree(c: Conversion, widget: Widget, source: string): Tree | undefined {
  const pieces: string[] = [];
  const held = source.replace(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g, (piece) => {
    pieces.push(piece);
    return `${OPEN}${pieces.length - 1}${CLOSE}`;
  });
  const value = parsed(held) ?? parsed(held.replace(/([:[,]\s*)(\uE000\d+\uE001)(?=\s*[,}\]])/g, '$1"$2"'));
  if (value === undefined) return undefined;
  const fill = (text: string): string =>
    text.replace(PLACE, (_, index: string) => pieces[Number(index)] ?? "");
  return treeOf(value, (text) => textFor(c, widget, fill(text)).text);
}

/** A JSON value with its texts translated. */
function treeOf(value: unknown, translated: (text: string) => string): Tree {
  if (typeof value === "string") return translated(value);
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map((one: unknown) => treeOf(one, translated));
  if (!isMap(value)) return null;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, treeOf(one, translated)]));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
