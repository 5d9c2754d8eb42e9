/** The numbers 0 to 99 and what is said around them, by language: what a Program takes from here, the Worker can hear. */
import { MOST_WORDS, type Numerals } from "../../program/numerals.ts";
import { normalise } from "../../program/speech.ts";
import { FRENCH, GERMAN, ITALIAN, LANGUAGES, type NumberWords } from "./number-words.ts";

/** A number that the tens and ones of a language do not make. */
function irregular(language: NumberWords, number: number): string | undefined {
  const ones = language.ones.split(" ");
  if (number < ones.length) return ones[number];
  const [ten, one] = [Math.trunc(number / 10), number % 10];
  if (language === FRENCH) {
    if (number === 80) return "quatre-vingts";
    if (ten >= 8) return `quatre-vingt-${ones[number - 80]}`;
    if (ten === 7) return number === 71 ? "soixante et onze" : `soixante-${ones[number - 60]}`;
    if (one === 1) return `${tenOf(language, ten)} et un`;
  }
  if (one === 0) return tenOf(language, ten);
  if (language === GERMAN) return `${one === 1 ? "ein" : ones[one]}und${tenOf(language, ten)}`;
  if (language === ITALIAN && (one === 1 || one === 8)) return tenOf(language, ten).slice(0, -1) + ones[one];
  return undefined;
}

function tenOf({ tens }: NumberWords, ten: number): string {
  return tens.split(" ")[ten - 2] ?? "";
}

function regular(language: NumberWords, number: number): string {
  const one = number % 10;
  const ten = tenOf(language, Math.trunc(number / 10));
  return one === 0 ? ten : `${ten}${language.and}${language.ones.split(" ")[one]}`;
}

/** A number from 0 to 99 in a language, in the compared form. */
function nameOf(language: NumberWords, number: number): string {
  return normalise(irregular(language, number) ?? regular(language, number));
}

function wordsOf(text: string): string[] {
  return text.split(" ").map(normalise);
}

/** The numerals of each language, made once: normalising them takes milliseconds, at every save. */
const tables = new Map<NumberWords, [string, string][]>();

function numeralsIn(language: NumberWords): [string, string][] {
  const known = tables.get(language) ?? tableOf(language);
  tables.set(language, known);
  return known;
}

function tableOf(language: NumberWords): [string, string][] {
  const numbers = Array.from({ length: 100 }, (_, number) => number);
  const others = numbers
    .slice(20)
    .filter((number) => number % 10 > 0 || language === FRENCH)
    .map((number): [string, string] => [normalise(regular(language, number)), String(number)]);
  return [
    ...wordsOf(language.around).map((word): [string, string] => [word, ""]),
    ...others,
    ...numbers.map((number): [string, string] => [nameOf(language, number), String(number)]),
    ...Object.entries(language.also).map(([word, digit]): [string, string] => [normalise(word), digit]),
    ...wordsOf(language.twice).map((word): [string, string] => [word, "x2"]),
    ...wordsOf(language.thrice).map((word): [string, string] => [word, "x3"]),
  ];
}

/** The languages among some tags whose numbers are known: `es` for `es-MX`. */
function languagesOf(tags: readonly string[]): NumberWords[] {
  const names = new Set(tags.map((tag) => tag.toLowerCase().split("-")[0] ?? ""));
  return Object.entries(LANGUAGES).flatMap(([name, language]) => (names.has(name) ? [language] : []));
}

/**
 * The numerals of some languages, for a Program. A word that is a number in one of them is a number.
 * @param largest up to 9, nothing is said twice, either
 */
export function numeralsOf(tags: readonly string[], largest = 99): Numerals {
  const all = languagesOf(tags)
    .flatMap(numeralsIn)
    .filter(([, meaning]) => meaning === "" || Number(meaning.replace("x", "1")) <= largest);
  return Object.fromEntries(all.toSorted(([, one], [, other]) => one.length - other.length));
}

/** Numbers by their names, made once for each language. */
const byName = new Map<NumberWords, ReadonlyMap<string, string>>();

function numbersIn(language: NumberWords): ReadonlyMap<string, string> {
  let numbers = byName.get(language);
  if (!numbers) {
    const all = Array.from({ length: 100 }, (_, number): [string, string] => [
      nameOf(language, number),
      String(number),
    ]);
    numbers = new Map(all);
    byName.set(language, numbers);
  }
  return numbers;
}

/**
 * A normalised phrase in the other forms in which a recogniser writes its numbers: `gate two` and `gate 2`.
 * @param tags the languages in which it can be said
 */
export function numberForms(phrase: string, tags: readonly string[]): string[] {
  const forms = languagesOf(tags).flatMap((language) => [
    inWords(phrase, language),
    inDigits(phrase, numbersIn(language)),
  ]);
  return [...new Set(forms)].filter((form) => form !== phrase);
}

function inWords(phrase: string, language: NumberWords): string {
  return phrase.replace(/(?<!\S)(\d|[1-9]\d)(?!\S)/g, (digits) => nameOf(language, Number(digits)));
}

function inDigits(phrase: string, numbers: ReadonlyMap<string, string>): string {
  const words = phrase.split(" ");
  const form: string[] = [];
  for (let at = 0; at < words.length; ) {
    let length = MOST_WORDS;
    while (length > 1 && !numbers.has(words.slice(at, at + length).join(" "))) length--;
    const name = words.slice(at, at + length).join(" ");
    form.push(numbers.get(name) ?? name);
    at += length;
  }
  return form.join(" ");
}

/** Words of all languages that a prompt can have between "say" and what is to be said. */
function promptWords(): { say: Set<string>; around: Set<string>; digits: Map<string, string> } {
  const all = Object.values(LANGUAGES);
  const digits = all.flatMap((language) => [...numbersIn(language)].slice(0, 10));
  return {
    say: new Set(all.flatMap(({ say }) => wordsOf(say))),
    around: new Set(all.flatMap(({ around, or, say }) => wordsOf(`${around} ${or} ${say}`))),
    digits: new Map(digits),
  };
}

let prompts: ReturnType<typeof promptWords> | undefined;

/** "Say one of these" asks for no digit. */
const PARTITIVE = new Set(["of", "de", "des", "der", "das", "dos", "di", "dei", "delle"]);

/** The keys that a prompt asks to say: `1` in "press or say 1", and in "drücken oder sagen Sie die Eins". */
export function askedToSay(prompt: string): string[] {
  prompts ??= promptWords();
  const { say, around, digits } = prompts;
  const words = normalise(prompt).split(" ");
  return words.flatMap((word, at) => {
    if (!say.has(word)) return [];
    const next = words.findIndex((one, index) => index > at && !around.has(one));
    const said = words[next] ?? "";
    if (PARTITIVE.has(words[next + 1] ?? "")) return [];
    return /^\d+$/.test(said) ? [said] : (digits.get(said) ?? []);
  });
}
