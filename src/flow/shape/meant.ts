/** Aliases: the names that other tools and languages give to keys. */
import { nearest } from "../language/diagnostic.ts";
import { kinds } from "../steps/registry.ts";

type Alias = readonly [word: string, keys: readonly string[]];

/** Aliases of keys outside any one kind: of a step itself, of outcomes, of a prompt. */
const OF_THE_LANGUAGE: readonly Alias[] = [
  ["then", ["next"]],
  ["goto", ["next"]],
  ["go-to", ["next"]],
  ["target", ["next"]],
  ["default", ["else"]],
  ["fallback", ["else"]],
  ["else", ["next"]],
  ["text", ["say"]],
];

const OF_KINDS: readonly Alias[] = kinds.flatMap(({ aliases = {} }) => Object.entries(aliases));

const MEANT = new Map<string, string[]>();
for (const [word, keys] of [...OF_KINDS, ...OF_THE_LANGUAGE])
  MEANT.set(word, [...(MEANT.get(word) ?? []), ...keys]);

/** The known key that a word was probably meant to be, if one is near. */
export function meantKey(word: string, known: readonly string[]): string | undefined {
  const meant = MEANT.get(word)?.find((key) => known.includes(key));
  return known.includes(word) ? word : (meant ?? nearest(word, known));
}
