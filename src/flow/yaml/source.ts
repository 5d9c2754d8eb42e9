/**
 * YAML → values with positions. If YAML would change a text, the text is quoted
 * in a copy and the copy is read, so that one trap does not hide later findings.
 */
import { isAlias, isMap, isScalar, type ParsedNode, Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import { type Fix, MOST_FINDINGS, sortAndDedupe } from "../language/diagnostic.ts";
import type { ListNode, MapNode, Node, Pair, ScalarNode, SourceFile, Span } from "../language/node.ts";
import { NO_VOCABULARY, type Vocabulary } from "../language/vocabulary.ts";
import { badCharacters } from "./character.ts";
import { checkValues } from "./checks.ts";
import { compatible, replaceAll, wayBack } from "./fix.ts";
import { lineStart } from "./line.ts";
import { type Mark, notationFindings, stopsReading } from "./notation.ts";
import { parseText } from "./parse.ts";
import { placesOf } from "./places.ts";
import type { SourceCode, SourceDiagnostic } from "./source-findings.ts";
import { syntaxFindings } from "./syntax.ts";
import type { YamlError } from "./words.ts";

export type { ListNode, MapNode, Node, Pair, ScalarNode, SourceFile, Span } from "../language/node.ts";

/** The result of reading a file; `root` is missing if YAML could not read it. */
export interface Source {
  root?: Node;
  /** The values as far as YAML could read them, for an editor: a text with errors has them as well. */
  draft?: Node;
  diagnostics: SourceDiagnostic[];
}

/** How often a repaired copy is read again: one trap can hide another. */
const ROUNDS = 4;

/**
 * Reads a file. Never throws; everything that is wrong with it as YAML is in `diagnostics`.
 * @param vocabulary what the file's keys say about their texts
 */
export function readSource(file: SourceFile, vocabulary = NO_VOCABULARY): Source {
  const repaired: SourceDiagnostic[] = [];
  let fixes: Fix[] = [];
  for (let round = 1; ; round++) {
    const reading = read(replaceAll(file.text, fixes), wayBack(fixes));
    if (typeof reading === "string") return { diagnostics: [atBeginning(file, "file-too-large", reading)] };
    const findings = judge(file, reading, vocabulary);
    const repairs = newFixes(fixes, findings);
    if (repairs.length === 0 || repairs.length >= MOST_FINDINGS || round === ROUNDS) {
      // A later round can see a text whole that an earlier one quoted in part.
      const inForce = repaired.filter(({ fix }) => fix && fixes.includes(fix));
      return conclude(reading, [...badCharacters(file), ...inForce, ...findings]);
    }
    repaired.push(...findings.filter(({ fix }) => fix && repairs.includes(fix)));
    fixes = compatible([...fixes, ...repairs]);
  }
}

/** What one pass over the text gave, at its places in the author's file. */
interface Reading {
  root?: Node;
  marks: Mark[];
  errors: YamlError[];
}

function judge(
  file: SourceFile,
  { root, marks, errors }: Reading,
  vocabulary: Vocabulary,
): SourceDiagnostic[] {
  if (errors.length === 0 && isEmpty(root)) return [atBeginning(file, "empty-file", emptyFile(file))];
  const places = root ? placesOf(root, vocabulary) : [];
  // A broken line can look like a list or map that is a key.
  const sure =
    errors.length === 0 ? marks : marks.filter(({ kind }) => kind !== "key" && kind !== "nameless");
  return [
    ...notationFindings(file, sure),
    ...checkValues(file, places),
    ...syntaxFindings(file, places, errors),
  ];
}

function emptyFile({ path }: SourceFile): string {
  const least = path.endsWith(".test.yaml") ? "`flow:` and `scenarios:`" : "`steps:` with one step below it";
  return `this file is empty; write at least ${least}`;
}

function isEmpty(root: Node | undefined): boolean {
  return !root || (root.type === "scalar" && !root.quoted && root.text === "");
}

function newFixes(fixes: readonly Fix[], findings: readonly SourceDiagnostic[]): Fix[] {
  const wanted = findings.flatMap(({ fix }) => fix ?? []);
  return compatible([...fixes, ...wanted]).filter((fix) => !fixes.includes(fix));
}

function conclude(reading: Reading, diagnostics: readonly SourceDiagnostic[]): Source {
  const isRead =
    reading.errors.every(({ code }) => code === "MULTIPLE_DOCS") && !reading.marks.some(stopsReading);
  return {
    ...(isRead && reading.root ? { root: reading.root } : {}),
    ...(reading.root ? { draft: reading.root } : {}),
    diagnostics: sortAndDedupe(diagnostics),
  };
}

function atBeginning({ path }: SourceFile, code: SourceCode, message: string): SourceDiagnostic {
  return { code, severity: "error", file: path, span: { start: 0, end: 0 }, message };
}

/** Deeper than any flow; keeps every walk over the values far from the end of the stack. */
const DEEPEST = 100;

/** The state of reading: the text that is read, and the way back to the author's text. */
interface Reader {
  text: string;
  back: (offset: number) => number;
  marks: Mark[];
}

/** The place of a value: within brackets or braces, after which offset, how deep. */
interface Place {
  inline: boolean;
  from: number;
  depth: number;
}

/** Reads a text; of one that is too large, what there is too much of. */
function read(text: string, back: (offset: number) => number): Reading | string {
  const parsed = parseText(text);
  if ("tooLarge" in parsed) return parsed.tooLarge;
  const { document } = parsed;
  const reader: Reader = { text, back, marks: [] };
  const root = document.contents && toNode(reader, document.contents, { inline: false, from: 0, depth: 0 });
  const errors = document.errors.slice(0, MOST_FINDINGS).map(({ code, message, pos }) => ({
    code,
    message,
    span: spanOf(reader, ...pos),
  }));
  return { ...(root ? { root } : {}), marks: reader.marks, errors };
}

function spanOf(reader: Reader, start: number, end: number): Span {
  return { start: reader.back(start), end: reader.back(end) };
}

function toNode(reader: Reader, node: ParsedNode, place: Place): Node {
  const [start, end] = node.range;
  const span = spanOf(reader, start, end);
  if (isAlias(node)) {
    reader.marks.push({ kind: "alias", name: node.source, span, inline: place.inline });
    return opaque(span);
  }
  if (place.depth > DEEPEST) {
    reader.marks.push({ kind: "deep", span });
    return opaque(span);
  }
  markProperties(reader, node, place);
  if (isScalar(node)) return scalarNode(node, span);
  return isMap(node) ? mapNode(reader, node, span, place) : listNode(reader, node, span, place);
}

/** Replaces a value that is not read further; the file has a finding there. */
function opaque(span: Span): ScalarNode {
  return { type: "scalar", text: "", value: "", quoted: true, span };
}

function scalarNode(node: Scalar.Parsed, span: Span): ScalarNode {
  const quoted = node.type !== undefined && node.type !== Scalar.PLAIN;
  const text = node.source;
  return { type: "scalar", text, value: quoted ? text : coreValue(node.value), quoted, span };
}

function coreValue(value: unknown): string | number | boolean | null {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

function listNode(reader: Reader, node: YAMLSeq.Parsed, span: Span, { from, depth }: Place): ListNode {
  const inline = node.flow === true;
  const items: Node[] = [];
  let behind = from;
  for (const item of node.items) {
    items.push(toNode(reader, item, { inline, from: behind, depth: depth + 1 }));
    behind = item.range[1];
  }
  return { type: "list", items, inline, span };
}

function mapNode(reader: Reader, node: YAMLMap.Parsed, span: Span, { from, depth }: Place): MapNode {
  const inline = node.flow === true;
  const pairs: Pair[] = [];
  let behind = from;
  for (const { key, value } of node.items) {
    const keyNode = toKey(reader, key, { inline, from: behind, depth: depth + 1 });
    behind = key.range[1];
    pairs.push({
      key: keyNode,
      value: toValue(reader, key, value, { inline, from: behind, depth: depth + 1 }),
    });
    behind = value?.range[1] ?? behind;
  }
  return { type: "map", pairs, inline, span };
}

function toKey(reader: Reader, key: ParsedNode, place: Place): ScalarNode {
  const node = toNode(reader, key, place);
  if (node.type === "scalar") {
    if (!node.quoted && node.text === "") reader.marks.push({ kind: "nameless", span: node.span });
    return node;
  }
  const isHole = reader.text.startsWith("{{", key.range[0] - 1);
  if (!isHole) reader.marks.push({ kind: "key", span: node.span });
  return opaque(node.span);
}

function toValue(reader: Reader, key: ParsedNode, value: ParsedNode | null, place: Place): Node {
  if (isScalar(key) && key.type === Scalar.PLAIN && key.source === "<<") {
    const span = spanOf(reader, key.range[0], value?.range[1] ?? key.range[1]);
    reader.marks.push({ kind: "merge", span });
    return opaque(span);
  }
  if (value) return toNode(reader, value, place);
  const span = spanOf(reader, place.from, place.from);
  return { type: "scalar", text: "", value: null, quoted: false, span };
}

/** Notes a value's tag or anchor, which is between `place.from` and the value. */
function markProperties(reader: Reader, node: Valued, { inline, from }: Place): void {
  const { tag, anchor, range } = node;
  if ((tag === undefined && anchor === undefined) || reader.marks.length >= MOST_FINDINGS) return;
  const line = Math.max(from, lineStart(reader.text, range[0]));
  const before = reader.text.slice(line, range[0]).search(/[!&]/);
  const span = spanOf(reader, before < 0 ? range[0] : line + before, range[1]);
  const isHole = reader.text.startsWith("{{", range[0]);
  const text = isScalar(node) ? { text: node.source } : isHole ? { text: "{{" } : {};
  if (tag !== undefined) reader.marks.push({ kind: "tag", span, inline, ...text });
  else reader.marks.push({ kind: "anchor", name: anchor ?? "", span, inline, ...text });
}

type Valued = Scalar.Parsed | YAMLMap.Parsed | YAMLSeq.Parsed;
