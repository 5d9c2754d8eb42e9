/** JSON inside another text: a JavaScript module, a heredoc or `jsonencode()` of HCL, a page of documentation. */
import { isMap } from "../../../program/is-map.ts";

/** The JSON of a text, or the first object in it that has `states`; undefined if there is none. */
export function jsonIn(text: string): unknown {
  const plain = parsed(text);
  if (plain !== undefined) return plain;
  const at = text.search(/["']?\bstates["']?\s*[:=]\s*\[/);
  if (at < 0) return undefined;
  return enclosing(text, at);
}

/** The innermost object around a place that can be read, beginning with the nearest brace. */
function enclosing(text: string, at: number): unknown {
  let tries = 0;
  for (let start = text.lastIndexOf("{", at); start >= 0 && tries < 20; tries++) {
    const end = endOf(text, start);
    const value = end > at ? looselyParsed(text.slice(start, end)) : undefined;
    if (isMap(value) && Array.isArray(value.states)) return value;
    start = start === 0 ? -1 : text.lastIndexOf("{", start - 1);
  }
  return undefined;
}

/** Where an object ends: after the brace that closes it. */
function endOf(text: string, start: number): number {
  let depth = 0;
  let quote = "";
  for (let at = start; at < text.length; at++) {
    const char = text[at] ?? "";
    if (quote !== "") {
      if (char === "\\") at++;
      else if (char === quote) quote = "";
    } else if (char === '"') quote = char;
    else if (char === "{") depth++;
    else if (char === "}" && --depth === 0) return at + 1;
  }
  return -1;
}

function looselyParsed(text: string): unknown {
  return parsed(text) ?? parsed(asJson(text));
}

/** An object of JavaScript or HCL as JSON: quoted keys, double quotes, colons, no comments and no commas at the end. */
function asJson(text: string): string {
  const tokens = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\/\/[^\n]*|\/\*[\s\S]*?\*\/|[^"'/]+|./g;
  const pieces = (text.match(tokens) ?? []).map((piece) => {
    if (piece.startsWith('"')) return piece;
    if (piece.startsWith("'")) return JSON.stringify(piece.slice(1, -1).replace(/\\(.)/g, "$1"));
    if (piece.startsWith("//") || piece.startsWith("/*")) return "";
    return piece;
  });
  return withCommas(pieces.map(bare).join(""));
}

/** Between quoted texts: keys get quotes, and `=` becomes a colon. */
function bare(piece: string): string {
  if (piece.startsWith('"')) return piece;
  return piece.replace(/([{,\n]\s*)([A-Za-z_$][\w$]*)(\s*)[:=]/g, '$1"$2"$3:').replace(/^(\s*)=/, "$1:");
}

function withCommas(text: string): string {
  return text.replace(/,(\s*[}\]])/g, "$1");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
