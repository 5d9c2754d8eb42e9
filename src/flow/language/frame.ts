/** A finding as text: its place, its message, and the line with a caret below. */
import { type Diagnostic, lineStarts, position } from "./diagnostic.ts";

/** How a part of the frame may be coloured. */
export type Style = "error" | "warning" | "note" | "advice" | "place" | "gutter";

/** Colours a text; without it the frame is plain. */
export type Paint = (style: Style, text: string) => string;

const plain: Paint = (_style, text) => text;

/** The finding's sentence, one line of context, its line, the caret, and the hint. Ends without a line break. */
export function frame(diagnostic: Diagnostic, text: string, paint: Paint = plain): string {
  const { file, severity, code, message, hint, span } = diagnostic;
  const { line, column } = position(text, span.start);
  const head = `${paint("place", `${file}:${line}:${column}`)} ${paint(severity, severity)} ${code}: ${printable(message)}`;
  const width = String(line).length;
  const gutter = (label: string | number) => paint("gutter", `  ${String(label).padStart(width)} |`);
  const shown = cut(lineAt(text, line), column - 1, span.end - span.start);
  const above = line > 1 ? [`${gutter(line - 1)} ${clip(lineAt(text, line - 1))}`.trimEnd()] : [];
  const caret = `${gutter("")} ${shown.blanks}${paint(severity, shown.mark)}`;
  const below = hint ? [`${gutter("")} ${printable(hint)}`] : [];
  return [head, ...above, `${gutter(line)} ${shown.line}`.trimEnd(), caret, ...below].join("\n");
}

function lineAt(text: string, line: number): string {
  const starts = lineStarts(text);
  return text.slice(starts[line - 1] ?? 0, starts[line] ?? text.length).trimEnd();
}

/** As much of a line as is shown, in characters; of a longer one, the part around the caret. */
const WIDEST = 110;
const BEFORE_CARET = 60;

function clip(line: string): string {
  return printable(line.length > WIDEST ? `${line.slice(0, WIDEST - 1)}…` : line);
}

interface Shown {
  line: string;
  /** The padding before the caret, as wide as the text above it. */
  blanks: string;
  /** The caret, with tildes to the end of the span on this line. */
  mark: string;
}

function cut(line: string, column: number, length: number): Shown {
  const isLong = line.length > WIDEST;
  const from = isLong ? Math.max(0, Math.min(column - BEFORE_CARET, line.length - WIDEST)) : 0;
  const to = isLong ? Math.min(line.length, from + WIDEST) : line.length;
  const before = `${from > 0 ? "…" : ""}${printable(line.slice(from, column))}`;
  const marked = printable(line.slice(column, Math.min(to, column + Math.max(1, length))));
  const after = `${printable(line.slice(column + marked.length, to))}${to < line.length ? "…" : ""}`;
  const blanks = before.replace(/[^\t]+/g, (part) => " ".repeat(columns(part)));
  return { line: before + marked + after, blanks, mark: `^${"~".repeat(Math.max(0, columns(marked) - 1))}` };
}

let graphemes: Intl.Segmenter | undefined;

/** How many columns of a terminal a text takes. */
function columns(text: string): number {
  if (ASCII.test(text)) return text.length;
  // Created once, and only if needed: this takes longer than a check without findings.
  graphemes ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  let sum = 0;
  for (const { segment } of graphemes.segment(text))
    sum += WIDE.test(segment) ? 2 : ZERO.test(segment) ? 0 : 1;
  return sum;
}

const ASCII = /^[ -~]*$/;
// Unicode's East Asian Width, by the blocks in use; pictures are as wide.
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|^[\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;
const ZERO = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** Makes control characters and changes of direction visible, each as one character. */
function printable(text: string): string {
  return text.replace(/(?!\t)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\u2421";
  });
}
