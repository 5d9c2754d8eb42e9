/** What a webhook was about, in a few words: `menu → billing, key 2`. */
import { BEGINS } from "../contract/drawing.ts";
import type { FlowView } from "../contract/flow.ts";
import type { TurnView } from "../contract/turn.ts";
import { MASK } from "../contract/value.ts";
import { type Answered, exitsOf, outcomeOf } from "./exits.ts";

/** A webhook in a few words; `isFirst` if the call begins with it. */
export function happeningOf(
  entry: Answered & { url: string; isTimeout?: true },
  flows: readonly FlowView[],
  isFirst: boolean,
): string {
  const { turn, params, url } = entry;
  const cause = causeOf(entry);
  if (!turn) return cause === "" ? new URL(url).pathname : cause;
  const path = turn.path.map(stepText);
  const [from = "", ...rest] = path;
  const to = rest.at(-1);
  if (isFirst) return `call begins → ${path.at(-1)}`;
  const reached = path.findLast((name) => name !== "return") ?? from;
  if (entry.isTimeout) return `no text → ${reached}`;
  if (params.MessageSid !== undefined && params.Body !== undefined)
    return `text ${turn.secret ? MASK : `“${shortened(params.Body)}”`} → ${reached}`;
  const what = [cause || exitText(exitsOf(entry, flows)[0]?.label), ...failuresIn(turn)]
    .filter((one) => one !== "")
    .join(", ");
  const where = to === undefined ? `${from}${turn.next === turn.path[0] ? " again" : ""}` : `${from} → ${to}`;
  return what === "" ? where : `${where}, ${what}`;
}

/** The name of a step, or of the beginning of a call's side road. */
export function stepText(step: string): string {
  if (step.endsWith("~hangup")) return BEGINS.hangup;
  if (step.endsWith("~unanswered")) return BEGINS.unanswered;
  if (step.endsWith("~message")) return BEGINS.message;
  return step === "hangup" ? "hang up" : step;
}

const DIALLED: Readonly<Record<string, string>> = {
  completed: "answered",
  answered: "answered",
  busy: "busy",
  "no-answer": "no answer",
  failed: "unreachable",
  canceled: "canceled",
};

/** What the caller, the other end or Twilio did. */
function causeOf({ params, turn }: Answered): string {
  const entered = enteredText(params, turn?.secret === true);
  if (entered !== "") return entered;
  if (params.TranscriptionText !== undefined) return "transcript";
  if (params.RecordingDuration) return `message of ${params.RecordingDuration} s`;
  if (params.DialCallStatus) return DIALLED[params.DialCallStatus] ?? params.DialCallStatus;
  if (params.QueueResult) return params.QueueResult.replaceAll("-", " ");
  if (params.Result) return params.Result.replaceAll("-", " ");
  if (params.ReferCallStatus) return params.ReferCallStatus.replaceAll("-", " ");
  if (params.MessageStatus) return `message ${params.MessageStatus}`;
  if (params.AnsweredBy && !params.Digits) return params.AnsweredBy.replaceAll("_", " ");
  return turn || params.CallStatus !== "completed" ? "" : "the call is over";
}

function enteredText({ Digits = "", SpeechResult = "" }: Answered["params"], isSecret: boolean): string {
  if (Digits === "" && SpeechResult === "") return "";
  if (isSecret) return MASK;
  if (SpeechResult !== "") return `“${shortened(SpeechResult)}”`;
  return Digits.length === 1 ? `key ${Digits}` : `keys ${shortened(Digits)}`;
}

/** How services failed. */
function failuresIn({ serviceRequests = [] }: TurnView): string[] {
  return serviceRequests.map(outcomeOf).filter((outcome) => !/^2\d\d$/.test(outcome));
}

/** The exits that nobody does anything for. */
function exitText(label: string | undefined): string {
  return label === "silence" || label === "otherwise" ? "no input" : "";
}

const MOST = 24;

function shortened(text: string): string {
  return text.length > MOST ? `${text.slice(0, MOST - 1).trimEnd()}…` : text;
}
