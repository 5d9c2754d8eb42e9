/** The phrases of choices, as people say or write them, and the op that picks a choice by them. */
import type { Op, Source } from "../../program/op.ts";
import { normalise } from "../../program/speech.ts";
import { endingOf } from "../language/endings.ts";
import { numberForms } from "../language/numerals.ts";
import type { Phrase, Phrases } from "../language/text-schema.ts";
import { variantsOf } from "../twiml/marked-text.ts";

/** One phrase, a list of them, or a list for each language: as a list of phrases. */
export function phrasesIn(phrases: Phrases | undefined): Phrase[] {
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

/** The forms in which a phrase can be written, by people and by recognisers. */
export function formsOf(text: string, languages: readonly string[]): string[] {
  const phrase = normalise(text);
  return [phrase, ...numberForms(phrase, languages)];
}

/**
 * The op that picks a case by its phrases.
 * @param languages those in which they can be said
 */
export function matchOp(
  on: Source,
  choices: readonly { phrases: readonly Phrase[]; ops: Op[] }[],
  languages: readonly string[],
): Op {
  const phrases = choices.flatMap((choice, index) =>
    choice.phrases
      .flatMap((phrase) => textsOf(phrase))
      .flatMap((text) => formsOf(text, languages))
      .map((phrase): [string, number] => [phrase, index]),
  );
  const ending = endingOf(phrases.map(([phrase]) => phrase));
  return {
    op: "match",
    on,
    phrases,
    ...(ending === undefined ? {} : { ending }),
    cases: choices.map(({ ops }) => ops),
  };
}
