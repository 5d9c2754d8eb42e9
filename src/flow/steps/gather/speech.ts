/** The spoken side of a gather: phrases, hints, and the ops that match them. */
import type { Op, Variable } from "../../../program/program.ts";
import { normalise } from "../../../program/speech.ts";
import type { Compiler } from "../../compile/compiler.ts";
import { endingOf } from "../../language/endings.ts";
import { numberForms } from "../../language/numerals.ts";
import type { Phrase, Phrases } from "../../language/schema.ts";
import { variantsOf } from "../../twiml/prompt.ts";
import { choicesOf, type Gather, type KeyedChoice } from "./body.ts";

/** TwiML Gather: at most 500 hints of 100 characters each. */
export const MOST_HINTS = 500;
export const HINT_LENGTH = 100;

function phrasesOf({ speech }: KeyedChoice["choice"]): Phrase[] {
  return phrasesIn(speech);
}

/** One phrase, a list of them, or a list for each language: as a list of phrases. */
function phrasesIn(phrases: Phrases | undefined): Phrase[] {
  if (phrases === undefined) return [];
  if (typeof phrases === "string") return [phrases];
  if (Array.isArray(phrases)) return phrases;
  return Object.entries(phrases).flatMap(([tag, said]) => [said].flat().map((phrase) => ({ [tag]: phrase })));
}

/** Every phrase of a text, in all its languages or in one. */
export function textsOf(text: Phrase, tag?: string): string[] {
  const variants = variantsOf(text);
  if (typeof text === "string") return [text];
  if (!variants) return [];
  return tag === undefined ? Object.values(variants) : variants[tag] === undefined ? [] : [variants[tag]];
}

/** The forms in which a recogniser can write a phrase. */
export function formsOf(text: string, languages: readonly string[]): string[] {
  const phrase = normalise(text);
  return [phrase, ...numberForms(phrase, languages)];
}

/** The languages in which a gather can be answered. */
export function answeredIn({ language }: Gather, languages: readonly string[]): readonly string[] {
  return language === undefined || language === "multi" ? languages : [language];
}

/** A pattern that only digits match. */
const DIGITS = /^(\\d|\[[\d-]+\]|\(\?:|[\d(){},|?+*])+$/;

/** How a captured answer is read: as digits or a number if the gather wants no other. */
export function answerOf(
  { choices, matches, numDigits }: Gather,
  variable: Pick<Variable, "type"> | undefined,
): "text" | "digits" | "number" {
  if (variable?.type === "int" || variable?.type === "number") return "number";
  if (choices !== undefined) return "text";
  if (matches === undefined) return numDigits === undefined ? "text" : "digits";
  return DIGITS.test(matches) ? "digits" : "text";
}

/** The ops that pick a choice by what was said. */
export function speechOps(
  choices: KeyedChoice[],
  languages: readonly string[],
  take: (choice: KeyedChoice) => Op[],
): Op[] {
  const spoken = choices.filter(({ choice }) => choice.speech !== undefined);
  if (spoken.length === 0) return [];
  const phrases = spoken.flatMap(({ choice }, index) =>
    phrasesOf(choice)
      .flatMap((phrase) => textsOf(phrase))
      .flatMap((text) => formsOf(text, languages))
      .map((phrase): [string, number] => [phrase, index]),
  );
  const ending = endingOf(phrases.map(([phrase]) => phrase));
  return [
    {
      op: "match",
      on: { param: "SpeechResult" },
      phrases,
      ...(ending === undefined ? {} : { ending }),
      cases: spoken.map(take),
    },
  ];
}

/**
 * The words that a gather expects, by language: the hints, then the phrases of the choices. The tag is empty if one
 * list serves every language.
 */
export function expectedIn(body: Gather): Map<string, string[]> {
  const texts: Phrase[] = [
    ...phrasesIn(body.hints),
    ...choicesOf(body).flatMap(({ choice }) => phrasesOf(choice)),
  ];
  const tags = new Set(texts.flatMap((text) => Object.keys(variantsOf(text) ?? {})));
  const all = tags.size === 0 ? [""] : [...tags];
  return new Map(
    all.map((tag) => [tag, texts.flatMap((text) => textsOf(text, tag || undefined)).flatMap(hintsIn)]),
  );
}

// A comma separates hints, except inside a hole.
function hintsIn(text: string): string[] {
  return text.includes("{{") ? [text] : text.split(",").map((hint) => hint.trim());
}

/** The `hints` of a gather, by language if they differ, without those over Twilio's limits. */
export function hintsOf(body: Gather, compiler: Compiler): string | undefined {
  const expected = expectedIn(body);
  const one = expected.get("");
  if (one) return one.length === 0 ? undefined : compiler.text(joined(one));
  return compiler.text(Object.fromEntries([...expected].map(([tag, hints]) => [tag, joined(hints)])));
}

function joined(hints: readonly string[]): string {
  return hints
    .slice(0, MOST_HINTS)
    .map((hint) => (hint.includes("{{") ? hint : hint.slice(0, HINT_LENGTH)))
    .join(", ");
}
