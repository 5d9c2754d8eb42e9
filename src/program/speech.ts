/** Matches what a caller said against the phrases of a menu. */

// Scripts without spaces between words: each character counts as a word.
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]\p{M}*/gu;

/** A text in the form that is compared: lower case, no accents, no punctuation, single spaces. */
export function normalise(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(UNSPACED, " $& ")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
}

/**
 * Picks the case of a spoken answer: the exact phrase, else the longest phrase that it contains as whole words. A tie
 * between two cases picks neither.
 * @param phrases normalised phrases with the index of their case
 * @returns the case's index, or undefined
 */
export function matchSpeech(
  said: string,
  phrases: readonly (readonly [string, number])[],
): number | undefined {
  // Most callers press keys.
  if (said === "") return undefined;
  const spoken = ` ${normalise(said)} `;
  let best: number | undefined;
  let length = 0;
  for (const [phrase, index] of phrases) {
    // A phrase without a letter or digit cannot be said.
    if (phrase === "" || phrase.length < length || !spoken.includes(` ${phrase} `)) continue;
    best = phrase.length === length && best !== index ? undefined : index;
    length = phrase.length;
  }
  return best;
}
