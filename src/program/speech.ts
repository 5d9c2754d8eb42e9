/** What a caller said, in the form in which Ringflow compares it: with phrases and with cases. */
import { lazyPattern } from "./lazy-pattern.ts";

// Emoji, and scripts without spaces between words: each character, or flag, counts as a word.
const unspaced = lazyPattern(
  String.raw`[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]\p{M}*|\p{ExtPict}|\p{RI}{2}`,
  "gu",
);
// Accents, Hebrew points, Arabic vowel signs and hamza above or below a letter, marks that cannot be seen, and what an emoji can have:
// a skin tone, a variation selector, and the frame of a digit.
const SIGNS =
  /[\u{1f3fb}-\u{1f3ff}\ufe0e\ufe0f\u20e3\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u00ad\u200e\u200f]/gu;
const LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  ة: "ه",
  ى: "ي",
};
const ARTICLES = "(?:l|d|dell|nell|all|dall|sull|coll|quell|quest|un)";
const elided = lazyPattern(String.raw`(?<![\p{L}\p{N}])${ARTICLES}['\u2018\u2019\u02bc](?=\p{L})`, "gu");
const ELIDED_ASCII = new RegExp(`(?<![a-z\\d])${ARTICLES}'(?=[a-z])`, "g");
// The article, alone or after a conjunction or preposition. Repeated: a word can begin with the same letters.
const arabicArticle = lazyPattern(String.raw`(?<!\p{L})(?:(?:[وفبك]?ال|لل)(?=\p{L}{3}))+`, "gu");
const unspoken = lazyPattern(String.raw`(?:[^\p{L}\p{M}\p{N}\p{ExtPict}\p{RI}]|[©®])+`, "gu");

/**
 * A text in the form that is compared: lower case, single spaces, without accents, vowel signs, skin tones, punctuation and
 * elided or Arabic articles.
 */
export function normalise(text: string): string {
  return isAscii(text) ? normalisedAscii(text.toLowerCase()) : normalised(text);
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}

/** The same of a text without accents and emoji: V8 takes some 10 ms to compile the patterns that know those. */
function normalisedAscii(lower: string): string {
  return lower
    .replace(ELIDED_ASCII, "")
    .replace(/[^a-z\d]+/g, " ")
    .trim();
}

function normalised(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(SIGNS, "")
    .replace(/[ßæœøłةى]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .replace(elided(), "")
    .replace(arabicArticle(), "")
    .replace(unspaced(), " $& ")
    .replace(unspoken(), " ")
    .trim()
    .normalize("NFC");
}

// A normalised phrase has only letters, marks, digits, emoji and spaces: none of them means anything in a pattern.
function holds(spoken: string, phrase: string, ending: string | undefined): boolean {
  if (ending === undefined) return spoken.includes(` ${phrase} `);
  return new RegExp(` ${phrase.replaceAll(" ", `(?:${ending})? ?`)}(?:${ending})? `).test(spoken);
}

/**
 * Picks the case of a spoken answer: the exact phrase, else the longest phrase that it contains as whole words. A tie
 * between two cases picks neither. All numbers count as equally long, between a lone character and a word: "4 out of 10"
 * is a tie, "10 ❤" is not.
 * @param phrases normalised phrases with the index of their case
 * @param ending a pattern for what each word of a phrase can end in; then the spaces between them can be missing, too
 * @returns the case's index, or undefined
 */
export function matchSpeech(
  said: string,
  phrases: readonly (readonly [string, number])[],
  ending?: string,
): number | undefined {
  // Most callers press keys.
  if (said === "") return undefined;
  const spoken = ` ${normalise(said)} `;
  let best: number | undefined;
  let length = 0;
  for (const [phrase, index] of phrases) {
    const own = /^\d+$/.test(phrase) ? 1.5 : phrase.length;
    // A phrase without a letter, digit or emoji cannot be said.
    if (phrase === "" || own < length || !holds(spoken, phrase, ending)) continue;
    best = own === length && best !== index ? undefined : index;
    length = own;
  }
  return best;
}

/** A spoken text without the punctuation that a recogniser puts around it. */
export function withoutEnd(said: string): string {
  return said.replace(/^[\s¿¡]+|[\s.,;:!?…。、！？，،؟।]+$/gu, "");
}

/** Whether two texts are the same but for case and final punctuation. */
export function isSame(one: string, other: string): boolean {
  return withoutEnd(one).toLowerCase() === withoutEnd(other).toLowerCase();
}
