/**
 * `<Connect>`: hands the caller to a stream, an agent, a room or a conversation until that is over. Source: TwiML
 * Connect.
 */

import { sendCallbacks } from "../leg/callbacks.ts";
import type { TwimlDocument } from "../leg/document.ts";
import { followAction } from "../leg/follow-action.ts";
import { type CallerLeg, emit, hangUp } from "../leg/leg.ts";
import type { Connected } from "../leg/moment.ts";
import type { Step } from "../leg/player.ts";
import { type Element, elementsIn, wordsOf } from "../twiml/element.ts";
import { beginSession, endSession } from "./start-stop.ts";

/** Plays a `<Connect>`. */
export async function connect(leg: CallerLeg, element: Element, document: TwimlDocument): Promise<Step> {
  const [noun] = elementsIn(element);
  if (!noun) return "next";
  const { url, name, connectorName } = noun.attributes;
  const target = url ?? name ?? connectorName ?? wordsOf(noun).trim();
  const connected: Connected = { kind: "connected", noun: noun.name, target };
  const session = beginSession(leg, noun, document);
  await sendCallbacks(leg.call, leg);
  await emit(leg, connected);
  const answer = leg.call.gone ? "hangup" : await leg.handset.connect(connected);
  leg.call.sinceInput = 0;
  if (answer === "hangup") hangUp(leg);
  else leg.call.line.clock.pass(answer.seconds);
  endSession(leg, session);
  return followAction(leg, element, document, answer === "hangup" ? {} : answer.fields);
}
