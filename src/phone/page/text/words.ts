/**
 * How much of a text is shown while it is spoken: word by word, by the voice's own word or by the clock. Lengths are
 * in UTF-16 units.
 */

/** As the carrier estimates it. */
const WORDS_A_SECOND = 2.5;

/** Where each word of a text ends. */
export function wordEnds(text: string): number[] {
  return [...text.matchAll(/\S+/g)].map((word) => word.index + word[0].length);
}

/** What is shown once a voice is at `place`: all up to the end of the word there. */
export function shownAt(text: string, place: number): number {
  return wordEnds(text).find((end) => end > place) ?? text.length;
}

/** Seconds that a text takes at a speaking pace; `rate` 2 is twice as fast. */
export function secondsFor(text: string, rate: number): number {
  return wordEnds(text).length / (WORDS_A_SECOND * rate);
}

/** Seconds from the beginning of a text to each of its words, with what is shown then. */
export function pace(text: string, rate: number): { seconds: number; shown: number }[] {
  return wordEnds(text).map((shown, index) => ({ seconds: index / (WORDS_A_SECOND * rate), shown }));
}
