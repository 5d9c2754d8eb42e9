/**
 * `<Connect>`: hands the caller to a stream, an agent, a room or a conversation until that is over. Source: TwiML
 * Connect.
 */

import { goOn } from "../leg/action.ts";
import { sendCallbacks } from "../leg/callbacks.ts";
import type { TwimlDocument } from "../leg/document.ts";
import { type CallerLeg, hangUp, tell } from "../leg/leg.ts";
import type { Connected } from "../leg/moment.ts";
import type { Step } from "../leg/player.ts";
import { type Element, elementsIn, wordsOf } from "../twiml/element.ts";
import { beginBeside, endBeside } from "./beside.ts";

/** Plays a `<Connect>`. */
export async function connect(leg: CallerLeg, element: Element, document: TwimlDocument): Promise<Step> {
  const [noun] = elementsIn(element);
  if (!noun) return "on";
  const { url, name, connectorName } = noun.attributes;
  const target = url ?? name ?? connectorName ?? wordsOf(noun).trim();
  const connected: Connected = { kind: "connected", noun: noun.name, target };
  const session = beginBeside(leg, noun, document);
  await sendCallbacks(leg.call, leg);
  await tell(leg, connected);
  const answer = leg.call.gone ? "hangup" : await leg.handset.connect(connected);
  leg.call.unasked = 0;
  if (answer === "hangup") hangUp(leg);
  else leg.call.line.clock.pass(answer.seconds);
  endBeside(leg, session);
  return goOn(leg, element, document, answer === "hangup" ? {} : answer.fields);
}
