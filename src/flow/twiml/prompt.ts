/** Prompts → TwiML: Say, Play and Pause, with their holes, their voices and a variant for each language. */

import type { Part, Source } from "../../program/program.ts";
import { escapeXml } from "../../program/template.ts";
import type { ServedAudio } from "../language/audio.ts";
import { mapValues } from "../language/map-values.ts";
import {
  type Env,
  isEnv,
  type PausePart,
  type PlayPart,
  type Prompt,
  type PromptPart,
  type Prompts,
  type SayPart,
  type Spoken,
  type Text,
} from "../language/schema.ts";
import { splitText, textExpression, wholeHole } from "../language/text.ts";
import { parseSsml, type SsmlNode } from "./ssml.ts";
import { attributesOf, type Element, type Holes } from "./twiml.ts";
import { MOST_CHARACTERS, providerOf } from "./voices.ts";

/** The defaults for prompts. */
export interface Speech {
  /** The flow's voice; it can differ by language. */
  voice: Text | undefined;
  /** The language tag of a call before anything changes it. */
  language: string;
  /** Whether the author named a language at all; if not, the account's default applies. */
  named: boolean;
  /** Whether a call's language can change: then prompts carry it. */
  multilingual: boolean;
  /** The audio files that the flow plays, by the names that it gives them. */
  audio: ReadonlyMap<string, ServedAudio>;
}

const CALL_LANGUAGE: Source = { language: true };

/** A text's variants by language; undefined if one text serves all. */
export function variantsOf(text: Text | Spoken | undefined): Record<string, string> | undefined {
  return typeof text === "object" && !isEnv(text) ? text : undefined;
}

/** A part that picks among variants by the call's language; the flow's own language serves all others. */
export function byLanguage<T>(
  variants: Record<string, T>,
  language: string,
  build: (value: T, tag: string) => Part[],
): Part {
  const entries = Object.entries(variants).map(([tag, value]): [string, Part[]] => [tag, build(value, tag)]);
  const cases = Object.fromEntries(entries);
  return { pick: CALL_LANGUAGE, cases, else: cases[language] ?? entries[0]?.[1] ?? [] };
}

/** A text for the builder, with marks for its holes. */
export function markText(holes: Holes, text: Text | undefined, language: string): string | undefined {
  if (text === undefined || typeof text === "string")
    return text === undefined ? undefined : markOne(holes, text);
  if (isEnv(text)) return holes.mark({ hole: { env: text.env }, as: "xml" });
  return holes.mark(byLanguage(text, language, (one) => escapedParts(holes, one)));
}

/** A constant as the value of an attribute; an unset environment variable leaves it out. */
function constant<T>(holes: Holes, value: T | Env): T | string {
  return isEnv(value) ? holes.mark({ hole: { env: value.env }, as: "xml" }) : value;
}

/** A text with marks for its holes, each of which is cut to `most` characters. */
export function markOne(holes: Holes, text: string, most?: number): string {
  const cut = most === undefined ? {} : { most };
  return splitText(text)
    .parts.map((part) =>
      "words" in part ? part.words : holes.mark({ hole: { expr: part.expr }, as: "xml", ...cut }),
    )
    .join("");
}

// Inside a pick the builder no longer escapes: the words are written as XML here.
function escapedParts(holes: Holes, text: string): Part[] {
  const { parts } = splitText(text);
  const escaped = parts.map((part) =>
    "words" in part ? escapeXml(part.words) : holes.mark({ hole: { expr: part.expr }, as: "xml" }),
  );
  return holes.split(escaped.join(""));
}

/** Speaks a prompt into an element. */
export function speak(holes: Holes, parent: Element, prompt: Prompt, speech: Speech): void {
  for (const part of Array.isArray(prompt) ? prompt : [prompt]) speakPart(holes, parent, part, speech);
}

function speakPart(holes: Holes, parent: Element, part: PromptPart, speech: Speech): void {
  if (typeof part === "string" || isEnv(part)) say(holes, parent, { say: part }, speech);
  else if (isSay(part)) say(holes, parent, part, speech);
  else if (isPlay(part)) play(holes, parent, part, speech);
  else if (isPause(part)) parent.addChild("Pause", attributesOf({ length: constant(holes, part.pause) }));
  else say(holes, parent, { say: part }, speech);
}

/** A prompt that is one text, or one for each language, with nothing that only a voice can say; undefined for all others. */
export function readableText(prompt: Prompt): string | Record<string, string> | undefined {
  const texts = typeof prompt === "string" ? [prompt] : Object.values(variantsIn(prompt) ?? {});
  return texts.length > 0 && texts.every((text) => !text.includes("<"))
    ? (variantsIn(prompt) ?? texts[0])
    : undefined;
}

function variantsIn(prompt: Prompt): Record<string, string> | undefined {
  if (typeof prompt === "string" || Array.isArray(prompt) || isEnv(prompt)) return undefined;
  return isSay(prompt) || isPlay(prompt) || isPause(prompt) ? undefined : prompt;
}

