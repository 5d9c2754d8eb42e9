/** What follows a verb that tells an `action` how it went: the action's document, or the next verb without one. */

import type { Element } from "../twiml/element.ts";
import { requestFor, type TwimlDocument } from "./document.ts";
import type { CallerLeg, Params } from "./leg.ts";
import type { Step } from "./player.ts";
import { send } from "./webhook.ts";

/** Asks the action, where there is one. What it answers to a caller who is gone is not played. */
export async function followAction(
  leg: CallerLeg,
  element: Element,
  document: TwimlDocument,
  params: Params,
): Promise<Step> {
  const { action, method } = element.attributes;
  if (action === undefined) return leg.call.gone ? { end: "gone" } : "next";
  const request = requestFor(leg, document, action, method, params);
  if (!leg.call.gone) return { fetch: request };
  await send(leg, request);
  return { end: "gone" };
}
