/** The spoken side of a gather: phrases, hints, and the ops that match them. */
import type { Op } from "../../program/program.ts";
import { normalise } from "../../program/speech.ts";
import type { Compiler } from "../compiler.ts";
import { variantsOf } from "../prompt.ts";
import type { Phrase, Text } from "../schema.ts";
import type { Gather, KeyedChoice } from "./gather-body.ts";

/** TwiML Gather: at most 500 hints of 100 characters each. */
const MOST_HINTS = 500;
const HINT_LENGTH = 100;

function phrasesOf(choice: KeyedChoice["choice"]): Phrase[] {
  if (choice.speech === undefined) return [];
  return Array.isArray(choice.speech) ? choice.speech : [choice.speech];
}

/** Every phrase of a text, in all its languages, or in one. */
export function textsOf(text: Phrase, tag?: string): string[] {
  const variants = variantsOf(text);
  if (typeof text === "string") return [text];
  if (!variants) return [];
  return tag === undefined ? Object.values(variants) : variants[tag] === undefined ? [] : [variants[tag]];
}

/** The ops that pick a choice by what was said. */
export function speechOps(choices: KeyedChoice[], take: (choice: KeyedChoice) => Op[]): Op[] {
  const spoken = choices.filter(({ choice }) => choice.speech !== undefined);
  if (spoken.length === 0) return [];
  const phrases = spoken.flatMap(({ choice }, index) =>
    phrasesOf(choice)
      .flatMap((phrase) => textsOf(phrase))
      .map((phrase): [string, number] => [normalise(phrase), index]),
  );
  return [{ op: "match", on: { param: "SpeechResult" }, phrases, cases: spoken.map(take) }];
}

/** The `hints` of a gather: the author's own, then the choices' phrases; by language where they differ. */
export function hintsOf(body: Gather, choices: KeyedChoice[], to: Compiler): string | undefined {
  const texts: Phrase[] = [
    ...(body.hints === undefined ? [] : [body.hints]),
    ...choices.flatMap(({ choice }) => phrasesOf(choice)),
  ];
  const tags = new Set(texts.flatMap((text) => Object.keys(variantsOf(text) ?? {})));
  if (tags.size === 0) return to.text(joined(texts));
  const variants: Text = Object.fromEntries([...tags].map((tag) => [tag, joined(texts, tag) ?? ""]));
  return to.text(variants);
}

function joined(texts: Phrase[], tag?: string): string | undefined {
  const words = texts.flatMap((text) => textsOf(text, tag)).flatMap(hintsIn);
  return words.length === 0 ? undefined : words.slice(0, MOST_HINTS).join(", ");
}

// A comma ends a hint; one inside a hole is the expression's own.
function hintsIn(text: string): string[] {
  if (text.includes("{{")) return [text];
  return text.split(",").map((hint) => hint.trim().slice(0, HINT_LENGTH));
}
