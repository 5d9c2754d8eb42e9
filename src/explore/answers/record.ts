/** `<Record>`: a message, as long as the flow tells apart, or none. */
import type { CallEvent } from "../exploration.ts";
import { numbersOf, RECORDING } from "../sides.ts";
import { type Answer, type Asked, actionOf, type Verb } from "./answer.ts";

const USUAL_SECONDS = 20;

export const record: Verb = { answers, hangUp: { ...aboutMessage(0), Digits: "hangup" } };

function answers({ element, step, told }: Asked): Answer[] {
  const named = numbersOf(told.of(`param ${step} RecordingDuration`));
  const lengths = [...new Set([Math.max(USUAL_SECONDS, ...named.map((one) => one + 1)), ...named])];
  const messages = lengths.filter((one) => one > 0);
  const [usual = USUAL_SECONDS] = messages;
  return [
    ...messages.map((seconds): Answer => ({ event: message(seconds), next: actionOf(element) })),
    { event: SILENCE, next: "next" },
    { event: messageThenGone(usual), next: actionOf(element) },
  ];
}

const SILENCE: CallEvent = { kind: "silence", label: "no message", params: {}, lines: ["silence"] };

function aboutMessage(seconds: number): CallEvent["params"] {
  return { RecordingUrl: RECORDING, RecordingSid: `RE${"0".repeat(32)}`, RecordingDuration: `${seconds}` };
}

function message(seconds: number): CallEvent {
  const lines = [{ record: seconds }];
  return { kind: "outcome", label: `a message of ${seconds} s`, params: aboutMessage(seconds), lines };
}

function messageThenGone(seconds: number): CallEvent {
  const params = { ...aboutMessage(seconds), Digits: "hangup", CallStatus: "completed" };
  const lines = [{ record: seconds, hangup: true }];
  return { kind: "hangup", label: `a message of ${seconds} s, then hangs up`, params, lines };
}
