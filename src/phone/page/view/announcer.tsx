/** Announces what is heard to screen readers, a whole line at a time, as soon as it begins. */
import { ringingNow } from "../call/placed.ts";
import type { ConversationLine, State } from "../state.ts";

/** Unseen; what it holds is read aloud when it changes. */
export function Announcer({ state }: { state: State }) {
  const { call } = state;
  const rings = ringingNow(state);
  const caller = call?.caller.lines.at(-1);
  const callee = call?.second?.phone.lines.at(-1);
  return (
    <div class="unseen" role="log" aria-label="What is heard" aria-live="polite">
      <p key={caller?.id}>{spoken(caller)}</p>
      <p key={callee?.id}>{callee && `At the called phone: ${spoken(callee)}`}</p>
      <p>{call?.caller.question?.kind === "ring" && "A phone rings."}</p>
      <p>{rings && `The flow ${rings.flow} calls ${rings.to} from ${rings.from}: the phone rings.`}</p>
      <p>{call?.ended && "The call has ended."}</p>
    </div>
  );
}

function spoken(line: ConversationLine | undefined): string {
  if (!line) return "";
  if (line.kind === "recording") return `A recording: ${line.text}`;
  return line.kind === "person" ? `You: ${line.text}` : line.text;
}
