/** The elements of prompts: Say with its SSML, Play and Pause. `prompt.ts` writes them. */
import { DtmfTones, Loop } from "../language/prompt-schema.ts";
import { LanguageTag } from "../language/schema.ts";
import { Type } from "../language/type.ts";
import { text } from "./attributes.ts";
import type { Noun } from "./noun.ts";
import { SSML } from "./ssml.ts";

/** An SSML element inside a text. */
function markup(tag: string, around?: string): Noun {
  const { attributes = {}, holds } = SSML[tag] ?? {};
  const element = holds ? `<${tag} …>words</${tag}>` : `<${tag} …/>`;
  return {
    element: tag,
    example: `say: 'Some ${around === undefined ? element : `<${around}>${element}</${around}>`}.'`,
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([name, { pattern }]) => [
        name,
        Type.String({ pattern: pattern.source }),
      ]),
    ),
    // Some elements can contain themselves, so children are created lazily.
    get children() {
      return (holds ?? []).map((inner) => markup(inner, tag));
    },
  };
}

/** TwiML Say. */
export const SAY: Noun = {
  element: "Say",
  example: "say: { say: Hello., … }",
  attributes: { voice: text, language: LanguageTag, loop: Loop(13510) },
  get children() {
    return Object.keys(SSML).map((tag) => markup(tag));
  },
};
/** TwiML Play. */
export const PLAY: Noun = {
  element: "Play",
  example: "play: { digits: ww12, … }",
  attributes: { digits: DtmfTones, loop: Loop(13410) },
};
/** TwiML Pause. */
export const PAUSE: Noun = { element: "Pause", example: "pause: 2", attributes: {}, own: ["length"] };

/**
 * The elements of a prompt inside another.
 * @param write how authors write a prompt there
 */
export function promptIn(write: (prompt: string) => string): readonly Noun[] {
  return [
    { ...SAY, children: [], example: write("{ say: Hello., … }") },
    { ...PLAY, example: write("{ play: { digits: ww12 }, … }") },
    { ...PAUSE, example: write("{ pause: 2 }") },
  ];
}

/** The same inside a Gather, where Twilio does not play keys (13320). */
export function silentPromptIn(write: (prompt: string) => string): readonly Noun[] {
  const { digits: _, ...attributes } = PLAY.attributes;
  const play = { ...PLAY, attributes, example: write("{ play: https://example.com/jingle.mp3, … }") };
  return promptIn(write).map((noun) => (noun.element === PLAY.element ? play : noun));
}
