/** Prompts that offer keys without naming each. */
import { LANGUAGES } from "./number-words.ts";

const WORDS = Object.values(LANGUAGES).flatMap(({ ones }) => ones.split(" ").slice(0, 11));
const DIGIT = `(?:\\p{Nd}|${WORDS.join("|")})`;
// "From 1, very bad, to 5", "del uno al cinco", "1 to 5", "de 1 à 5".
const RANGE = new RegExp(
  `(?<!\\p{L})(?:(?:from|between|del?|desde|entre|von|zwischen|dal?|tra|van|tussen) ${DIGIT}(?!\\p{L})[^.;?!]{0,40}?(?<!\\p{L})(?:to|and|al?|y|et|à|bis|und|até|e|ed?|tot|en) ${DIGIT}|${DIGIT} ?(?:to|through|-|–|bis|al?|à|até|tot) ?${DIGIT})(?!\\p{L})`,
  "iu",
);
const ANY_KEY =
  /any (?:other )?(?:key|button|digit|number)|cualquier (?:tecla|número)|n'importe quelle touche|beliebige taste|qualquer (?:tecla|número)|qualsiasi tasto|willekeurige toets/iu;

/** Whether a text offers keys without naming each: "from 1 to 5", "any key". */
export function offersRange(text: string): boolean {
  return RANGE.test(text) || ANY_KEY.test(text);
}
