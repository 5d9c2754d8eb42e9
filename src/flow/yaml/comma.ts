/** Commas that end an item for YAML and not for the author: `[Sorry, once more.]`, `{ say: Hello, world }`. */

import { isPlainText, type Node, type Pair, type ScalarNode, type SourceFile } from "../language/node.ts";
import type { Place } from "./places.ts";
import { hasColon, NO_SPACE, quoteThis } from "./quote.ts";
import type { SourceDiagnostic } from "./source-findings.ts";

/** The pairs of a map in braces. */
function inlinePairs(place: Place): readonly Pair[] {
  return place.node.type === "map" && place.node.inline ? place.node.pairs : [];
}

/** An item of a map without a colon, after a text, is the rest of that text. */
export function commasInTexts(file: SourceFile, place: Place): SourceDiagnostic[] {
  const pairs = inlinePairs(place);
  const findings: SourceDiagnostic[] = [];
  let text: ScalarNode | undefined;
  pairs.forEach(({ key, value }, index) => {
    if (hasColon(file, key)) text = isPlainText(value) ? value : undefined;
    else if (text && !NO_SPACE.test(key.text) && !isStar(file, key)) {
      const next = pairs[index + 1];
      if (next && !hasColon(file, next.key)) return;
      const message = "YAML ends this text at its comma; put the whole text in quotes";
      findings.push(quoteThis(file, { start: text.span.start, end: key.span.end }, message));
    }
  });
  return findings;
}

/** `{ 1: sales, *: repeat }`: a key of the phone, which YAML takes for the name of an alias. */
function isStar({ text }: SourceFile, { span }: ScalarNode): boolean {
  return /^\*:\s/.test(text.slice(span.start, span.start + 3));
}

/** `{ mon,wed: … }`: keys that only a comma parts, without a blank, of which the last alone has a value. */
export function splitKeys(file: SourceFile, place: Place): SourceDiagnostic[] {
  const pairs = inlinePairs(place);
  return pairs.flatMap(({ key }, index) => {
    const next = pairs[index + 1];
    const before = pairs[index - 1];
    const isFirst = !before || !isJoined(file, before.key, key);
    if (!next || !isFirst || !isJoined(file, key, next.key)) return [];
    const last = pairs.slice(index + 1).find((pair) => hasColon(file, pair.key)) ?? next;
    const message = "YAML ends this key at its comma; put the whole key in quotes";
    return [quoteThis(file, { start: key.span.start, end: last.key.span.end }, message)];
  });
}

function isJoined(file: SourceFile, key: ScalarNode, next: ScalarNode): boolean {
  return !hasColon(file, key) && file.text.slice(key.span.end, next.span.start) === ",";
}

/** Items of a list in brackets that are one sentence when read together; phrases that a caller may say are none. */
export function splitSentences(file: SourceFile, { node, texts }: Place): SourceDiagnostic[] {
  if (node.type !== "list" || !node.inline || texts === "phrases") return [];
  return sentences(node.items)
    .filter((parts) => parts.length > 1 && isOneSentence(parts, texts === "sentences"))
    .map((parts) => sentenceFinding(file, parts));
}

/** The unquoted texts of a list, split after each end of a sentence. */
function sentences(items: readonly Node[]): ScalarNode[][] {
  const runs: ScalarNode[][] = [[]];
  for (const item of items) {
    if (isPlainText(item)) runs.at(-1)?.push(item);
    if (!isPlainText(item) || ENDS_SENTENCE.test(item.text)) runs.push([]);
  }
  return runs;
}

/** It ends like one; or it is to be spoken, and continues in small letters after each comma. */
function isOneSentence(parts: readonly ScalarNode[], isSpoken: boolean): boolean {
  const [first = "", ...rest] = parts.map(({ text }) => text);
  const last = rest.at(-1) ?? "";
  if (ENDS_SENTENCE.test(last)) return !ABBREVIATION.test(last);
  return isSpoken && /^\p{L}/u.test(first) && rest.every((text) => /^[\p{Ll}\d]/u.test(text));
}

const ENDS_SENTENCE = /[.?!…]$/;
const ABBREVIATION = /^(?:\S+\.\S*|\p{Lu}\S*)\.$/u;

function sentenceFinding(file: SourceFile, parts: readonly ScalarNode[]): SourceDiagnostic {
  const span = { start: parts[0]?.span.start ?? 0, end: parts.at(-1)?.span.end ?? 0 };
  return quoteThis(
    file,
    span,
    "YAML makes several texts of this sentence, one for each comma; put it in quotes",
  );
}
