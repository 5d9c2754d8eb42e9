/** Prompts → TwiML: Say, Play and Pause, in their order. */

import { mapValues } from "../language/map-values.ts";
import type { PausePart, PlayPart, Prompt, PromptPart, Prompts, SayPart } from "../language/prompt-schema.ts";
import { isEnv } from "../language/schema.ts";
import type { Text } from "../language/text-schema.ts";
import type { Element } from "./element.ts";
import { constant } from "./marked-text.ts";
import { markUrl, wholeUrl } from "./marked-url.ts";
import { addUnlessEmpty, say } from "./say.ts";
import type { Speech } from "./speech.ts";
import type { Holes } from "./twiml.ts";

/** Speaks a prompt into an element. */
export function speak(holes: Holes, parent: Element, prompt: Prompt, speech: Speech): void {
  for (const part of Array.isArray(prompt) ? prompt : [prompt]) speakPart(holes, parent, part, speech);
}

function speakPart(holes: Holes, parent: Element, part: PromptPart, speech: Speech): void {
  if (typeof part === "string" || isEnv(part)) say(holes, parent, { say: part }, speech);
  else if (isSay(part)) say(holes, parent, part, speech);
  else if (isPlay(part)) play(holes, parent, part, speech);
  else if (isPause(part)) parent.addChild("Pause", { length: constant(holes, part.pause) });
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

function play(holes: Holes, parent: Element, part: PlayPart, speech: Speech): void {
  const { play: what, loop } = part;
  if (isKeys(what)) {
    const keys = { digits: constant(holes, what.digits), loop: constant(holes, loop) };
    addUnlessEmpty(holes, parent, isEnv(what.digits) ? { env: what.digits.env } : undefined, (to) =>
      to.addChild("Play", keys),
    );
    return;
  }
  const address = addressOf(what, speech);
  const add = (to: Element): void =>
    to
      .addChild("Play", { loop: constant(holes, loop) })
      .addText(markUrl(holes, address, speech.language) ?? "");
  addUnlessEmpty(holes, parent, wholeUrl(what), add);
}

/** The URL of a played file. Twilio resolves it against the document's URL. */
function addressOf(what: Text, { audio }: Speech): Text {
  const one = (text: string): string => audio.get(text)?.url ?? text;
  if (isEnv(what)) return what;
  return typeof what === "string" ? one(what) : mapValues(what, one);
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
