/** A text conversation with the flow, for flows that answer text messages. */
import { useState } from "preact/hooks";
import { conversationOf } from "../call/save-test.ts";
import type { ConversationLine, State, Texted } from "../state.ts";
import { localOf } from "../text/time.ts";
import { SaveTestForm } from "./save-test-form.tsx";
import { usePage } from "./use-page.ts";

/** The words to send, and above them what was sent and answered. Nothing for a flow that answers no messages. */
export function TextForm({ state: { server, setup, texted, savedTest } }: { state: State }) {
  const page = usePage();
  const [words, setWords] = useState("");
  const [picture, setPicture] = useState("");
  const flow = server?.flows.find(({ name }) => name === setup.flow);
  if (flow?.onMessage === undefined) return null;
  const send = (event: Event): void => {
    event.preventDefault();
    if (words.trim() === "" && picture.trim() === "") return;
    void page.text(words, picture.trim());
    setWords("");
    setPicture("");
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
      {texted?.waits && <Waits waits={texted.waits} timezone={texted.setup.timezone} />}
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
      <details class="attached" open={picture !== ""}>
        <summary>Attach a picture</summary>
        <input
          aria-label="The URL of the picture"
          placeholder="https://example.com/photo.jpg"
          value={picture}
          onInput={({ currentTarget }) => setPicture(currentTarget.value)}
        />
      </details>
      {texted && texted.script.length > 0 && (
        <SaveTestForm
          key={`${texted.begun} ${texted.requests.length}`}
          call={conversationOf(texted)}
          what="conversation"
          save={page.saveTexts}
          savedTest={savedTest}
        />
      )}
    </details>
  );
}

/** What the flow waits for, and the ways not to wait. */
function Waits({
  waits: { step, until },
  timezone,
}: {
  waits: NonNullable<Texted["waits"]>;
  timezone: string;
}) {
  const page = usePage();
  return (
    <div class="waits">
      <p>
        <code>{step}</code> waits for a text message
        {until !== undefined && ` until ${localOf(timezone, until).slice(0, 16).replace("T", " ")}`}
      </p>
      {until !== undefined && (
        <button type="button" class="small" onClick={() => void page.passTime()}>
          Let the time pass
        </button>
      )}
      <button type="button" class="text" onClick={page.renewTexts}>
        New conversation
      </button>
    </div>
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
