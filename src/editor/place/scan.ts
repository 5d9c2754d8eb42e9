/** The names below a top-level key, such as those of all steps, read line by line: a half-written file has them too. */
import type { Pair } from "../../flow/language/node.ts";
import { NO_VOCABULARY } from "../../flow/language/vocabulary.ts";
import { readSource } from "../../flow/yaml/source.ts";
import { indentOf } from "./cut.ts";

const KEY = /^\s*(?:"([^"]+)"|'([^']+)'|([^\s#"'{[-][^:#]*?))\s*:(?:\s|$)/;

/** The keys right below a top-level key, in the order of the file. */
export function keysBelow(text: string, section: string): string[] {
  const found = linesOf(text, section);
  if (!found) return [];
  if (found.isInline) return pairsBelow(text, section).map(({ key }) => key.text);
  const indent = found.lines.map(indentOf).find((one) => one !== undefined);
  return found.lines.flatMap((line) => (indentOf(line) === indent ? keyOf(line) : []));
}

/** The entries right below a top-level key, as far as YAML can read them. */
export function pairsBelow(text: string, section: string): Pair[] {
  const { head, lines } = linesOf(text, section) ?? { head: "", lines: [] };
  const { draft } = readSource({ path: "", text: [head, ...lines].join("\n") }, NO_VOCABULARY);
  const value = draft?.type === "map" ? draft.pairs[0]?.value : undefined;
  return value?.type === "map" ? value.pairs : [];
}

/** The lines of a top-level key: its own, and those below it. */
function linesOf(text: string, section: string) {
  const begin = new RegExp(`^${section}[ \\t]*:(.*)$`, "m").exec(text);
  if (!begin) return undefined;
  const [head, value = ""] = begin;
  const lines = text.slice(begin.index + head.length).split("\n");
  const end = lines.findIndex((line, index) => index > 0 && indentOf(line) === 0);
  return { head, lines: lines.slice(1, end < 0 ? undefined : end), isInline: /^\s*\{/.test(value) };
}

/** The top-level keys. */
export function topKeys(text: string): string[] {
  return text.split("\n").flatMap((line) => (indentOf(line) === 0 ? keyOf(line) : []));
}

/** The text of a top-level key's value on its own line. */
export function topValue(text: string, key: string): string | undefined {
  return new RegExp(`^${key}[ \\t]*:[ \\t]*["']?([^"'#\\s]+)`, "m").exec(text)?.[1];
}

function keyOf(line: string): string[] {
  const [, double, single, plain] = KEY.exec(line) ?? [];
  const key = double ?? single ?? plain;
  return key === undefined ? [] : [key];
}
