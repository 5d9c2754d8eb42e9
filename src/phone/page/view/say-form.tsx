/** Words that a person says: typed, or recognized by the browser. */
import { useRef, useState } from "preact/hooks";
import { recognised } from "../../script/recognised.ts";
import { canListen, listen } from "../call/listener.ts";
import type { Side } from "../state.ts";
import { Icon } from "./icon.tsx";
import { type Draft, useFocusAgain } from "./use-draft.ts";
import { usePage } from "./use-page.ts";

/** A field, a button, and a microphone if the browser recognizes speech. */
export function SayForm({ side, language, draft }: { side: Side; language: string; draft: Draft }) {
  const page = usePage();
  const field = useRef<HTMLInputElement>(null);
  const { words, setWords } = draft;
  useFocusAgain(field, draft);
  const send = (event: Event): void => {
    event.preventDefault();
    if (words.trim() === "") return;
    page.say(side, recognised(words.trim()));
    setWords("");
  };
  return (
    <form class="say" onSubmit={send}>
      <input
        ref={field}
        aria-label="What you say"
        placeholder="Say something"
        autoComplete="off"
        value={words}
        onInput={({ currentTarget }) => setWords(currentTarget.value)}
      />
      {canListen() && <ListenButton side={side} language={language} />}
      <button type="submit" class="small">
        Say it
      </button>
    </form>
  );
}

function ListenButton({ side, language }: { side: Side; language: string }) {
  const page = usePage();
  const [isListening, setListening] = useState(false);
  const speak = async (): Promise<void> => {
    page.pauseClock(side);
    setListening(true);
    const heard = await listen(language);
    setListening(false);
    if (heard) page.say(side, heard.words, heard.confidence);
  };
  return (
    <button
      type="button"
      class={isListening ? "small is-on" : "small"}
      aria-label={isListening ? "Listening" : "Speak into the microphone"}
      title="Uses your browser's speech recognition. Some browsers send the audio to their vendor's service."
      onClick={() => void speak()}
    >
      <Icon name="microphone" />
    </button>
  );
}
