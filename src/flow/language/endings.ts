/** Endings of words that are said after a phrase without a space. */

const HANGUL = /\p{sc=Hangul}/u;
/** Korean particles, polite endings, and forms of 하다, as a pattern. */
const KOREAN =
  "이요|요|을|를|이|가|은|는|도|만|로|으로|에|에서|와|과|한테|이에요|예요|입니다|인데요|이랑|랑|하고|해|해요|할게요|할래요|합니다|하려고|하려고요|해주세요";

/** A pattern for the endings that the words of some normalised phrases can have; undefined if they have none. */
export function endingOf(phrases: readonly string[]): string | undefined {
  return phrases.some((phrase) => HANGUL.test(phrase)) ? KOREAN : undefined;
}
