/** Keys by the names that other tools and languages give them: what an author who writes one means here. */
import { nearest } from "../language/diagnostic.ts";

const MEANT: ReadonlyMap<string, readonly string[]> = new Map([
  ["then", ["next"]],
  ["goto", ["next", "otherwise"]],
  ["go-to", ["next", "otherwise"]],
  ["target", ["next", "to"]],
  ["if", ["when"]],
  ["condition", ["when"]],
  ["default", ["otherwise", "else"]],
  ["fallback", ["otherwise", "else"]],
  ["else", ["otherwise", "next"]],
  ["options", ["choices"]],
  ["keys", ["choices"]],
  ["digits", ["choices", "numDigits"]],
  ["retries", ["attempts"]],
  ["tries", ["attempts"]],
  ["number", ["to"]],
  ["message", ["prompt", "body"]],
  ["text", ["prompt", "body", "say"]],
  ["say", ["prompt"]],
  ["variable", ["save"]],
  ["as", ["save"]],
]);

/** The key among those that are known that a word was probably meant to be; undefined where none is near. */
export function meantKey(word: string, known: readonly string[]): string | undefined {
  const meant = MEANT.get(word)?.find((key) => known.includes(key));
  return known.includes(word) ? word : (meant ?? nearest(word, known));
}
