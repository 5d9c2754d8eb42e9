/**
 * `<Redirect>`: continues with another document; an empty one fetches the current document again. Source: TwiML
 * Redirect.
 */
import { requestFor, type TwimlDocument } from "../leg/document.ts";
import type { Leg } from "../leg/leg.ts";
import type { Step } from "../leg/player.ts";
import { type Element, wordsOf } from "../twiml/element.ts";

/** Plays a `<Redirect>`. */
export function redirect(leg: Leg, element: Element, document: TwimlDocument): Step {
  return { fetch: requestFor(leg, document, wordsOf(element).trim(), element.attributes.method) };
}
