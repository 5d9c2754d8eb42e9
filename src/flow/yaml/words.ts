/** The YAML parser's errors in plain words: what is wrong, and what to do. */

import type { Node, SourceFile, Span } from "../language/node.ts";
import { contentOfLine, nextLine } from "./line.ts";
import type { SourceCode, SourceDiagnostic } from "./source-findings.ts";

/** An error as the YAML parser gives it. */
export interface YamlError {
  code: string;
  message: string;
  span: Span;
}

/** The message for an error; without `span` it points at the error itself. */
interface Words {
  message: string;
  code?: SourceCode;
  hint?: string;
  span?: Span;
}

/** An error, and what is needed to look around it: the file and its values in their order. */
interface Place {
  file: SourceFile;
  nodes: readonly Node[];
  error: YamlError;
}

/** An error as a finding; `nodes` are the file's values in their order. */
export function inPlainWords(file: SourceFile, nodes: readonly Node[], error: YamlError): SourceDiagnostic {
  const words = WORDS.find(([pattern]) => pattern.test(error.message))?.[1] ?? unknown;
  const told = typeof words === "string" ? { message: words } : words({ file, nodes, error });
  const { code = "yaml-syntax", span = error.span, message, hint } = told;
  const place = { file: file.path, span: visible(file.text, span) };
  return { code, severity: "error", ...place, message, ...(hint ? { hint } : {}) };
}

/** The parser's words for a tab that indents. */
export const TABS = /^Tabs are not allowed/;

const STRAY_ITEM = "this list item is in the place of a key; begin a list on the line below its key";

const WORDS: readonly [error: RegExp, words: string | ((place: Place) => Words)][] = [
  [/^Source contains multiple documents/, anotherDocument],
  [TABS, "YAML does not indent with tabs; write spaces"],
  [/^Missing closing/, openQuote],
  [/^Flow .* end with a/, openBracket],
  [/^Missing , /, "a comma is missing before this; write one, or put a text with brackets in quotes"],
  [/^Unexpected (?:,|comma|empty item)/, "this comma has nothing before it; remove it"],
  [
    /^Unexpected flow-(?:map|seq)-end/,
    "this bracket has no opening bracket; remove it, or put the text in quotes",
  ],
  [/^Comments must be separated/, 'a space is missing before the "#" of this comment; add it'],
  [/^Nested mappings|^Implicit keys need/, deeperKey],
  [/^Implicit map keys need/, noKey],
  [/^(?:All (?:mapping|sequence) items must|Sequence item without)/, unaligned],
  [/block-seq-ind|block sequence/, STRAY_ITEM],
  [
    /^Block scalar header|^Not a YAML token/,
    "a text after `|` or `>` begins on the next line; move it there",
  ],
  [
    /^Block scalar/,
    "the lines of a text below `|` or `>` must be indented alike, deeper than its key; line them up",
  ],
  [/^Plain value cannot start/, badStart],
  [/directive/i, "flows do not support lines that begin with `%`; remove it, or put the text in quotes"],
  [/call stack|Stack overflow/, "values are nested too deep here; close open brackets and braces"],
  [
    / at node end$|in YAML stream/,
    "this does not fit the text before it; check the indentation, and the quotes and brackets before it",
  ],
];

function unknown({ error }: Place): Words {
  return {
    message: `YAML cannot read this: ${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`,
  };
}

function anotherDocument({ file, error }: Place): Words {
  const markers = [...file.text.slice(0, error.span.start + 3).matchAll(/^(?:---|\.\.\.)/gm)];
  const start = markers.at(-1)?.index ?? error.span.start;
  const message = "a file holds one flow; move everything after this line to its own file";
  return { code: "multiple-documents", message, span: { start, end: start + 3 } };
}

function openQuote({ file, nodes, error }: Place): Words {
  const before = nodes.filter((node) => node.span.start <= error.span.start);
  const opened = before.findLast((node) => /["']/.test(file.text.charAt(node.span.start)));
  const start = opened?.span.start ?? error.span.start;
  return {
    message:
      "this quote is not closed; put the same quote at the end of the text, and indent further lines of the text",
    hint: 'a text that begins with an apostrophe goes in double quotes: "\'tis the season"',
    span: { start, end: start + 1 },
  };
}

function openBracket({ file, nodes, error }: Place): Words {
  const [bracket, closing] = error.message.endsWith("}") ? ["{", "}"] : ["[", "]"];
  const starts = (node: Node) => file.text[node.span.start] === bracket;
  const isOpen = (node: Node) => starts(node) && file.text[node.span.end - 1] !== closing;
  const before = nodes.filter((node) => node.span.start <= error.span.start);
  const opened = before.findLast(isOpen) ?? before.findLast(starts);
  const start = opened?.span.start ?? error.span.start;
  return {
    message: `this "${bracket}" is not closed; put "${closing}" at its end`,
    span: { start, end: start + 1 },
  };
}

/** A key below a line that already has a value; YAML reports it at that value. */
function deeperKey(place: Place): Words {
  const { text } = place.file;
  const { start } = place.error.span;
  const below = nextLine(text, start);
  if (start === contentOfLine(text, start).start || below >= text.length) return noKey(place);
  const message =
    "this line is indented deeper than the key above it, which already has a value; line the keys up";
  return { message, span: contentOfLine(text, below) };
}

function noKey({ file, error }: Place): Words {
  const span = contentOfLine(file.text, error.span.start);
  if (/-\s+$/.test(file.text.slice(0, span.start))) return { message: STRAY_ITEM, span };
  const message =
    "this line is not a `key: value`; write a colon and a space after the key, or indent the line if it continues the text above";
  return { message, span };
}

function unaligned({ file, error }: Place): Words {
  const message = "this line is not indented like the lines it belongs with; line it up";
  return { message, span: contentOfLine(file.text, error.span.start) };
}

function badStart({ file, error }: Place): Words {
  const first = file.text.charAt(error.span.start);
  return { message: `a word that begins with "${first}" has a meaning in YAML; put it in quotes` };
}

/** A span with something to see in it: an error at a line break or at the end belongs to the text before it. */
function visible(text: string, { start, end }: Span): Span {
  if (/\S/.test(text.slice(start, end)) || text[start] === "\t") return { start, end };
  const before = text.slice(0, start).trimEnd().length;
  return { start: Math.max(0, before - 1), end: Math.max(1, before) };
}
