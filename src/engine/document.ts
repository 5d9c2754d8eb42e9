/** A turn's TwiML document: its pieces joined, and its size. */
import type { Link } from "../program/op.ts";
import type { Piece } from "./state.ts";

const HEAD = '<?xml version="1.0" encoding="UTF-8"?><Response>';
const TAIL = "</Response>";

/** TwiML: Twilio rejects a document over 64 kB (error 11750). */
export const MOST_BYTES = 64 * 1024;
/** The most that a continuation URL takes of it, in bytes. */
const LINK_BYTES = 2000;

/** The whole document. `urlOf` is called for each link, in order. */
export function documentOf(pieces: readonly Piece[], urlOf: (link: Link) => string): string {
  let document = HEAD;
  for (const piece of pieces) {
    if (typeof piece === "string") document += piece;
    else if (piece.parameter === undefined) document += urlOf(piece);
    else document += parameterOf(document, piece.parameter, urlOf(piece));
  }
  return document + TAIL;
}

/** A parameter for the URL at the end of the document so far. */
function parameterOf(document: string, name: string, value: string): string {
  const hasQuery = document.slice(document.lastIndexOf(">")).includes("?");
  return `${hasQuery ? "&amp;" : "?"}${name}=${encodeURIComponent(value)}`;
}

/** The document's size in bytes: an upper bound if it is small, exact if it is close to the limit. */
export function sizeOf(pieces: readonly Piece[]): number {
  const sum = (size: (text: string) => number): number =>
    pieces.reduce(
      (bytes, piece) => bytes + (typeof piece === "string" ? size(piece) : LINK_BYTES),
      HEAD.length + TAIL.length,
    );
  const characters = sum(({ length }) => length);
  if (characters * 3 <= MOST_BYTES) return characters;
  return sum((text) => new TextEncoder().encode(text).length);
}
