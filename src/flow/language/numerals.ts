/** The numbers 0 to 99 and what is said around them, by language: what a Program takes from here, the Worker can hear. */
import { MOST_WORDS, type Numerals } from "../../program/numerals.ts";
import { normalise } from "../../program/speech.ts";

/** The number words of a language. */
interface NumberWords {
  /** 0, 1, 2 …: as far as the words are irregular. */
  ones: string;
  /** 20, 30 … 90. */
  tens: string;
  /** Between tens and ones. */
  and: string;
  /** Other words for digits. */
  also: Readonly<Record<string, string>>;
  /** Before a digit that is said twice, or three times. */
  twice: string;
  thrice: string;
  /** Words around a number that mean nothing. */
  around: string;
  /** Asks to say something, as a prompt does. */
  say: string;
  /** Between two things to do. */
  or: string;
}

const ENGLISH: NumberWords = {
  ones: "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
  tens: "twenty thirty forty fifty sixty seventy eighty ninety",
  and: " ",
  also: { oh: "0", o: "0", nought: "0" },
  twice: "double",
  thrice: "triple treble",
  around: "number option press key digit choice code the is my it s its please uh um i choose enter dial",
  say: "say",
  or: "or",
};

const SPANISH: NumberWords = {
  ones: "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve",
  tens: "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
  and: " y ",
  also: { un: "1", una: "1" },
  twice: "doble",
  thrice: "triple",
  around:
    "número opción tecla dígito código el la es mi por favor oprima oprime pulse pulsa marque marca presione",
  say: "diga",
  or: "o",
};

const FRENCH: NumberWords = {
  ones: "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf",
  tens: "vingt trente quarante cinquante soixante septante huitante nonante",
  and: " ",
  also: { une: "1", "quatre-vingt": "80" },
  twice: "double",
  thrice: "triple",
  around:
    "numéro option touche chiffre code le la c est mon s il vous plaît tapez appuyez sur composez faites",
  say: "dites",
  or: "ou",
};

const GERMAN: NumberWords = {
  ones: "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
  tens: "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
  and: "und",
  also: { ein: "1", eine: "1", zwo: "2" },
  twice: "doppel zweimal",
  thrice: "dreimal",
  around:
    "nummer option taste ziffer code die der das ist mein meine bitte ich drücken wählen drücke wähle sie",
  say: "sagen",
  or: "oder",
};

const PORTUGUESE: NumberWords = {
  ones: "zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito dezenove",
  tens: "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
  and: " e ",
  also: { uma: "1", duas: "2", meia: "6", quatorze: "14", dezasseis: "16", dezassete: "17", dezanove: "19" },
  twice: "duplo dobro",
  thrice: "triplo",
  around:
    "número opção tecla dígito código o a é meu minha por favor pressione prima digite tecle disque marque",
  say: "diga fale",
  or: "ou",
};

const ITALIAN: NumberWords = {
  ones: "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove",
  tens: "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
  and: "",
  also: { un: "1", una: "1" },
  twice: "doppio",
  thrice: "triplo",
  around:
    "numero opzione tasto cifra codice il lo la è mio per favore prema premi premere digiti digita digitare",
  say: "dica",
  or: "o",
};

const LANGUAGES: Readonly<Record<string, NumberWords>> = {
  en: ENGLISH,
  es: SPANISH,
  fr: FRENCH,
  de: GERMAN,
  pt: PORTUGUESE,
  it: ITALIAN,
};

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

function numeralsIn(language: NumberWords): [string, string][] {
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

/** The numerals of some languages, for a Program. A word that is a number in one of them is a number. */
export function numeralsOf(tags: readonly string[]): Numerals {
  const all = languagesOf(tags).flatMap(numeralsIn);
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
