/** Texts as a reader sees them who does not know YAML, and how to quote them so that YAML sees the same. */

import type { ScalarNode, SourceFile, Span } from "../language/node.ts";
import { indentOf, lineEnd, lineStart, nextLine } from "./line.ts";
import type { SourceCode, SourceDiagnostic } from "./source-findings.ts";

/** A text with its blanks and line breaks, in double quotes. */
export function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}

const STARTS_OTHERWISE = /^(?:[,[\]{}#&*!|>'"%@`]|[-?:](?:\s|$))/;
const HOLDS_MORE = /:(?:\s|$)|\s#/;
const ENDS_INLINE = /[,[\]{}]/;

/** Whether YAML reads an unquoted text verbatim (YAML 1.2, 7.3.3); `inline` is within brackets or braces. */
export function isPlain(text: string, inline: boolean): boolean {
  return !STARTS_OTHERWISE.test(text) && !HOLDS_MORE.test(text) && !(inline && ENDS_INLINE.test(text));
}

/** The text that seems to begin at `start`: to the end of the line, or of the item within brackets and braces. */
export function meant(text: string, start: number, inline: boolean): Span {
  const end = inline ? endOfItem(text, start) : endOfValue(text, start);
  return { start, end: start + text.slice(start, end).trimEnd().length };
}

/** A clear comment: two blanks or a tab before it. */
const COMMENT = /(?: {2}|\t)[ \t]*#/;

function endOfValue(text: string, start: number): number {
  const indent = indentOf(text, lineStart(text, start));
  let end = lineEnd(text, start);
  const comment = text.slice(start, end).search(COMMENT);
  if (comment >= 0) return start + comment;
  for (let line = nextLine(text, end); continues(text, line, indent); line = nextLine(text, line)) {
    end = lineEnd(text, line);
  }
  return end;
}

/** A deeper line that is neither a key nor an item nor a comment continues the text above it. */
function continues(text: string, line: number, indent: number): boolean {
  const content = text.slice(line, lineEnd(text, line));
  return indentOf(text, line) > indent && /^[ \t]*(?!- |#|\S+:(?:\s|$))\S/.test(content);
}

const HOLE = /\{\{(?:"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[^"'\n])*?\}\}/y;

/** Up to the comma or bracket that ends the item; those in `{{ }}` or in brackets of its own don't count. */
function endOfItem(text: string, start: number): number {
  const last = Math.min(lineEnd(text, start), start + LONGEST_TEXT);
  let depth = 0;
  for (let at = start; at < last; at++) {
    const hole = endOfHole(text, at);
    if (hole > 0) at = hole - 1;
    else if ("[{".includes(text.charAt(at))) depth++;
    else if ("]}".includes(text.charAt(at)) && depth-- === 0) return at;
    else if (text[at] === "," && depth === 0 && !isWithinSentence(text, start, at)) return at;
  }
  return last;
}

/** A comma within a sentence: words before it that do not end a sentence, and small letters without a key after it. */
function isWithinSentence(text: string, start: number, comma: number): boolean {
  SMALL_LETTERS.lastIndex = comma;
  const before = text.slice(start, comma).trimEnd();
  const isUnfinished = before.includes(" ") && !/[.?!]$|^\{\{[^}]*\}\}$/.test(before);
  return isUnfinished && SMALL_LETTERS.test(text);
}

const SMALL_LETTERS = /, *(?!\S+:\s)\p{Ll}/uy;

// TwiML Say: 4,096 characters at most. It bounds the search in a file that is one endless line.
const LONGEST_TEXT = 4096;

function endOfHole(text: string, at: number): number {
  if (!text.startsWith("{{", at)) return 0;
  HOLE.lastIndex = at;
  return HOLE.test(text) ? HOLE.lastIndex : 0;
}

/** A finding whose fix puts a text in quotes; its hint shows the quoted line. */
export function quoteThis(
  file: SourceFile,
  span: Span,
  message: string,
  code: SourceCode = "quote-this",
): SourceDiagnostic {
  return replaceWith(file, span, quote(file.text.slice(span.start, span.end)), message, code);
}

/** A finding whose fix puts another text in the place of a span; its hint shows the line that results. */
export function replaceWith(
  file: SourceFile,
  span: Span,
  text: string,
  message: string,
  code: SourceCode = "quote-this",
): SourceDiagnostic {
  const hint = `write: ${lineWith(file.text, span, text)}`;
  return { code, severity: "error", file: file.path, span, message, hint, fix: { span, text } };
}

/** The line of a span, with another text in its place; of a long line, only that text. */
function lineWith(file: string, span: Span, text: string): string {
  const start = lineStart(file, span.start);
  const end = lineEnd(file, span.end);
  if (end - start > LONGEST_LINE) return text;
  const line = file.slice(start, span.start) + text + file.slice(span.end, end);
  return line.trim().replace(/\s*\n\s*/g, " ");
}

const LONGEST_LINE = 200;

/** Whether a value can begin at an offset: after a key, an item's mark or a bracket, or first on its line. */
export function canStart(text: string, offset: number): boolean {
  let at = offset - 1;
  while (text[at] === " " || text[at] === "\t") at--;
  return at < 0 || "\n:,[{?-".includes(text.charAt(at));
}

/** Whether a key in braces has its colon: without one YAML takes a whole item for a key. */
export function hasColon(file: SourceFile, key: ScalarNode): boolean {
  COLON.lastIndex = key.span.end;
  return COLON.test(file.text);
}

const COLON = /\s*:/y;

/** A word, a colon and no space; addresses have the same form. */
export const NO_SPACE = /^(?!(?:sips?|tel|client|mailto|https?|wss?):)[A-Za-z][\w-]*:(?=\S)/;
