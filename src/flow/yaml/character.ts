/** Characters that flows cannot contain, literally or as an escape: they cannot be spoken, sent or distinguished. */

import type { SourceFile } from "../language/node.ts";
import { locate } from "./locate.ts";
import { type Place, pairsOf } from "./places.ts";
import type { SourceDiagnostic } from "./source-findings.ts";

// Control characters (YAML 1.2, 5.1), a carriage return without its line feed, private use (the compiler's holes),
// the replacement for bytes that are not UTF-8, halves of a surrogate pair, and characters that XML does not allow.
const BAD = /(?![\t\n\r\u0085])\p{Cc}|\r(?!\n)|\p{Co}|\p{Surrogate}|[\ufffd\ufffe\uffff]/u;

// Blanks that YAML takes for letters: before a line's first word they look like indentation but are not.
const FALSE_BLANK = /[\u00a0\u2000-\u200b\u202f\u3000\ufeff](?<=^[ \t]*(?:- )?.)/mu;

const EITHER = new RegExp(`${BAD.source}|${FALSE_BLANK.source}`, "gmu");

/** A binary file has one on every line: a few findings are enough. */
const MOST = 10;

/** Bad characters in the file, except for a byte order mark at its start. */
export function badCharacters(file: SourceFile): SourceDiagnostic[] {
  const findings: SourceDiagnostic[] = [];
  for (const { 0: character, index } of file.text.matchAll(EITHER)) {
    if (index === 0 && character === "\ufeff") continue;
    findings.push(finding(file, index, index + character.length, character));
    if (findings.length === MOST) break;
  }
  return findings;
}

/** Bad characters that a double-quoted text or key makes with an escape, such as `"\b"`. */
export function badEscapes(file: SourceFile, place: Place): SourceDiagnostic[] {
  const scalars = [place.node, ...pairsOf(place).map(({ key }) => key)];
  return scalars.flatMap((scalar) => {
    if (scalar.type !== "scalar" || !scalar.quoted || !BAD.test(scalar.text)) return [];
    const index = scalar.text.search(BAD);
    const start = locate(scalar, index, file.text);
    // A literal one already has its finding.
    if (file.text[start] !== "\\") return [];
    return [finding(file, start, start + 2, scalar.text.charAt(index), ESCAPE)];
  });
}

const ESCAPE = "write `\\\\` for a backslash, or put the text in single quotes";

function finding(
  file: SourceFile,
  start: number,
  end: number,
  character: string,
  advice?: string,
): SourceDiagnostic {
  const message = `${nameOf(character)} cannot be in a flow; ${advice ?? adviceOn(character)}`;
  return { code: "bad-character", severity: "error", file: file.path, span: { start, end }, message };
}

function nameOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `the character U+${code}`;
}

function adviceOn(character: string): string {
  if (character === "\ufffd" || character === "\0") return "save the file as UTF-8";
  if (character === "\r") return "end lines as LF or CRLF";
  return FALSE_BLANK.test(character) ? "write a plain space" : "delete it";
}
