/**
 * Where YAML reads something else than the author wrote, without any error of its own. A text is found by what
 * stands around it: its key, the blanks before a `#`, the sentence it is a part of.
 */
import { type Diagnostic, MOST_FINDINGS } from "./diagnostic.ts";
import {
  eachScalar,
  type ListNode,
  type MapNode,
  type Node,
  type Pair,
  type ScalarNode,
  type SourceFile,
} from "./node.ts";
import { canStart, lineEnd, meant, quoteThis, replaceWith } from "./quote.ts";

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
  else if (node.type === "map") lookInMap(file, node, findings);
  else if (node.type === "list") lookInList(file, node, under, findings);
  else findings.push(...lookAtScalar(file, node, under, inline));
}

function lookInMap(file: SourceFile, map: MapNode, findings: Diagnostic[]): void {
  if (map.inline) findings.push(...commasInTexts(file, map));
  for (const pair of map.pairs) {
    findings.push(...missingSpace(file, pair, map.inline));
    look(file, pair.value, pair.key.text, map.inline, findings);
  }
}

function lookInList(file: SourceFile, list: ListNode, under: string, findings: Diagnostic[]): void {
  if (list.inline && !PHRASES.has(under)) findings.push(...splitSentences(file, list));
  for (const item of list.items) {
    if (isColonText(file, item)) findings.push(colonFinding(file, item, list.inline));
    else look(file, item, under, list.inline, findings);
  }
}

// Phrases a caller may say are no sentences.
const PHRASES = new Set(["speech", "hints"]);

/** `{{ x }}` is a map with a map for its key. */
function isHole(file: SourceFile, node: Node): boolean {
  if (node.type !== "map" || !node.inline || !file.text.startsWith("{{", node.span.start)) return false;
  return canStart(file.text, node.span.start);
}

function holeFinding(file: SourceFile, node: Node, inline: boolean): Diagnostic {
  const message = "YAML takes a value that begins with `{{` for a map; put it in quotes";
  return quoteThis(file, meant(file.text, node.span.start, inline), message);
}

/** `{ say: Hello, world }`: an item without a colon, behind a text, is the rest of that text. */
function commasInTexts(file: SourceFile, { pairs }: MapNode): Diagnostic[] {
  const findings: Diagnostic[] = [];
  let text: ScalarNode | undefined;
  pairs.forEach(({ key, value }, index) => {
    if (hasColon(file, key)) text = isPlainText(value) ? value : undefined;
    else if (text && !NO_SPACE.test(key.text)) {
      const next = pairs[index + 1];
      if (next && !hasColon(file, next.key)) return;
      const message = "YAML ends this text at its comma; put the whole text in quotes";
      findings.push(quoteThis(file, { start: text.span.start, end: key.span.end }, message));
    }
  });
  return findings;
}

function hasColon(file: SourceFile, key: ScalarNode): boolean {
  COLON.lastIndex = key.span.end;
  return COLON.test(file.text);
}

const COLON = /\s*:/y;

