/**
 * `<Gather>`: prompts that a key or a word can interrupt, then keys or words, then the action. Without input, the next
 * verb is played; the finishing key alone does not count as input. Source: TwiML Gather.
 */
import { requestFor, type TwimlDocument } from "../leg/document.ts";
import type { GatherAnswer } from "../leg/handset.ts";
import { emit, isGone, type Leg, type Params, reportProblems } from "../leg/leg.ts";
import type { Gathering } from "../leg/moment.ts";
import type { Step, Verbs } from "../leg/player.ts";
import { type Element, elementsIn } from "../twiml/element.ts";
import { promptVerbs } from "./speech.ts";

/** Plays a `<Gather>`. */
export async function gather(leg: Leg, element: Element, document: TwimlDocument): Promise<Step> {
  return listen(leg, element, document, elementsIn(element).some(isEndless));
}

/** Plays a `<Gather>` to somebody who waits: a prompt without an end ends when the wait does, and counts once. */
export async function gatherWhileWaiting(leg: Leg, element: Element, document: TwimlDocument): Promise<Step> {
  return listen(leg, element, document, false);
}

function isEndless({ attributes }: Element): boolean {
  return attributes.loop === "0";
}

async function listen(
  leg: Leg,
  element: Element,
  document: TwimlDocument,
  hasEndless: boolean,
): Promise<Step> {
  const gathering = read(element.attributes);
  const verbs = promptsFor(gathering);
  for (const child of elementsIn(element)) {
    await verbs[child.name]?.(leg, child, document);
    if (isGone(leg)) return { end: "gone" };
  }
  await emit(leg, gathering);
  const answer = isGone(leg) ? "hangup" : await leg.handset.gather(gathering);
  leg.call.sinceInput = 0;
  if (answer === "hangup") return { end: "gone" };
  const input = inputOf(gathering, answer);
  if (hasEndless && answer === "silence") return neverEnds(leg);
  const finished = typeof answer === "object" && "digits" in answer && endsAtOnce(gathering, answer.digits);
  if (!input && !finished) leg.call.line.clock.pass(gathering.timeout);
  const { action, method, actionOnEmptyResult } = element.attributes;
  if (!input && actionOnEmptyResult !== "true") return "next";
  const key: Params = finished ? { FinishedOnKey: gathering.finishOnKey } : {};
  return { fetch: requestFor(leg, document, action, method, { ...(input ?? { Digits: "" }), ...key }) };
}

// The timeout begins after the prompts, and this one has no end.
async function neverEnds(leg: Leg): Promise<Step> {
  const message =
    'A prompt with loop="0" repeats until the caller answers, so silence never ends this <Gather>.';
  await reportProblems(leg, [{ element: "Gather", message }]);
  return { end: "problem" };
}

const BY_KEY = promptVerbs(["key"]);
const BY_SPEECH = promptVerbs(["speech"]);
const BY_BOTH = promptVerbs(["key", "speech"]);

function promptsFor({ input }: Gathering): Verbs<Leg> {
  if (!input.includes("speech")) return BY_KEY;
  return input.includes("dtmf") ? BY_BOTH : BY_SPEECH;
}

function read(attributes: Element["attributes"]): Gathering {
  const {
    input = "dtmf",
    timeout = "5",
    numDigits,
    finishOnKey = "#",
    language = "en-US",
    hints = "",
  } = attributes;
  return {
    kind: "gathering",
    input: input.split(" ").filter((way) => way === "dtmf" || way === "speech"),
    timeout: timeout === "auto" ? 5 : Number(timeout),
    numDigits: numDigits === undefined ? Number.POSITIVE_INFINITY : Number(numDigits),
    finishOnKey,
    language,
    hints: hints
      .split(",")
      .map((hint) => hint.trim())
      .filter(Boolean),
  };
}

/** The parameters of the action; undefined if the answer is not input to this gather. */
function inputOf(gathering: Gathering, answer: Exclude<GatherAnswer, "hangup">): Params | undefined {
  if (answer === "silence") return undefined;
  if ("digits" in answer) {
    const digits = gathering.input.includes("dtmf") ? keysTaken(gathering, answer.digits) : "";
    return digits ? { Digits: digits } : undefined;
  }
  if (!gathering.input.includes("speech") || answer.speech === "") return undefined;
  return { SpeechResult: answer.speech, Confidence: `${answer.confidence ?? 0.9}` };
}

/** Whether the finishing key ends the input, before `numDigits` does. */
function endsAtOnce({ input, numDigits, finishOnKey }: Gathering, pressed: string): boolean {
  const finish = finishOnKey === "" ? -1 : pressed.indexOf(finishOnKey);
  return input.includes("dtmf") && finish >= 0 && finish < numDigits;
}

/** The finishing key ends the input and is not part of it; keys past `numDigits` are lost. */
function keysTaken({ numDigits, finishOnKey }: Gathering, pressed: string): string {
  const finish = finishOnKey === "" ? -1 : pressed.indexOf(finishOnKey);
  const keys = finish < 0 ? pressed : pressed.slice(0, finish);
  return keys.slice(0, numDigits);
}
