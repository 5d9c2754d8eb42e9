/** The errors of the YAML parser in plain words, with quotes as the fix if a text needs them. */

import type { SourceFile, Span } from "../language/node.ts";
import { contentOfLine, lineStart } from "./line.ts";
import type { Place } from "./places.ts";
import { canStart, isPlain, meant, NO_SPACE, quote, quoteThis, replaceWith } from "./quote.ts";
import type { SourceDiagnostic } from "./source-findings.ts";
import { spaceFinding } from "./trap.ts";
import { inPlainWords, TABS, type YamlError } from "./words.ts";

/** At most one error per line is reported, and only the first ones. */
const MOST_TOLD = 20;

/** The errors as findings: those that can be put right alone, as long as there are any. */
export function syntaxFindings(
  file: SourceFile,
  all: readonly Place[],
  errors: readonly YamlError[],
): SourceDiagnostic[] {
  if (errors.length === 0) return [];
  // The file as a whole is not a text that could be repaired.
  const places = all.slice(1);
  const repairs = repairAll(file, places, errors);
  if (repairs.length > 0) return repairs;
  const nodes = all.map(({ node }) => node);
  const tabs = errors.filter(({ message }) => TABS.test(message));
  // A tab misaligns its line and the lines after it.
  return firstOfLines(file, tabs.length > 0 ? tabs : errors).map((error) => inPlainWords(file, nodes, error));
}

function repairAll(
  file: SourceFile,
  places: readonly Place[],
  errors: readonly YamlError[],
): SourceDiagnostic[] {
  const repairs: SourceDiagnostic[] = [];
  const textOf = brokenTexts(file, places);
  for (const error of errors) {
    const before = repairs.at(-1);
    const isCovered = before && before.span.start <= error.span.start && error.span.start < before.span.end;
    const finding = isCovered ? undefined : repair(file, places, error, textOf);
    if (finding) repairs.push(finding);
  }
  return repairs;
}

function firstOfLines(file: SourceFile, errors: readonly YamlError[]): YamlError[] {
  const lines = new Map<number, YamlError>();
  for (const error of errors) {
    const line = lineStart(file.text, error.span.start);
    if (!lines.has(line)) lines.set(line, error);
  }
  return [...lines.values()].slice(0, MOST_TOLD);
}

