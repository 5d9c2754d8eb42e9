/** What a caller entered at sensitive steps: used in tests and replays, but never shown. */
import type { RequestEntry } from "../state.ts";

/** What was entered at a sensitive step: keys, words, or a text message. */
export function enteredAt({ turn, params }: RequestEntry): string | undefined {
  if (!turn?.secret) return undefined;
  return params.Digits || params.SpeechResult || params.Body || undefined;
}

/** All that was entered at sensitive steps of a call. */
export function secretsOf(requests: readonly RequestEntry[]): string[] {
  return requests.flatMap((entry) => enteredAt(entry) ?? []);
}

/** A line of a transcript, without what was entered at a sensitive step. */
export function maskedLine(line: string, secrets: readonly string[], mask: string): string {
  const [, doing = "", entered = ""] = /^((?: *at .*: )?> (?:press|presses|say): )(.*)$/.exec(line) ?? [];
  // A finishing key follows what the step received.
  return secrets.some((secret) => entered.startsWith(secret)) ? doing + mask : line;
}
