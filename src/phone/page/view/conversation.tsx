/** What is heard, said and done at a phone, as it happens. */
import type { ConversationLine } from "../state.ts";

/** The lines of a phone; the last is always seen. A screen reader hears them from the announcer. */
export function Conversation({ lines }: { lines: readonly ConversationLine[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys have to reach it.
    <div class="conversation" tabIndex={0} role="log" aria-live="off" aria-label="The conversation">
      <ol>
        {lines.map((line) => (
          <Spoken key={line.id} line={line} />
        ))}
      </ol>
    </div>
  );
}

const SPEAKERS = {
  voice: "Heard: ",
  recording: "Recording: ",
  person: "You: ",
  note: "",
  problem: "",
} as const;

function Spoken({ line: { kind, text, shown, isGoing, url } }: { line: ConversationLine }) {
  return (
    <li class={`line is-${kind}${isGoing ? " is-going" : ""}`}>
      <span class="unseen">{SPEAKERS[kind]}</span>
      {kind === "recording" && <span aria-hidden="true">♪ </span>}
      <span title={url}>{text.slice(0, shown)}</span>
      {url?.startsWith("blob:") && (
        // biome-ignore lint/a11y/useMediaCaption: the caller's own message, of a moment ago.
        <audio controls src={url} />
      )}
      {shown < text.length && <span class="to-come">{text.slice(shown)}</span>}
    </li>
  );
}
