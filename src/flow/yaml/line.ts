/** Lines of a text, by an offset in them; their ends may be LF or CRLF. */
import type { Span } from "../language/node.ts";

/** The offset at which the line of an offset starts. */
export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

/** The offset at which the line of an offset ends, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  if (end < 0) return text.length;
  return text[end - 1] === "\r" && end > offset ? end - 1 : end;
}

/** The offset at which the line below that of an offset starts; the text's length on the last line. */
export function nextLine(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end + 1;
}

/** The line of an offset without its indentation, item marks and trailing blanks. */
export function contentOfLine(text: string, offset: number): Span {
  const start = lineStart(text, offset);
  const line = text.slice(start, lineEnd(text, offset));
  const lead = /^[ \t]*(?:- +)*/.exec(line)?.[0].length ?? 0;
  return { start: start + lead, end: start + Math.max(lead, line.trimEnd().length) };
}

/** How many spaces indent the line that starts at an offset. */
export function indentOf(text: string, line: number): number {
  let at = line;
  while (text[at] === " ") at++;
  return at - line;
}
