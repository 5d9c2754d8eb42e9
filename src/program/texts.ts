/** CEL's functions of texts. */

import { fail } from "./expression.ts";
import { lazyPattern } from "./lazy-pattern.ts";
import { requireSize } from "./limits.ts";
import { int, list, type Overload, on, string } from "./overload.ts";

const spelt = lazyPattern(String.raw`[\p{L}\p{N}]`, "u");

/** One character at a time, so that a voice reads "1 2 3" and not "one hundred and twenty-three". */
function apart(text: string, keep: RegExp): string {
  return [...text].filter((character) => keep.test(character)).join(" ");
}

/** An index within these bounds, both included. */
export function position(at: bigint, least: number, most: number): number {
  const index = Number(at);
  return index < least || index > most ? fail("index_out_of_range") : index;
}

function search(find: (text: string, part: string, from?: number) => number): Overload[] {
  return [
    on([string, string], (text, part) => BigInt(find(text, part))),
    on([string, string, int], (text, part, from) =>
      part === "" ? from : BigInt(find(text, part, position(from, 0, text.length - 1))),
    ),
  ];
}

function split(text: string, separator: string, most: bigint): string[] {
  const parts = text.split(separator);
  const limit = Number(most);
  if (limit < 0 || parts.length <= limit) return parts;
  return limit === 0 ? [] : [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(separator)];
}

function join(items: unknown[], separator: string): string {
  if (!items.every(string)) return fail("invalid_list_element_type");
  requireSize(items.reduce((size, item) => size + item.length + separator.length, 0));
  return items.join(separator);
}

function replace(text: string, from: string, to: string): string {
  requireSize(text.length + (text.split(from).length + 1) * to.length);
  return text.replaceAll(from, () => to);
}

/** The functions of texts. */
export const TEXTS: Readonly<Record<string, readonly Overload[]>> = {
  contains: [on([string, string], (text, part) => text.includes(part))],
  startsWith: [on([string, string], (text, part) => text.startsWith(part))],
  endsWith: [on([string, string], (text, part) => text.endsWith(part))],
  matches: [on([string, string], (text, pattern) => new RegExp(pattern, "u").test(text))],
  indexOf: search((text, part, from) => text.indexOf(part, from)),
  lastIndexOf: search((text, part, from) => text.lastIndexOf(part, from)),
  substring: [
    on([string, int], (text, from) => text.slice(position(from, 0, text.length))),
    on([string, int, int], (text, from, to) => {
      const start = position(from, 0, text.length);
      return text.slice(start, position(to, start, text.length));
    }),
  ],
  split: [on([string, string], (text, by) => text.split(by)), on([string, string, int], split)],
  join: [on([list], (items) => join(items, "")), on([list, string], join)],
  lower: [on([string], (text) => text.toLowerCase())],
  upper: [on([string], (text) => text.toUpperCase())],
  trim: [on([string], (text) => text.trim())],
  replace: [on([string, string, string], replace)],
  digits: [on([string], (text) => apart(text, /[0-9]/)), on([int], (value) => apart(String(value), /[0-9]/))],
  spell: [on([string], (text) => apart(text, spelt()))],
};