function isSay(part: object): part is SayPart {
  return "say" in part;
}

function isPlay(part: object): part is PlayPart {
  return "play" in part;
}

function isPause(part: object): part is PausePart {
  return "pause" in part;
}

function say(holes: Holes, parent: Element, part: SayPart, speech: Speech): void {
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
function addUnlessEmpty(
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
  const element = parent.addChild(
    "Say",
    attributesOf({
      voice: voiceOf(holes, part.voice ?? speech.voice, part.language, speech),
      language: languageOf(holes, part.language, speech),
      loop: constant(holes, part.loop),
    }),
  );
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

/** The `language` attribute of Say and Gather: the one named here, otherwise the call's own. */
export function languageOf(holes: Holes, language: string | undefined, speech: Speech): string | undefined {
  if (language !== undefined) return language;
  if (speech.multilingual) return holes.mark({ hole: CALL_LANGUAGE, as: "xml" });
  return speech.named ? speech.language : undefined;
}

function addSsml(parent: Element, nodes: readonly SsmlNode[]): void {
  for (const node of nodes) {
    if (typeof node === "string") parent.addText(node);
    else addSsml(parent.addChild(node.tag, Object.fromEntries(node.attributes)), node.children);
  }
}

function play(holes: Holes, parent: Element, part: PlayPart, speech: Speech): void {
  const { play: what, loop } = part;
  if (isKeys(what)) {
    const keys = attributesOf({ digits: constant(holes, what.digits), loop: constant(holes, loop) });
    addUnlessEmpty(holes, parent, isEnv(what.digits) ? { env: what.digits.env } : undefined, (to) =>
      to.addChild("Play", keys),
    );
    return;
  }
  const address = addressOf(what, speech);
  const add = (to: Element): void =>
    to
      .addChild("Play", attributesOf({ loop: constant(holes, loop) }))
      .addText(markUrl(holes, address, speech.language) ?? "");
  addUnlessEmpty(holes, parent, wholeUrl(what), add);
}

/** The URL of a played file. Twilio resolves it against the document's URL. */
function addressOf(what: Text, { audio }: Speech): Text {
  const one = (text: string): string => audio.get(text)?.url ?? text;
  if (isEnv(what)) return what;
  return typeof what === "string" ? one(what) : mapValues(what, one);
}

/** The source of a whole URL, which can be empty: an environment variable, or Twilio's media. */
export function wholeUrl(url: Text): Source | undefined {
  if (isEnv(url)) return { env: url.env };
  const hole = typeof url === "string" ? wholeHole(url) : undefined;
  return hole && { expr: addressIn(hole.expr) };
}

/** The expression for the URL of a picture that came with a text message. */
export const PICTURE = "message.media";

/**
 * The URL of a recording or picture; the rules let no other expression be a whole URL. Twilio has no password for the
 * recording's own URL, and fetches it at some time in the call.
 */
function addressIn(expr: string): string {
  const recording = /^vars\.\w+/.exec(expr)?.[0];
  return recording === undefined ? expr : `link(${recording}, "1d")`;
}

type Tones = Exclude<PlayPart["play"], Text>;

function isKeys(what: PlayPart["play"]): what is Tones {
  return typeof what === "object" && "digits" in what;
}

/** Whether any part of a prompt plays keys as tones. */
export function playsKeys(prompt: Prompt | Prompts | undefined): boolean {
  if (Array.isArray(prompt)) return prompt.some((part) => playsKeys(part));
  return typeof prompt === "object" && isPlay(prompt) && isKeys(prompt.play);
}

/** A URL for the builder: holes in its path and query are encoded. */
export function markUrl(holes: Holes, url: Text | undefined, language: string): string | undefined {
  if (url === undefined) return undefined;
  if (isEnv(url)) return holes.mark({ hole: { env: url.env }, as: "xml" });
  if (typeof url === "string") return markUrlOne(holes, url);
  return holes.mark(byLanguage(url, language, (one) => holes.split(escapeXml(markUrlOne(holes, one)))));
}

/** The URL of a request: not XML, so its text is not escaped. */
export function addressParts(holes: Holes, url: string | { env: string; path?: string }): Part[] {
  if (typeof url === "string") return holes.split(markUrlOne(holes, url));
  // What the variable holds is a constant: nothing in it is encoded.
  const base: Part = { hole: { env: url.env }, as: "none" };
  return url.path === undefined ? [base] : [base, ...holes.split(markUrlOne(holes, url.path))];
}

function markUrlOne(holes: Holes, url: string): string {
  const hole = wholeHole(url);
  if (hole) return holes.mark({ hole: { expr: addressIn(hole.expr) }, as: "xml" });
  return splitText(url)
    .parts.map((part) =>
      "words" in part ? part.words : holes.mark({ hole: { expr: part.expr }, as: "url" }),
    )
    .join("");
}
