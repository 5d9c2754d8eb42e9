/** What is heard, as TwiML's elements: Say with the markup in it, Play and Pause. `prompt.ts` writes them. */
import Type from "typebox";
import { DtmfTones, LanguageTag, Loop } from "../language/schema.ts";
import { text } from "./attributes.ts";
import type { Noun } from "./noun.ts";
import { SSML } from "./ssml.ts";

/** An element of speech markup, as it stands in a text, inside another one or not. */
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
    // Some hold themselves: what stands in an element is made when somebody looks.
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

/** The same where keys are awaited: there Twilio plays none (13320). */
export function silentPromptIn(write: (prompt: string) => string): readonly Noun[] {
  const { digits: _, ...attributes } = PLAY.attributes;
  const play = { ...PLAY, attributes, example: write("{ play: https://example.com/jingle.mp3, … }") };
  return promptIn(write).map((noun) => (noun.element === PLAY.element ? play : noun));
}
