/** `<Refer>`: the outcomes of handing a SIP caller over. */
import { type Element, elementsIn, wordsOf } from "../../phone/twiml/element.ts";
import { type Answer, type Asked, outcome, type Verb } from "./answer.ts";

const STATUSES = ["in-progress", "busy", "no-answer", "failed"] as const;

export const refer: Verb = {
  answers,
  names,
  hangUp: { ReferCallStatus: "canceled", ReferSipResponseCode: "202", NotifySipResponseCode: "180" },
};

function names(element: Element): string[] {
  return elementsIn(element).map((sip) => wordsOf(sip).trim());
}

function answers({ element }: Asked): Answer[] {
  return [
    ...STATUSES.map((status) => outcome(element, status, { ReferCallStatus: status }, { refer: status })),
    outcome(element, "untold", { ReferSipResponseCode: "202" }, { refer: "untold" }),
  ];
}
