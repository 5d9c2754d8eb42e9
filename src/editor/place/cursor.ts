/**
 * Where the cursor is in a file that can be half-written: a marker is written at the cursor, what is open on its line is
 * closed, and the part of the file around it is read as YAML.
 */
import type { MapNode, Node, ScalarNode } from "../../flow/language/node.ts";
import type { Vocabulary } from "../../flow/language/vocabulary.ts";
import { readSource } from "../../flow/yaml/source.ts";
import { type Cut, cutAround, indentOf } from "./cut.ts";
import { type LineState, readLine } from "./line.ts";

/** A word that no file has. */
const MARKER = "zzcursorzz";

/** A map or list around the cursor, and the key or index that leads on. */
export type Around = { node: MapNode; key: string } | { node: Exclude<Node, MapNode>; key: number };

/** The cursor's place among a file's values. */
export interface Cursor {
  /** From the root to the cursor's own map, list or value. */
  trail: readonly Around[];
  /** The map whose key the cursor is in; undefined in a value. */
  map?: MapNode;
  /** Whether the cursor is alone on its line, so that it could be a key as well as a value. */
  alone: boolean;
  /** The text of the key or value before the cursor. */
  before: string;
  /** What a completion replaces, in offsets of the file. */
  from: number;
  to: number;
  /** Whether a colon already follows. */
  colon: boolean;
  quoted: boolean;
  /** Whether the value begins directly after the colon of its key. */
  glued: boolean;
}

/** Finds the cursor; undefined in a comment. */
export function cursorAt(text: string, offset: number, vocabulary: Vocabulary): Cursor | undefined {
  const lineStart = offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
  const nextBreak = text.indexOf("\n", offset);
  const prefix = text.slice(lineStart, offset);
  const suffix = text.slice(offset, nextBreak < 0 ? text.length : nextBreak).replace(/\r$/, "");
  const state = readLine(prefix);
  if (state.comment) return undefined;
  const lines = text.split(/\r?\n/);
  const at = text.slice(0, lineStart).split("\n").length - 1;
  const cut = cutAround(lines, at, indentOf(prefix) ?? prefix.length);
  const line = lineOf(prefix.endsWith(":") && !state.isKey ? `${prefix} ` : prefix, suffix, state, cut);
  const marked = [...cut.before, line.text, ...cut.after].join("\n");
  const { draft } = readSource({ path: "", text: marked }, vocabulary);
  const found = draft && find(draft, []);
  if (!found) return undefined;
  const before = found.scalar.text.slice(0, found.scalar.text.indexOf(MARKER));
  return {
    trail: found.trail,
    ...(found.map && { map: found.map }),
    alone: line.alone && found.map !== undefined && found.map.pairs.length === 1 && !line.colon,
    before,
    from: Math.max(lineStart, offset - before.length),
    to: offset + (/^[\w-]*/.exec(suffix)?.[0].length ?? 0),
    colon: line.colon,
    quoted: state.quote !== "",
    glued: !state.isKey && prefix.length === state.start && prefix.endsWith(":"),
  };
}

/** The cursor's line, with the marker. */
interface Line {
  text: string;
  alone: boolean;
  colon: boolean;
}

function lineOf(prefix: string, suffix: string, state: LineState, cut: Cut): Line {
  const token = prefix.slice(state.start);
  const rest = suffix.replace(/^[\w-]*/, "");
  const colon = state.isKey && /^["']?\s*:(\s|$)/.test(rest);
  const isWord = state.isKey && state.quote === "" && !state.hole && /^[\w-]*$/.test(token);
  if (isWord && !colon && (state.brackets.length > 0 || rest.trim() === "")) {
    const text = closed(`${prefix}${MARKER}: ${rest}`, cut);
    return { text, alone: state.brackets.length === 0, colon: false };
  }
  return { text: closed(`${prefix}${MARKER}${rest}`, cut), alone: false, colon };
}

/** Closes what is open at the end of a line, unless later lines do. */
function closed(line: string, { after }: Cut): string {
  const { brackets, quote, hole } = readLine(line);
  const end = hole ? `${line} }}` : line;
  if (quote !== "") return after.some((one) => one.includes(quote)) ? end : close(end + quote, brackets);
  if (brackets.length === 0) return end;
  const indent = indentOf(line) ?? 0;
  const later = after.findIndex((one) => (indentOf(one) ?? indent + 1) <= indent);
  const last = later < 0 ? after : after.slice(0, later + 1);
  const balance = count(last, "]}") - count(last, "[{");
  return balance >= brackets.length ? end : close(end, brackets);
}

function close(line: string, brackets: LineState["brackets"]): string {
  return (
    line +
    brackets
      .toReversed()
      .map((one) => (one === "{" ? " }" : " ]"))
      .join("")
  );
}

function count(lines: readonly string[], characters: string): number {
  return lines.reduce((sum, line) => sum + [...line].filter((one) => characters.includes(one)).length, 0);
}

interface FoundMarker {
  trail: Around[];
  map?: MapNode;
  scalar: ScalarNode;
}

function find(node: Node, trail: Around[]): FoundMarker | undefined {
  if (node.type === "scalar") return node.text.includes(MARKER) ? { trail, scalar: node } : undefined;
  if (node.type === "list") {
    for (const [key, item] of node.items.entries()) {
      const found = find(item, [...trail, { node, key }]);
      if (found) return found;
    }
    return undefined;
  }
  for (const { key, value } of node.pairs) {
    if (key.text.includes(MARKER)) return { trail, map: node, scalar: key };
    const found = find(value, [...trail, { node, key: key.text }]);
    if (found) return found;
  }
  return undefined;
}

/** Whether a key is the marker's. */
export function isMarker(key: string): boolean {
  return key.includes(MARKER);
}
