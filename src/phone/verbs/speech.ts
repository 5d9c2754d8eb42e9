/**
 * The verbs that are only heard: `<Say>`, `<Play>`, `<Pause>`. Source: TwiML Say, Play, Pause.
 */
import type { TwimlDocument } from "../leg/document.ts";
import { emit, type Leg } from "../leg/leg.ts";
import type { Interruption } from "../leg/moment.ts";
import type { Step, Verbs } from "../leg/player.ts";
import { resolveUrl } from "../leg/webhook.ts";
import { type Element, wordsOf } from "../twiml/element.ts";
import { spokenBy } from "../twiml/spoken-by.ts";

const WORDS_A_SECOND = 2.5;
/** TwiML Say: a loop of 0 is cut after so many. */
const MOST_LOOPS = 1000;

/** Makes the three verbs for a place where `interruptedBy` can cut them short. */
export function promptVerbs(interruptedBy: readonly Interruption[]): Verbs<Leg> {
  return {
    Say: (leg, element) => say(leg, element, interruptedBy),
    Play: (leg, element, document) => playAudio(leg, element, document, interruptedBy),
    Pause: (leg, element) => pause(leg, element, interruptedBy),
  };
}

async function say(leg: Leg, element: Element, interruptedBy: readonly Interruption[]): Promise<Step> {
  const { voice = "", language = "en-US" } = element.attributes;
  const text = spokenBy(element);
  const loop = Number(element.attributes.loop ?? 1);
  const seconds = ((loop || MOST_LOOPS) * text.split(" ").length) / WORDS_A_SECOND;
  await emit(leg, { kind: "said", text, voice, language, loop, seconds, interruptedBy });
  leg.call.line.clock.pass(interruptedBy.length > 0 ? seconds / (loop || MOST_LOOPS) : seconds);
  return "next";
}

async function playAudio(
  leg: Leg,
  element: Element,
  document: TwimlDocument,
  interruptedBy: readonly Interruption[],
): Promise<Step> {
  const { digits, loop = "1" } = element.attributes;
  if (digits !== undefined) {
    await emit(leg, { kind: "keys", digits });
    return "next";
  }
  const url = resolveUrl(wordsOf(element).trim(), document.url);
  const audio = await leg.call.line.audio?.(url);
  await emit(leg, { kind: "played", url, ...(audio && { audio }), loop: Number(loop), interruptedBy });
  // Music without an end ends when somebody takes the call: it counts once, as what can be cut short does.
  const times = interruptedBy.length > 0 ? 1 : Number(loop) || 1;
  leg.call.line.clock.pass(times * (audio?.seconds ?? 0));
  return "next";
}

async function pause(leg: Leg, element: Element, interruptedBy: readonly Interruption[]): Promise<Step> {
  const seconds = Number(element.attributes.length ?? 1);
  await emit(leg, { kind: "paused", seconds, interruptedBy });
  leg.call.line.clock.pass(seconds);
  return "next";
}
