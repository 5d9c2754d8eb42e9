/**
 * Traps: YAML reads something other than the author wrote, without an error. A text is recognised by its context: its
 * key, the blanks before a `#`, the sentence around it.
 */

import { isPlainText, type Node, type Pair, type SourceFile } from "../language/node.ts";
import type { Place } from "./places.ts";
import { canStart, hasColon, meant, NO_SPACE, quoteThis, replaceWith } from "./quote.ts";
import type { SourceDiagnostic } from "./source-findings.ts";

/** A value that is a text to its author and a map to YAML; the values within it are not real either. */
export function misreadText(file: SourceFile, { node, inline, isItem }: Place): SourceDiagnostic | undefined {
  if (isItem && isColonText(file, node)) return colonFinding(file, node, inline);
  if (isHole(file, node)) return holeFinding(file, node, inline);
  return isCutHole(node) ? colonFinding(file, node, inline) : undefined;
}

/** `{{ x }}` is a map with a map for its key. */
function isHole(file: SourceFile, node: Node): boolean {
  if (node.type !== "map" || !node.inline || !file.text.startsWith("{{", node.span.start)) return false;
  return canStart(file.text, node.span.start);
}

function holeFinding(file: SourceFile, node: Node, inline: boolean): SourceDiagnostic {
  const message = "YAML takes a value that begins with `{{` for a map; put it in quotes";
  return quoteThis(file, meant(file.text, node.span.start, inline), message);
}

/** `say:hello` where a key and its value are meant: in braces, or on the line under another key. */
export function missingSpaces(file: SourceFile, { node }: Place): SourceDiagnostic[] {
  return node.type === "map" ? node.pairs.flatMap((pair) => missingSpace(file, pair, node.inline)) : [];
}

function missingSpace(file: SourceFile, { key, value }: Pair, inline: boolean): SourceDiagnostic[] {
  const written = inline ? key : value;
  if (!isPlainText(written) || !NO_SPACE.test(written.text)) return [];
  const onItsOwn = inline
    ? !hasColon(file, key)
    : file.text.slice(key.span.end, written.span.start).includes("\n");
  return onItsOwn ? [spaceFinding(file, written.span.start)] : [];
}

/** The finding for the `key:value` that starts at an offset. */
export function spaceFinding(file: SourceFile, start: number): SourceDiagnostic {
  const at = file.text.indexOf(":", start) + 1;
  const message = "a space is missing after the colon, so this is a text, not a key and its value; add it";
  return replaceWith(file, { start: at, end: at }, " ", message, "yaml-syntax");
}

/** `- For sales: press 1`: no key of the language has a blank or a capital, so a list's text was cut at its colon. */
function isColonText(file: SourceFile, node: Node): boolean {
  if (node.type !== "map" || node.pairs.length !== 1 || file.text[node.span.start] === "{") return false;
  const [pair] = node.pairs;
  if (!pair || pair.key.quoted || pair.value.type !== "scalar" || pair.value.text === "") return false;
  const { text, span } = pair.key;
  if (file.text.slice(span.start, pair.value.span.start).includes("\n")) return false;
  return text.includes(" ") || (/^\p{Lu}/u.test(text) && pair.value.text.includes(" "));
}

/** `Hello {{ a ? b : c }}` on a line of its own: cut at the colon in its hole. */
function isCutHole(node: Node): boolean {
  const key = node.type === "map" && node.pairs.length === 1 ? node.pairs[0]?.key.text : undefined;
  return key !== undefined && key.lastIndexOf("{{") > key.lastIndexOf("}}");
}

function colonFinding(file: SourceFile, node: Node, inline: boolean): SourceDiagnostic {
  const message = "YAML takes this text for a key and its value, because of its colon; put it in quotes";
  return quoteThis(file, meant(file.text, node.span.start, inline), message);
}

/** An item that is indented deeper than the text above it, or has no space behind its dash, is part of that text. */
export function swallowedItem(file: SourceFile, { node }: Place): SourceDiagnostic[] {
  if (node.type !== "scalar" || node.quoted) return [];
  const { text, span } = node;
  if (span.end - span.start === text.length) return [];
  const dash = file.text.slice(span.start, span.end).search(/(?<=\n[ \t]*)-[ \p{L}]/u);
  if (dash < 0) return [];
  const start = span.start + dash;
  const message =
    "YAML reads this item as part of the text above it; line it up with the other items, or put the text in quotes";
  return [
    { code: "yaml-syntax", severity: "error", file: file.path, span: { start, end: start + 1 }, message },
  ];
}
