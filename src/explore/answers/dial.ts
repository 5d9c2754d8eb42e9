/** `<Dial>`: the outcomes of ringing somebody. */
import { nameOf, nounsOf } from "../../phone/leg/noun.ts";
import { type CalleeStep, type ScriptStep, TALK_SECONDS } from "../../phone/script/scenario.ts";
import type { Element } from "../../phone/twiml/element.ts";
import { CALLER } from "../numbers.ts";
import { numbersOf } from "../sides.ts";
import { type Answer, type Asked, outcome, type Verb } from "./answer.ts";

const CALLEE_SID = `CA${"2".repeat(32)}`;
const TALKED = {
  DialCallStatus: "completed",
  DialBridged: "true",
  DialCallSid: CALLEE_SID,
  DialCallDuration: `${TALK_SECONDS}`,
};
const MISSED = ["no-answer", "busy", "failed"] as const;
const CALLEE = { CallSid: CALLEE_SID, ParentCallSid: `CA${"0".repeat(31)}1`, Direction: "outbound-dial" };

export const dial: Verb = { answers, names, hangUp: { DialCallStatus: "canceled", DialBridged: "false" } };

function names(element: Element): string[] {
  return nounsOf(element).map(({ callee }) => nameOf(callee));
}

function answers(asked: Asked): Answer[] {
  const { element } = asked;
  const nouns = nounsOf(element);
  const [first] = nouns;
  if (!first) return [outcome(element, "nobody to dial", { DialCallStatus: "failed", DialBridged: "false" })];
  const name = nameOf(first.callee);
  if (first.callee.kind === "conference")
    return [outcome(element, "the conference ends", { DialCallStatus: "answered" }, { dial: name })];
  const missed = MISSED.map((status) =>
    outcome(element, status, { DialCallStatus: status, DialBridged: "false" }, { dial: name, status }),
  );
  const { url } = first.attributes;
  if (url === undefined)
    return [outcome(element, "answered", TALKED, { dial: name }), ...timed(asked, { dial: name }), ...missed];
  return [...whispered(asked, url, name), ...missed];
}

/** Conversations of other lengths, if the flow tells them apart. */
function timed({ element, step, told }: Asked, line: { dial: string }): Answer[] {
  return numbersOf(told.of(`param ${step} DialCallDuration`))
    .filter((seconds) => seconds > 0 && seconds !== TALK_SECONDS)
    .map((seconds) => {
      const talked = { ...TALKED, DialCallDuration: `${seconds}` };
      return outcome(element, `answered, for ${seconds} s`, talked, { ...line, seconds });
    });
}

/** Those who are asked before the two are connected, and how that can end. */
function whispered(asked: Asked, url: string, name: string): Answer[] {
  const ends = asked.besides(url, { ...CALLEE, From: CALLER, To: name });
  return ends.flatMap((aside) => {
    const isConnected = aside.by === "";
    const callee = aside.lines.flatMap(calleeLine);
    const status = isConnected ? {} : { status: "declined" as const };
    const line = { dial: name, ...(callee.length > 0 && { callee }), ...status };
    if (!isConnected)
      return { ...outcome(asked.element, "declined", { ...TALKED, DialBridged: "false" }, line), aside };
    const answered = [outcome(asked.element, "answered", TALKED, line), ...timed(asked, line)];
    return answered.map((one) => ({ ...one, aside }));
  });
}

function calleeLine(line: ScriptStep): CalleeStep[] {
  if (line === "silence" || line === "hangup") return [line];
  if (typeof line !== "object") return [];
  if ("press" in line) return [{ presses: line.press }];
  return "say" in line ? [{ says: line.say }] : [];
}