function isPlainText(node: Node): node is ScalarNode {
  return node.type === "scalar" && !node.quoted && node.text !== "";
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

/** A word, a colon and no space; addresses have the same form. */
export const NO_SPACE = /^(?!(?:sips?|tel|client|mailto|https?|wss?):)[A-Za-z][\w-]*:(?=\S)/;

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

/** `[Sorry, once more.]`: a comma that ends no sentence, before an item that ends one. */
function splitSentences(file: SourceFile, { items }: ListNode): Diagnostic[] {
  const findings: Diagnostic[] = [];
  let first: ScalarNode | undefined;
  for (const item of items) {
    if (!isPlainText(item)) first = undefined;
    else if (!ENDS_SENTENCE.test(item.text)) first ??= item;
    else {
      if (first && !ABBREVIATION.test(item.text)) findings.push(sentenceFinding(file, first, item));
      first = undefined;
    }
  }
  return findings;
}

const ENDS_SENTENCE = /[.?!…]$/;
const ABBREVIATION = /^(?:\S+\.\S*|\p{Lu}\S*)\.$/u;

function sentenceFinding(file: SourceFile, first: ScalarNode, last: ScalarNode): Diagnostic {
  const message = "YAML makes several texts of this sentence, one for each comma; put it in quotes";
  return quoteThis(file, { start: first.span.start, end: last.span.end }, message);
}

/** A text that goes on behind what YAML takes for a comment. */
function lookAtScalar(file: SourceFile, node: ScalarNode, under: string, inline: boolean): Diagnostic[] {
  const { start, end } = node.span;
  if (node.quoted) return [];
  if (!goesOn(file, node, under, inline)) return swallowedItem(file, node);
  const message = 'a space and "#" begin a comment, so this text ends there; put it in quotes';
  const from = node.text === "" ? file.text.indexOf("#", start) : start;
  const to = inline ? meant(file.text, from, true).end : lineEnd(file.text, end);
  const finding = quoteThis(
    file,
    { start: from, end: from + file.text.slice(from, to).trimEnd().length },
    message,
  );
  return [{ ...finding, hint: `${finding.hint}; if it is a comment, put two spaces before the "#"` }];
}

/**
 * A comment that is meant as one has two spaces before it, as in the reference. With one it may be the key that the
 * caller is to press: so it is behind words that end no sentence, in a text that is spoken, or where a quote or a
 * bracket would stay open.
 */
function goesOn(file: SourceFile, { text, span }: ScalarNode, under: string, inline: boolean): boolean {
  if (text === "")
    return SPOKEN.test(under) && EMPTY_BEFORE_HASH.test(file.text.slice(span.start - 2, span.start + 3));
  if (!file.text.startsWith(" #", span.end)) return false;
  if (leavesOpen(text, '"')) return true;
  if (inline && /[,\]}]\s*$/.test(file.text.slice(span.end, lineEnd(file.text, span.end)))) return true;
  if (EXPRESSIONS.has(under)) return leavesOpen(text, "'");
  if (/[.?!…)\]}"']$/.test(text)) return false;
  return text.includes(" ") || SPOKEN.test(under);
}

function leavesOpen(text: string, quotationMark: string): boolean {
  return text.split(quotationMark).length % 2 === 0;
}

const SPOKEN = /^(?:say|prompt|noInput|noMatch|reprompt|body|hear|[a-z]{2,3}-[A-Z]{2})$/;
const EXPRESSIONS = new Set(["when", "on"]);
const EMPTY_BEFORE_HASH = /[:-] ?#/;

/** An item that is indented deeper than the text above it, or has no space behind its dash, is part of that text. */
function swallowedItem(file: SourceFile, { text, span }: ScalarNode): Diagnostic[] {
  if (span.end - span.start === text.length) return [];
  const dash = file.text.slice(span.start, span.end).search(/(?<=\n[ \t]*)-[ \p{L}]/u);
  if (dash < 0) return [];
  const start = span.start + dash;
  const message =
    "YAML reads this item as part of the text above it; line it up with the other items, with `- ` before it";
  return [
    { code: "yaml-syntax", severity: "error", file: file.path, span: { start, end: start + 1 }, message },
  ];
}

/** `#: done` among choices is the "#" key to its author and a comment to YAML. */
function commentedKeys(file: SourceFile, root: Node): Diagnostic[] {
  const keys = [...file.text.matchAll(/(?:^|[,{])[ \t]*#(?=:[ \t]+\S)/gm)].map(
    (match) => match.index + match[0].length - 1,
  );
  if (keys.length === 0) return [];
  const texts: ScalarNode[] = [];
  eachScalar(root, (scalar) => scalar.text.includes("#:") && texts.push(scalar));
  const isComment = (at: number) => !texts.some(({ span }) => span.start <= at && at < span.end);
  const message = 'YAML takes the rest of this line for a comment; put the "#" in quotes';
  return keys
    .slice(0, MOST_FINDINGS)
    .filter(isComment)
    .map((at) => quoteThis(file, { start: at, end: at + 1 }, message));
}
