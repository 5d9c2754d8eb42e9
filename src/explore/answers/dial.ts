/** `<Dial>`: the outcomes of ringing somebody. */
import { nameOf, nounsOf } from "../../phone/leg/noun.ts";
import type { Element } from "../../phone/twiml/element.ts";
import { type Answer, type Asked, outcome, type Verb } from "./answer.ts";

const TALK = { DialCallSid: `CA${"2".repeat(32)}`, DialCallDuration: "60" };

export const dial: Verb = { answers, names };

function names(element: Element): string[] {
  return nounsOf(element).map(({ callee }) => nameOf(callee));
}

function answers({ element }: Asked): Answer[] {
  const nouns = nounsOf(element);
  const [first] = nouns;
  if (!first) return [outcome(element, "nobody to dial", { DialCallStatus: "failed", DialBridged: "false" })];
  const name = nameOf(first.callee);
  if (first.callee.kind === "conference")
    return [outcome(element, "the conference ends", { DialCallStatus: "answered" }, { dial: name })];
  const missed = ["no-answer", "busy", "failed"] as const;
  const found = [
    outcome(
      element,
      "answered",
      { DialCallStatus: "completed", DialBridged: "true", ...TALK },
      { dial: name },
    ),
    ...missed.map((status) =>
      outcome(element, status, { DialCallStatus: status, DialBridged: "false" }, { dial: name, status }),
    ),
  ];
  // Somebody can decline only if asked before the two are connected.
  if (nouns.some(({ attributes }) => attributes.url !== undefined))
    found.push(
      outcome(
        element,
        "declined",
        { DialCallStatus: "completed", DialBridged: "false", ...TALK },
        { dial: name, status: "declined" },
      ),
    );
  return found;
}
