/** A text message to the flow, for flows that answer some. */
import { useState } from "preact/hooks";
import type { ConversationLine, State } from "../state.ts";
import { usePage } from "./use-page.ts";

/** The words to send, and above them what was sent and answered. Nothing for a flow that answers no messages. */
export function TextForm({ state: { server, setup, texted } }: { state: State }) {
  const page = usePage();
  const [words, setWords] = useState("");
  const flow = server?.flows.find(({ name }) => name === setup.flow);
  if (flow?.onMessage === undefined) return null;
  const send = (event: Event): void => {
    event.preventDefault();
    if (words.trim() === "") return;
    void page.text(words);
    setWords("");
  };
  return (
    <details class="more texts">
      <summary>Write a text message</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys have to reach it. */}
      <div class="conversation" tabIndex={0} role="log" aria-label="Text messages">
        <ol>
          {(texted?.lines ?? []).map((line) => (
            <Bubble key={line.id} line={line} />
          ))}
        </ol>
      </div>
      <form class="say" onSubmit={send}>
        <input
          aria-label="The text message"
          placeholder="Text message"
          autoComplete="off"
          value={words}
          onInput={({ currentTarget }) => setWords(currentTarget.value)}
        />
        <button type="submit" class="small" disabled={flow.version === undefined}>
          Send
        </button>
      </form>
    </details>
  );
}

const SPEAKERS = { person: "You: ", voice: "The flow: ", recording: "", note: "", problem: "" } as const;

function Bubble({ line: { kind, text } }: { line: ConversationLine }) {
  return (
    <li class={`line is-${kind}`}>
      <span class="unseen">{SPEAKERS[kind]}</span>
      {text}
    </li>
  );
}
