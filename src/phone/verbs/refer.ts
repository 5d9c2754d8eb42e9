/** `<Refer>`: hands a SIP caller over to another SIP address. Source: TwiML Refer. */

import type { TwimlDocument } from "../leg/document.ts";
import { followAction } from "../leg/follow-action.ts";
import type { ReferAnswer } from "../leg/handset.ts";
import { type CallerLeg, emit, hangUp, type Params, reportProblems } from "../leg/leg.ts";
import type { Referring } from "../leg/moment.ts";
import type { Step } from "../leg/player.ts";
import { type Element, elementsIn, wordsOf } from "../twiml/element.ts";

/** Plays a `<Refer>`. A caller who did not come by SIP is a problem, and the next verb is played. */
export async function refer(leg: CallerLeg, element: Element, document: TwimlDocument): Promise<Step> {
  if (!/^sips?:/.test(leg.standard.From ?? "")) {
    const message = "Only SIP calls can be referred, and this call did not come over SIP.";
    await reportProblems(leg, [{ code: 13801, element: element.name, message }]);
    return "next";
  }
  const [sip] = elementsIn(element);
  const referring: Referring = { kind: "referring", to: sip ? wordsOf(sip).trim() : "" };
  await emit(leg, referring);
  const answer = leg.call.gone ? "hangup" : await leg.handset.refer(referring);
  leg.call.sinceInput = 0;
  if (answer === "hangup") hangUp(leg);
  return followAction(leg, element, document, paramsOf(answer));
}

// TwiML Refer, "action": the answer to the REFER itself, and the last that the other side reported of its new call.
const NOTIFIED: Readonly<Record<string, string>> = { "in-progress": "200", busy: "486", "no-answer": "487" };

function paramsOf(answer: ReferAnswer): Params {
  if (answer === "hangup") {
    return { ReferCallStatus: "canceled", ReferSipResponseCode: "202", NotifySipResponseCode: "180" };
  }
  const { status } = answer;
  if (status === "untold") return { ReferSipResponseCode: "202" };
  const notified = NOTIFIED[status];
  if (notified === undefined) return { ReferCallStatus: status, ReferSipResponseCode: "405" };
  return { ReferCallStatus: status, ReferSipResponseCode: "202", NotifySipResponseCode: notified };
}
