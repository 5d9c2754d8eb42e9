/** What follows a verb with an `action`: the action's document, or the next verb without one. */

import type { Element } from "../twiml/element.ts";
import { requestFor, type TwimlDocument } from "./document.ts";
import type { CallerLeg, Params } from "./leg.ts";
import type { Step } from "./player.ts";
import { send } from "./webhook.ts";

/** Requests the action, if there is one. Its document is not played to a caller who is gone. */
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
