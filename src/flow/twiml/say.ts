/** TwiML Say: its words within the limit of its voice, or nothing if they are empty. */

import type { Source } from "../../program/op.ts";
import type { SayPart } from "../language/prompt-schema.ts";
import { isEnv } from "../language/schema.ts";
import { splitText, textExpression } from "../language/text.ts";
import type { Text } from "../language/text-schema.ts";
import type { Element } from "./element.ts";
import { byLanguage, constant, markOne, markText, variantsOf } from "./marked-text.ts";
import { languageOf, type Speech } from "./speech.ts";
import { parseSsml, type SsmlNode } from "./ssml.ts";
import type { Holes } from "./twiml.ts";
import { MOST_CHARACTERS, providerOf } from "./voices.ts";

/** Speaks one text into an element, by language if it has variants. */
export function say(holes: Holes, parent: Element, part: SayPart, speech: Speech): void {
  const variants = variantsOf(part.say);
  if (!variants) {
    sayOne(holes, parent, part, isEnv(part.say) ? part.say : String(part.say), speech);
    return;
  }
  const pick = byLanguage(variants, speech.language, (text, tag) =>
    holes.fragment((fragment) =>
      sayOne(holes, fragment, { ...part, language: part.language ?? tag }, text, speech),
    ),
  );
  parent.addText(holes.mark(pick));
}

type OneText = string | { env: string };

// TwiML Say: an empty one is an error (13520). A text of holes only is left out if they are empty.
function sayOne(holes: Holes, parent: Element, part: SayPart, text: OneText, speech: Speech): void {
  const add = (to: Element): void => addSay(holes, to, part, text, speech);
  addUnlessEmpty(holes, parent, wordless(text), add);
}

/** Adds an element with the text of a source, unless that is empty. */
export function addUnlessEmpty(
  holes: Holes,
  parent: Element,
  source: Source | undefined,
  add: (to: Element) => void,
): void {
  if (source) parent.addText(holes.mark({ pick: source, cases: { "": [] }, else: holes.fragment(add) }));
  else add(parent);
}

/** The source of a text that consists of holes only. */
function wordless(text: OneText): Source | undefined {
  if (typeof text !== "string") return { env: text.env };
  const hasWords = splitText(text).parts.some((part) => "words" in part && part.words.trim() !== "");
  return hasWords ? undefined : { expr: `trim(${textExpression(text)})` };
}

function addSay(holes: Holes, parent: Element, part: SayPart, text: OneText, speech: Speech): void {
  const element = parent.addChild("Say", {
    voice: voiceOf(holes, part.voice ?? speech.voice, part.language, speech),
    language: languageOf(holes, part.language, speech),
    loop: constant(holes, part.loop),
  });
  const limit = mostCharacters(part.voice ?? speech.voice);
  if (typeof text !== "string")
    element.addText(holes.mark({ hole: { env: text.env }, as: "xml", most: limit }));
  // Mask holes first: markup inside an expression belongs to the expression.
  else addSsml(element, parseSsml(markOne(holes, text.trim(), shareOf(text, limit))).nodes);
}

// Twilio drops a text that is too long for its voice (13521): each hole can fill its share of what the words leave.
function shareOf(text: string, limit: number): number {
  const { parts } = splitText(text);
  const words = parts.reduce((sum, part) => sum + ("words" in part ? part.words.length : 0), 0);
  return Math.max(0, Math.floor((limit - words) / parts.filter((part) => "expr" in part).length));
}

/** The most characters that a voice takes: of several voices, or one that is computed, the fewest of any voice. */
function mostCharacters(voice: Text | undefined): number {
  const provider = typeof voice === "string" && !voice.includes("{{") ? providerOf(voice) : undefined;
  return provider ? MOST_CHARACTERS[provider] : Math.min(...Object.values(MOST_CHARACTERS));
}

function voiceOf(
  holes: Holes,
  voice: Text | undefined,
  language: string | undefined,
  speech: Speech,
): string | undefined {
  const variants = variantsOf(voice);
  if (!variants) return markText(holes, voice, speech.language);
  if (language === undefined) return markText(holes, variants, speech.language);
  const one = variants[language] ?? variants[speech.language];
  return one === undefined ? undefined : markOne(holes, one);
}

function addSsml(parent: Element, nodes: readonly SsmlNode[]): void {
  for (const node of nodes) {
    if (typeof node === "string") parent.addText(node);
    else addSsml(parent.addChild(node.tag, Object.fromEntries(node.attributes)), node.children);
  }
}
