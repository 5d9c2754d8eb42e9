/**
 * Where YAML reads something else than the author wrote, without any error of its own. A text is found by what
 * stands around it: its key, the blanks before a `#`, the sentence it is a part of.
 */

import { type Diagnostic, MOST_FINDINGS } from "../language/diagnostic.ts";
import {
  isPlainText,
  type ListNode,
  type MapNode,
  type Node,
  type Pair,
  type ScalarNode,
  type SourceFile,
} from "../language/node.ts";
import { commasInTexts, PHRASES, splitKeys, splitSentences } from "./comma.ts";
import { commentedKeys, cutByComment } from "./comment.ts";
import { canStart, hasColon, meant, NO_SPACE, quoteThis, replaceWith } from "./quote.ts";

/** A finding for every text that YAML changes, each with its fix. */
export function changedTexts(file: SourceFile, root: Node): Diagnostic[] {
  const findings = commentedKeys(file, root);
  look(file, root, "", false, findings);
  return findings;
}

/** @param under the key that the node is the value of, or in the list of */
function look(file: SourceFile, node: Node, under: string, inline: boolean, findings: Diagnostic[]): void {
  if (findings.length >= MOST_FINDINGS) return;
  if (isHole(file, node)) findings.push(holeFinding(file, node, inline));
  else if (isCutHole(node)) findings.push(colonFinding(file, node, inline));
  else if (node.type === "map") lookInMap(file, node, under, findings);
  else if (node.type === "list") lookInList(file, node, under, findings);
  else findings.push(...cutByComment(file, node, under, inline), ...swallowedItem(file, node));
}

function lookInMap(file: SourceFile, map: MapNode, under: string, findings: Diagnostic[]): void {
  if (map.inline) findings.push(...commasInTexts(file, map), ...splitKeys(file, map));
  for (const pair of map.pairs) {
    findings.push(...missingSpace(file, pair, map.inline));
    look(file, pair.value, PHRASES.has(under) ? under : pair.key.text, map.inline, findings);
  }
}

function lookInList(file: SourceFile, list: ListNode, under: string, findings: Diagnostic[]): void {
  if (list.inline) findings.push(...splitSentences(file, list, under));
  for (const item of list.items) {
    if (isColonText(file, item)) findings.push(colonFinding(file, item, list.inline));
    else look(file, item, under, list.inline, findings);
  }
}

/** `{{ x }}` is a map with a map for its key. */
function isHole(file: SourceFile, node: Node): boolean {
  if (node.type !== "map" || !node.inline || !file.text.startsWith("{{", node.span.start)) return false;
  return canStart(file.text, node.span.start);
}

function holeFinding(file: SourceFile, node: Node, inline: boolean): Diagnostic {
  const message = "YAML takes a value that begins with `{{` for a map; put it in quotes";
  return quoteThis(file, meant(file.text, node.span.start, inline), message);
}

/** `say:hello` where a key and its value are meant: in braces, or on the line under another key. */
function missingSpace(file: SourceFile, { key, value }: Pair, inline: boolean): Diagnostic[] {
  const written = inline ? key : value;
  if (!isPlainText(written) || !NO_SPACE.test(written.text)) return [];
  const onItsOwn = inline
    ? !hasColon(file, key)
    : file.text.slice(key.span.end, written.span.start).includes("\n");
  return onItsOwn ? [spaceFinding(file, written.span.start)] : [];
}

/** The finding for the `key:value` that starts at an offset. */
export function spaceFinding(file: SourceFile, start: number): Diagnostic {
  const at = file.text.indexOf(":", start) + 1;
  const message = "a space is missing behind the colon; without it this is a text, not a key and its value";
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

function colonFinding(file: SourceFile, node: Node, inline: boolean): Diagnostic {
  const message = "YAML takes this text for a key and its value, because of its colon; put it in quotes";
  return quoteThis(file, meant(file.text, node.span.start, inline), message);
}

/** An item that is indented deeper than the text above it, or has no space behind its dash, is part of that text. */
function swallowedItem(file: SourceFile, { text, span, quoted }: ScalarNode): Diagnostic[] {
  if (quoted || span.end - span.start === text.length) return [];
  const dash = file.text.slice(span.start, span.end).search(/(?<=\n[ \t]*)-[ \p{L}]/u);
  if (dash < 0) return [];
  const start = span.start + dash;
  const message =
    "YAML reads this item as part of the text above it; line it up with the other items, or put the text in quotes";
  return [
    { code: "yaml-syntax", severity: "error", file: file.path, span: { start, end: start + 1 }, message },
  ];
}
