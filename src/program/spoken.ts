/**
 * Values in the words of the call's language, from the platform's `Intl`. The forms are plain, so that every voice reads
 * them: Western digits, no separators between thousands, ordinary spaces.
 */
import { dateIn, isTime } from "./dates.ts";
import { type Clock, fail } from "./expression.ts";
import { lazyPattern } from "./lazy-pattern.ts";
import { requireSize } from "./limits.ts";
import { localTime, midnightOf } from "./local-time.ts";
import { int, map, number, type Overload, string, timed } from "./overload.ts";

const PLAIN = { numberingSystem: "latn", useGrouping: false } as const;

/** Makes an object of `Intl` once for each language and kind; in English if the language is not a valid tag. */
function byLanguage<T>(make: (language: string, kind: string) => T): (language: string, kind?: string) => T {
  const made = new Map<string, T>();
  return (language, kind = "") => {
    const key = `${language} ${kind}`;
    const known = made.get(key);
    if (known) return known;
    let one: T;
    try {
      one = make(language, kind);
    } catch {
      one = make("en", kind);
    }
    made.set(key, one);
    return one;
  };
}

const numbers = byLanguage((language) => new Intl.NumberFormat(language, PLAIN));
const pluralRules = byLanguage((language) => new Intl.PluralRules(language));
const ordinalRules = byLanguage((language) => new Intl.PluralRules(language, { type: "ordinal" }));

/** An amount without its `.00`. A voice reads `$` or `€`, but would spell `USD`: that is written as "US dollars". */
const amounts = byLanguage((language, currency) => {
  const inWords = (currencyDisplay: "symbol" | "name") =>
    new Intl.NumberFormat(language, {
      ...PLAIN,
      style: "currency",
      currency,
      currencyDisplay,
      trailingZeroDisplay: "stripIfInteger",
    });
  const short = inWords("symbol");
  return /[A-Z]{2}/.test(short.format(1)) ? inWords("name") : short;
});

const DAY = { weekday: "long", month: "long", day: "numeric" } as const;
const DATES: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  day: DAY,
  year: { ...DAY, year: "numeric" },
  time: { hour: "numeric", minute: "2-digit" },
};

// The moment is already on the wall clock of its zone, so it is written as if it were in UTC.
const dates = byLanguage(
  (language, kind) =>
    new Intl.DateTimeFormat(language, { ...DATES[kind], numberingSystem: "latn", timeZone: "UTC" }),
);

const spaces = lazyPattern(String.raw`\p{Zs}`, "gu");

/** Without marks for the direction of writing, and with ordinary spaces. */
function plain(text: string): string {
  return text.replace(/[\u061c\u200e\u200f]/g, "").replace(spaces(), " ");
}

function money(amount: number | bigint, currency: string, { language }: Clock): string {
  const code = /^[A-Z]{3}$/.test(currency) ? currency : fail("invalid_currency");
  return plain(amounts(language, code).format(amount));
}

/** With the year only if it is not this one. */
function spokenDate(text: string, clock: Clock): string {
  const { year, month, day } = dateIn(text, clock);
  const isThisYear = year === localTime(clock, clock.now).year;
  return plain(dates(clock.language, isThisYear ? "day" : "year").format(midnightOf(year, month, day)));
}

function spokenTime(text: string, clock: Clock): string {
  // A date without a time has none to speak.
  if (!text.includes(":")) return fail("invalid_date");
  const { hour, minute } = dateIn(isTime(text) ? `2000-01-01T${text.padStart(5, "0")}` : text, clock);
  return plain(dates(clock.language, "time").format(Date.UTC(2000, 0, 1, hour, minute)));
}

function spokenNumber(value: number | bigint, { language }: Clock): string {
  return plain(numbers(language).format(value));
}

/** What a voice reads as "third", by language and plural category; `3.` elsewhere. */
const ORDINALS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: { one: "#st", two: "#nd", few: "#rd", other: "#th" },
  es: { other: "#.º" },
  fr: { one: "#er", other: "#e" },
  it: { other: "#º" },
  ja: { other: "第#" },
  nl: { other: "#e" },
  pt: { other: "#º" },
  sv: { one: "#:a", other: "#:e" },
  zh: { other: "第#" },
};

function ordinal(value: bigint, { language }: Clock): string {
  const rules = ordinalRules(language);
  const forms = ORDINALS[rules.resolvedOptions().locale.slice(0, 2)] ?? {};
  const form = forms[rules.select(Number(value))] ?? forms.other ?? "#.";
  return form.replace("#", String(value));
}

/** The form for a number itself, else for its category in the language; `{n}` in it is the number. */
function plural(value: number | bigint, forms: Readonly<Record<string, unknown>>, clock: Clock): string {
  const category = pluralRules(clock.language).select(Number(value));
  const form = forms[String(value)] ?? forms[category] ?? forms.other;
  if (!string(form)) return fail("no_plural_form");
  const spoken = spokenNumber(value, clock);
  requireSize(form.length + form.split("{n}").length * spoken.length);
  return form.replaceAll("{n}", spoken);
}

/** The operations whose value depends on the call's language, by their names in an `Expr`. */
export const SPOKEN: Readonly<Record<string, readonly Overload[]>> = {
  money: [timed([number, string], (clock, amount, currency) => money(amount, currency, clock))],
  spokenDate: [timed([string], (clock, text) => spokenDate(text, clock))],
  spokenTime: [timed([string], (clock, text) => spokenTime(text, clock))],
  spokenNumber: [timed([number], (clock, value) => spokenNumber(value, clock))],
  ordinal: [timed([int], (clock, value) => ordinal(value, clock))],
  plural: [
    timed([number, map], (clock, value, forms) => plural(value, forms, clock)),
    timed([number, string, string], (clock, value, one, other) => plural(value, { one, other }, clock)),
  ],
};
