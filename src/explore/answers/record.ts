/** `<Record>`: a message, as long as the flow tells apart, or none. */
import type { CallEvent } from "../exploration.ts";
import { type Answer, type Asked, actionOf, type Verb } from "./answer.ts";

const USUAL_SECONDS = 20;
const RECORDING = "https://api.twilio.com/2010-04-01/Accounts/AC/Recordings/RE";

export const record: Verb = { answers };

function answers({ element, step, told }: Asked): Answer[] {
  const named = told.of(`param ${step} RecordingDuration`).flatMap(({ side }) => {
    if ("boundary" in side) return [side.boundary - 1, side.boundary, side.boundary + 1];
    return "value" in side ? [Number(side.value)] : [];
  });
  const lengths = [...new Set([Math.max(USUAL_SECONDS, ...named.map((one) => one + 1)), ...named])];
  const messages = lengths.filter((one) => Number.isInteger(one) && one > 0);
  return [
    ...messages.map((seconds): Answer => ({ event: message(seconds), next: actionOf(element) })),
    { event: { kind: "silence", label: "no message", params: {}, lines: ["silence"] }, next: "next" },
  ];
}

function message(seconds: number): CallEvent {
  const params = {
    RecordingUrl: RECORDING,
    RecordingSid: `RE${"0".repeat(32)}`,
    RecordingDuration: `${seconds}`,
  };
  return { kind: "outcome", label: `a message of ${seconds} s`, params, lines: [{ record: seconds }] };
}
