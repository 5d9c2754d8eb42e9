/** Prompts that offer keys without naming each. */
import { DIGIT_WORDS } from "./digit-words.ts";

const WORDS: ReadonlySet<string> = new Set(DIGIT_WORDS);
// Ukrainian has an apostrophe in "п'ять".
const WORD = /[\p{L}\p{M}]+(?:['’]ят\p{L}+)?/gu;
/** Words for a digit that also join the ends of a range: "to" is 2 in Danish, so they stay as they are. */
const JOINING: ReadonlySet<string> = new Set(["en", "et", "to"]);
const DIGIT = `(?:\\p{Nd}|${[...JOINING].join("|")})`;
const FROM =
  "from|between|del?|desde|entre|von|zwischen|dal?|tra|van|tussen|från|mellan|fra|mellem|mellom|od|от|від|από|de la|từ|dari|من|între";
const TO =
  "to|and|al?|y|et|à|bis|und|até|e|ed?|tot|en|till|och|til|og|do|и|до|і|έως|ως|μέχρι|đến|sampai|hingga|إلى|la|și";
// "From 1, very bad, to 5", "del uno al cinco", "1 to 5", "de 1 à 5".
const RANGE = new RegExp(
  `(?<!\\p{L})(?:(?:${FROM}) ${DIGIT}(?!\\p{L})[^.;?!]{0,40}?(?<!\\p{L})(?:${TO}) ${DIGIT}|${DIGIT} ?(?:to|through|-|–|bis|al?|à|até|tot|till?|do|до|έως|đến|sampai|hingga|إلى) ?${DIGIT})(?!\\p{L})`,
  "u",
);
// "1から5まで", "1到5", "1부터 5", "1 से 5", "1'den 5'e", "1-től 5-ig", "מ-1 עד 5".
const JOINED =
  /\p{Nd} ?(?:番?から|～|〜|到|至|번?부터|से|['’]?(?:den|dan|ten|tan)|-?(?:től|tól)|עד) ?\p{Nd}|\p{Nd} (?:ile|ilə) \p{Nd} aras/u;
const ANY_KEY = new RegExp(
  [
    "any (?:other )?(?:key|button|digit|number)|cualquier (?:tecla|número)|n['’]importe quelle touche|beliebige taste",
    "qualquer (?:tecla|número)|qualsiasi tasto|willekeurige toets|valfri (?:tangent|knapp|siffra)|vilkårlig (?:tast|knapp)",
    "hvilken som helst (?:tast|knapp?)|dowolny (?:klawisz|przycisk)|libovoln(?:ou|é) (?:klávesu|tlačítko)|orice tastă",
    "люб(?:ую|ой) (?:клавишу|кнопку|цифру)|будь-яку (?:клавішу|кнопку)|mitä tahansa (?:näppäintä|numeroa)",
    "herhangi bir tuş|bármelyik (?:gomb|számot)|οποιοδήποτε πλήκτρο|phím bất kỳ|tombol apa (?:pun|saja)|أي (?:مفتاح|رقم|زر)|כל מקש",
    "कोई भी|いずれかの(?:キー|番号|ボタン)|任意の|任意(?:键|鍵|数字)|아무 ?(?:키|버튼|번호)|ปุ่มใดก็ได้",
  ].join("|"),
  "u",
);

/** Whether a text offers keys without naming each: "from 1 to 5", "any key". */
export function offersRange(text: string): boolean {
  const lower = text.toLowerCase();
  return RANGE.test(inDigits(lower)) || JOINED.test(lower) || ANY_KEY.test(lower);
}

/** Words for digits as digits: a pattern with the words of all languages takes a tenth of a second to compile. */
function inDigits(text: string): string {
  return text.replace(WORD, (word) => {
    const isDigit = !JOINING.has(word) && WORDS.has(word.replace("’", "'"));
    return isDigit ? "1" : word;
  });
}