function lastPlaceBefore(places: readonly Place[], offset: number): number {
  let low = -1;
  let high = places.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((places[middle]?.node.span.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function repair(
  file: SourceFile,
  places: readonly Place[],
  error: YamlError,
  textOf: BrokenTextOf,
): SourceDiagnostic | undefined {
  if (error.code === "BAD_DQ_ESCAPE") return escapeFinding(file, places, error);
  const content = contentOfLine(file.text, error.span.start);
  const words = file.text.slice(content.start, content.end);
  if (LOST_KEY.test(error.code) && NO_SPACE.test(words)) return spaceFinding(file, content.start);
  if (!TEXT_ERRORS.has(error.code) || NO_TEXT.test(error.message)) return undefined;
  const span = textAt(file, places, error.span.start, textOf);
  return span && textFinding(file, span);
}

const LOST_KEY = /^(?:MISSING_CHAR|MULTILINE_IMPLICIT_KEY)$/;
const TEXT_ERRORS = new Set([
  "BLOCK_AS_IMPLICIT_KEY",
  "BAD_SCALAR_START",
  "UNEXPECTED_TOKEN",
  "BLOCK_IN_FLOW",
  "MISSING_CHAR",
]);
const NO_TEXT = /^(?:Comments must|Missing closing|Flow |Implicit |A block sequence)/;

/** The text around an error, on its line, that YAML could not read as a text; the innermost one. */
function textAt(
  file: SourceFile,
  places: readonly Place[],
  offset: number,
  textOf: BrokenTextOf,
): Span | undefined {
  const line = lineStart(file.text, offset);
  const last = lastPlaceBefore(places, offset);
  for (let index = last; index > last - MOST_AROUND; index--) {
    const place = places[index];
    if (!place || place.node.span.start < line) return undefined;
    const span = textOf(index);
    if (span && span.end > offset) return span;
  }
  return undefined;
}

/** The text that a place (by its index) was meant to be; undefined if it is not a broken text. */
type BrokenTextOf = (index: number) => Span | undefined;

/** Remembers each place's text: one long line can have a thousand errors around the same texts. */
function brokenTexts(file: SourceFile, places: readonly Place[]): BrokenTextOf {
  const known = new Map<number, Span | undefined>();
  return (index) => {
    if (known.has(index)) return known.get(index);
    const text = brokenTextAt(file, places[index]);
    known.set(index, text);
    return text;
  };
}

function brokenTextAt(file: SourceFile, place: Place | undefined): Span | undefined {
  if (!place) return undefined;
  const { start } = place.node.span;
  BLANKS.lastIndex = start;
  const blanks = BLANKS.exec(file.text)?.[0].length ?? 0;
  const span = meant(file.text, start + blanks, place.inline);
  return isBrokenText(file, place, span) ? span : undefined;
}

const BLANKS = /[ \t]*/y;

/** So many values may begin on the line before the text that is broken: enough for lines that people write. */
const MOST_AROUND = 50;

function isBrokenText(file: SourceFile, { node, inline }: Place, span: Span): boolean {
  const text = file.text.slice(span.start, span.end);
  if (isPlain(text, inline) || /^-(?:\s|$)/.test(text) || !canStart(file.text, span.start)) return false;
  // Part of a text with a hole: the whole is to be quoted.
  if (text.split("{{").length !== text.split("}}").length) return false;
  if (/^(?:\[|\{(?!\{))/.test(text)) return goesOnBehindBracket(text);
  // Keys on lines of their own are a map, whatever is wrong with it.
  return node.type === "scalar" || node.inline || span.start !== contentOfLine(file.text, span.start).start;
}

/** `[Beep] Leave a message` is a text; what only has brackets is a list or map with something wrong in it. */
function goesOnBehindBracket(text: string): boolean {
  let depth = 0;
  let at = 0;
  do {
    if ("[{".includes(text.charAt(at))) depth++;
    else if ("]}".includes(text.charAt(at))) depth--;
    at++;
  } while (depth > 0 && at < text.length);
  return depth === 0 && /^\s*[^\s,\]}]/.test(text.slice(at));
}

function textFinding(file: SourceFile, span: Span): SourceDiagnostic | undefined {
  const text = file.text.slice(span.start, span.end);
  if (APOSTROPHES.test(text)) return replaceWith(file, span, quote(text.slice(1, -1)), APOSTROPHE);
  const block = /^[|>][-+\d]*[ \t]*/.exec(text);
  if (!block) return quoteThis(file, span, reason(text));
  // With lines under it, the text is a block that only begins on the wrong line.
  if (text.includes("\n")) return undefined;
  const message = `a text after "${text[0]}" begins on the next line; put a text on the same line in quotes`;
  return replaceWith(file, span, quote(text.slice(block[0].length)), message);
}

/** `'It's us'`: single quotes around a text, and apostrophes within words. */
const APOSTROPHES = /^'(?:[^']|(?<=\p{L})'(?=\p{L}))*'$/u;
const APOSTROPHE = "an apostrophe ends a text in single quotes; put the text in double quotes";

function reason(text: string): string {
  const first = text.charAt(0);
  if (/["']/.test(first)) return "the text continues after its closing quote; put the whole text in quotes";
  if (/[,[\]{}#&*!|>%@`?]/.test(first)) {
    return `a value that begins with "${first}" has a meaning in YAML; put the text in quotes`;
  }
  const key = /^[a-z]\w*(?=:\s)/.exec(text)?.[0];
  if (key)
    return `YAML takes \`${key}:\` for a key; put the text in quotes, or write the key on a line of its own`;
  if (/:(?:\s|$)/.test(text))
    return "YAML takes the colon in this text for the end of a key; put the text in quotes";
  return "a bracket, brace or comma ends this text for YAML; put the text in quotes";
}

/** `"\d{4}"`: within double quotes a backslash begins an escape. */
function escapeFinding(file: SourceFile, places: readonly Place[], { span }: YamlError): SourceDiagnostic {
  const node = places[lastPlaceBefore(places, span.start)]?.node;
  const whole = node && node.span.end >= span.end ? node.span : span;
  const source = file.text.slice(whole.start, whole.end);
  const fixed = source.replace(ESCAPE, (found) => (GOOD_ESCAPE.test(found) ? found : `\\${found}`));
  const message = `\`${file.text.slice(span.start, span.start + 2)}\` is not an escape; write \`\\\\\` for a backslash`;
  return replaceWith(file, whole, fixed, message);
}

const ESCAPE = /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[\s\S])/g;
const GOOD_ESCAPE = /^\\(?:[xuU][\da-fA-F]+|[0abefnrtvN_LP "/\\\t\r\n])$/;
