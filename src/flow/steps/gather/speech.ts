/** The spoken side of a gather: phrases, hints, and the ops that match them. */
import type { Op } from "../../../program/op.ts";
import type { Compiler } from "../../compile/compiler.ts";
import type { Phrase } from "../../language/text-schema.ts";
import { variantsOf } from "../../twiml/marked-text.ts";
import { matchOp, phrasesIn, textsOf } from "../phrases.ts";
import { choicesOf, type Gather, type KeyedChoice } from "./body.ts";

/** TwiML Gather: at most 500 hints of 100 characters each. */
export const MOST_HINTS = 500;
/** The most characters of a hint. */
export const HINT_LENGTH = 100;

function phrasesOf({ choice: { speech } }: KeyedChoice): Phrase[] {
  return phrasesIn(speech);
}

/** The languages in which a gather can be answered. */
export function answeredIn({ language }: Gather, languages: readonly string[]): readonly string[] {
  return language === undefined || language === "multi" ? languages : [language];
}

/** The ops that pick a choice by what was said. */
export function speechOps(
  choices: KeyedChoice[],
  languages: readonly string[],
  take: (choice: KeyedChoice) => Op[],
): Op[] {
  const spoken = choices.filter(({ choice }) => choice.speech !== undefined);
  if (spoken.length === 0) return [];
  const cases = spoken.map((one) => ({ phrases: phrasesOf(one), ops: take(one) }));
  return [matchOp({ param: "SpeechResult" }, cases, languages)];
}

/**
 * The words that a gather expects, by language: the hints, then the phrases of the choices. The tag is empty if one
 * list serves every language.
 */
export function expectedIn(body: Gather): Map<string, string[]> {
  const texts: Phrase[] = [...phrasesIn(body.hints), ...choicesOf(body).flatMap(phrasesOf)];
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
