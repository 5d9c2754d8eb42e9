/** The keys that a prompt names: all that are mentioned, and those that callers are asked to press. */

import { ARTICLES, digitOf, digitsInside } from "./digit-words.ts";
import {
  AROUND_KEY,
  COUNTED,
  POUND,
  PRESS_BEFORE,
  PRESS_ENDING,
  PRESSED_AFTER,
  STAR,
} from "./press-words.ts";
import { maskHoles } from "./text.ts";

/** A key in a prompt's text. */
export interface SpokenKey {
  key: string;
  /** Its offset in the text, and that of its end. */
  at: number;
  end: number;
}

interface Token {
  word: string;
  at: number;
}

// A Chinese numeral is a word of its own after "press"; elsewhere it can be a part of any word.
const TOKEN =
  /\p{Nd}+|(?<=[按拨撥])[零一二三四五六七八九]|(?:[\p{L}\p{M}'’](?<![按拨撥][零一二三四五六七八九]))+|[^\s\uE000]/gu;

/** The words, numbers and signs of a text, without markup and holes. */
function tokensOf(text: string): Token[] {
  const words = maskHoles(text).replaceAll(/<[^>]*>/g, (tag) => " ".repeat(tag.length));
  return [...words.matchAll(TOKEN)].map(({ 0: word, index }) => ({
    word: inAscii(word.toLowerCase()),
    at: index,
  }));
}

/** Digits of the scripts in use as ASCII. */
function inAscii(word: string): string {
  return /^[!-~]*$/.test(word) ? word : asciiDigits(word);
}

function asciiDigits(word: string): string {
  return word.replaceAll(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]/g, (digit) => {
    const code = digit.charCodeAt(0);
    return String(code >= 0x966 && code <= 0x96f ? code - 0x966 : code & 15);
  });
}

function keyOf(written: string, language: string): string | undefined {
  // French and Italian join the article: "l'étoile".
  const word = written.replace(/^l['’]/, "");
  if (/^\d+$/.test(word)) return word;
  if (word === "*" || STAR.has(word)) return "*";
  if (word === "#" || POUND.has(word)) return "#";
  return digitOf(word, language) ?? CJK[word];
}

const CJK: Readonly<Record<string, string>> = {
  零: "0",
  一: "1",
  二: "2",
  三: "3",
  四: "4",
  五: "5",
  六: "6",
  七: "7",
  八: "8",
  九: "9",
};

/** A text in a language, as words. */
interface Said {
  tokens: readonly Token[];
  language: string;
}

/** Every key that a text mentions, for whatever reason; an article that also means 1 is not one. */
export function keysNamed(text: string, language: string): Set<string> {
  const said = { tokens: tokensOf(text), language };
  const named = said.tokens.flatMap(({ word }, index) =>
    isArticle(said, index) ? [] : (keyOf(word, language) ?? []),
  );
  return new Set([...named, ...digitsInside(text, language)]);
}

/** The keys that callers are asked to press. */
export function keysAsked(text: string, language: string): SpokenKey[] {
  const said = { tokens: tokensOf(text), language };
  return said.tokens.flatMap((token, index) => {
    const key = keyOf(token.word, language);
    if (key === undefined || COUNTED.has(said.tokens[index + 1]?.word ?? "")) return [];
    if (isArticle(said, index) || isInRow(said, index) || !isAsked(said, index)) return [];
    return [{ key, at: token.at, end: token.at + token.word.length }];
  });
}

/** Whether it is an article before a noun, and not the digit 1 before what it is for. */
function isArticle({ tokens }: Said, index: number): boolean {
  const next = tokens[index + 1]?.word;
  if (!ARTICLES.has(tokens[index]?.word ?? "") || next === undefined) return false;
  return /^\p{L}/u.test(next) && !PURPOSE.has(next) && !PRESSED_AFTER.test(next);
}

/** Whether it is one of several digits in a row, such as those of a phone number. */
function isInRow({ tokens, language }: Said, index: number): boolean {
  const around = [tokens[index - 1]?.word, tokens[index + 1]?.word];
  return around.some((word) => word !== undefined && keyOf(word, language) !== undefined);
}

/** Whether a press word is before a key, with nothing between them that is about something else. */
function isAsked({ tokens, language }: Said, index: number): boolean {
  const [next = "", afterNext = ""] = tokens.slice(index + 1, index + 3).map(({ word }) => word);
  // Turkish joins endings to a number by an apostrophe; Japanese puts a key in brackets.
  if (PRESSED_AFTER.test(/^['’」』]/.test(next) ? afterNext : next)) return true;
  for (let at = index - 1; at >= 0 && index - at <= 6; at--) {
    const word = tokens[at]?.word ?? "";
    if (PRESS_BEFORE.has(word) || PRESS_ENDING.test(word)) return true;
    // "Press 1 or 2", "press 1, 2 or 3".
    const isList = word === "," && keyOf(tokens[at - 1]?.word ?? "", language) !== undefined;
    const isPart =
      isList ||
      AROUND_KEY.has(word) ||
      /^["'“”„«»]$/.test(word) ||
      LINKS.has(word) ||
      keyOf(word, language) !== undefined;
    if (!isPart) return false;
  }
  return false;
}

/** What can come after the key 1, in the languages in which it is also an article. */
const PURPOSE: ReadonlySet<string> = new Set(
  (
    "pour si ou et puis para se ou e o per voor om als of en dan för om eller och for hvis eller og " +
    "ha hogy vagy için για αν ή để nếu hoặc cho per para"
  ).split(" "),
);
const LINKS: ReadonlySet<string> = new Set([
  ...["or", "o", "ou", "oder", "of", "eller", "lub", "или", "nebo", "alebo", "sau", "vagy", "tai", "або"],
  ...["veya", "hoặc", "atau", "ή", "أو", "או", "या"],
]);
