/** Spoken answers: what a caller said, against the phrases of a menu. */

/** A text as it is compared: lower case, no accents, no punctuation, single spaces. */
export function normalise(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
}

/**
 * The case that a spoken answer picks: the exact phrase, else the longest phrase that it contains as whole
 * words. Where two cases tie, none is picked.
 * @param phrases normalised phrases with the index of their case
 * @returns the case's index, or undefined
 */
export function matchSpeech(said: string, phrases: readonly (readonly [string, number])[]): number | undefined {
  const spoken = ` ${normalise(said)} `;
  let best: number | undefined;
  let length = 0;
  for (const [phrase, index] of phrases) {
    if (phrase.length < length || !spoken.includes(` ${phrase} `)) continue;
    if (phrase.length + 2 === spoken.length) return index;
    best = phrase.length === length && best !== index ? undefined : index;
    length = phrase.length;
  }
  return best;
}
