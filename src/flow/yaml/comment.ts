/** Texts that YAML takes for comments: in menus a "#" is usually the key of that name. */
import { MOST_FINDINGS } from "../language/diagnostic.ts";
import type { ScalarNode, SourceFile } from "../language/node.ts";
import { lineEnd } from "./line.ts";
import { type Place, pairsOf } from "./places.ts";
import { meant, quoteThis } from "./quote.ts";
import type { SourceDiagnostic } from "./source-findings.ts";

/** A text that YAML cuts off at a comment. */
export function cutByComment(file: SourceFile, place: Place): SourceDiagnostic[] {
  const { node, inline } = place;
  if (node.type !== "scalar" || node.quoted || !goesOn(file, node, place)) return [];
  const { start, end } = node.span;
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
function goesOn(file: SourceFile, { text, span }: ScalarNode, { texts, inline }: Place): boolean {
  if (text === "")
    return texts === "sentences" && EMPTY_BEFORE_HASH.test(file.text.slice(span.start - 2, span.start + 3));
  if (!file.text.startsWith(" #", span.end)) return false;
  if (leavesOpen(text, '"')) return true;
  if (inline && /[,\]}]\s*$/.test(file.text.slice(span.end, lineEnd(file.text, span.end)))) return true;
  if (texts === "expression") return leavesOpen(text, "'");
  if (/[.?!…)\]}"']$/.test(text)) return false;
  return text.includes(" ") || texts === "sentences";
}

function leavesOpen(text: string, quotationMark: string): boolean {
  return text.split(quotationMark).length % 2 === 0;
}

const EMPTY_BEFORE_HASH = /[:-] ?#/;

/** `#: done` among choices is the "#" key to its author and a comment to YAML. */
export function commentedKeys(file: SourceFile, places: readonly Place[]): SourceDiagnostic[] {
  const keys = [...file.text.matchAll(/(?:^|[,{])[ \t]*#(?=:[ \t]+\S)/gm)].map(
    (match) => match.index + match[0].length - 1,
  );
  if (keys.length === 0) return [];
  const texts = places
    .flatMap((place) => [place.node, ...pairsOf(place).map(({ key }) => key)])
    .filter((node) => node.type === "scalar" && node.text.includes("#:"));
  const isComment = (at: number) => !texts.some(({ span }) => span.start <= at && at < span.end);
  const message = 'YAML takes the rest of this line for a comment; put the "#" in quotes';
  return keys
    .slice(0, MOST_FINDINGS)
    .filter(isComment)
    .map((at) => quoteThis(file, { start: at, end: at + 1 }, message));
}
