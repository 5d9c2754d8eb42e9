/** Numbers as callers say them and as recognisers write them, in digits. */
import { lazyPattern } from "./lazy-pattern.ts";
import { normalise, withoutEnd } from "./speech.ts";

/**
 * What spoken numbers mean, by normalised words: digits (`forty seven`: `47`), how often the next ones count (`double`:
 * `x2`), or nothing (`number`, `please`).
 */
export type Numerals = Readonly<Record<string, string>>;

/** The most words of a numeral: quatre-vingt-dix-sept. */
export const MOST_WORDS = 4;

/**
 * The digits that were said: `4 7 1 1`, `47-11`, `4,711`, `forty-seven eleven` and `four double seven` as well.
 * @returns undefined if anything else was said
 */
export function digitsHeard(said: string, numerals: Numerals): string | undefined {
  const words = normalise(said).split(" ");
  let digits = "";
  let times = 1;
  for (let at = 0; at < words.length; ) {
    const [meaning, length] = numeralAt(words, at, numerals);
    if (meaning === undefined) return undefined;
    at += length;
    if (meaning.startsWith("x")) times = Number(meaning.slice(1));
    else if (meaning !== "") {
      digits += meaning.repeat(times);
      times = 1;
    }
  }
  return digits === "" ? undefined : digits;
}

const emoji = lazyPattern(String.raw`^[\p{ExtPict}\p{RI}]`, "u");

/** The meaning of the longest numeral at a place, and how many words it has. */
function numeralAt(words: readonly string[], at: number, numerals: Numerals): [string | undefined, number] {
  const [word = ""] = words.slice(at);
  if (/^\d+$/.test(word)) return [word, 1];
  // "5 ⭐" is a number, too.
  if (emoji().test(word)) return ["", 1];
  for (let length = MOST_WORDS; length > 0; length--) {
    const name = words.slice(at, at + length).join(" ");
    if (Object.hasOwn(numerals, name)) return [numerals[name], length];
  }
  return [undefined, 1];
}

/** The number that was said, as a text: a decimal or negative one only in digits. Undefined if it is none. */
export function numberHeard(said: string, numerals: Numerals): string | undefined {
  const text = withoutEnd(said).trim();
  if (/^-?\d+(\.\d+)?$/.test(text)) return text;
  // `12,5` is a decimal in most languages, and `4,711` is not.
  return /\d[.,]\d{1,2}(?!\d)/.test(text) ? undefined : digitsHeard(text, numerals);
}
