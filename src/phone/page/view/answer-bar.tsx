/** What somebody at a phone can answer besides keys: words, silence, or nothing yet while a prompt is heard. */
import { useState } from "preact/hooks";
import type { Gathering } from "../../moment.ts";
import { canListen, listen } from "../call/listener.ts";
import type { Ask, PhoneView, Side } from "../state.ts";
import { Countdown } from "./countdown.tsx";
import { Icon } from "./icon.tsx";
import { usePage } from "./use-page.ts";

/** One line: what is wanted now, and how to go on. */
export function AnswerBar({ side, phone: { ask, hears } }: { side: Side; phone: PhoneView }) {
  const page = usePage();
  const isAsked = ask?.kind === "keys";
  const canSay = isAsked
    ? ask.gathering.input.includes("speech")
    : (hears?.interruptedBy.includes("speech") ?? false);
  return (
    <div class="answer-bar">
      {isAsked && <Asked ask={ask} onSkip={() => page.skip(side)} />}
      {!isAsked && hears && (
        <div class="asked">
          <span>{hears.interruptedBy.length > 0 ? "You may answer already" : "Listen"}</span>
          <button type="button" class="small" onClick={() => page.skip(side)}>
            <Icon name="skip" />
            Skip
          </button>
        </div>
      )}
      {canSay && (
        <SayForm side={side} language={isAsked ? ask.gathering.language : document.documentElement.lang} />
      )}
    </div>
  );
}

function Asked({ ask, onSkip }: { ask: Extract<Ask, { kind: "keys" }>; onSkip: () => void }) {
  const { gathering, keys, since, isCounted } = ask;
  return (
    <div class="asked">
      <span>
        {keys === "" ? wantedOf(gathering) : <b class="pressed">{keys}</b>}{" "}
        <Countdown key={since} since={since} seconds={gathering.timeout} isCounted={isCounted} />
      </span>
      <button type="button" class="small" onClick={onSkip}>
        <Icon name="skip" />
        {keys === "" ? "Say nothing" : "That is all"}
      </button>
    </div>
  );
}

function wantedOf({ input, numDigits, finishOnKey }: Gathering): string {
  const keys = keysWanted(numDigits, finishOnKey);
  if (!input.includes("speech")) return keys;
  return input.includes("dtmf") ? `${keys}, or speak` : "Speak";
}

function keysWanted(numDigits: number, finishOnKey: string): string {
  if (numDigits === 1) return "Press a key";
  if (Number.isFinite(numDigits)) return `Press ${numDigits} keys`;
  return finishOnKey === "" ? "Press keys" : `Press keys, ${finishOnKey} ends them`;
}

function SayForm({ side, language }: { side: Side; language: string }) {
  const page = usePage();
  const [words, setWords] = useState("");
  const [isListening, setListening] = useState(false);
  const send = (event: Event): void => {
    event.preventDefault();
    if (words.trim() === "") return;
    page.say(side, words.trim());
    setWords("");
  };
  const speak = async (): Promise<void> => {
    page.pauseClock(side);
    setListening(true);
    const heard = await listen(language);
    setListening(false);
    if (heard) page.say(side, heard.words, heard.confidence);
  };
  return (
    <form class="say" onSubmit={send}>
      <input
        aria-label="What you say"
        placeholder="Say something"
        autoComplete="off"
        value={words}
        onInput={({ currentTarget }) => {
          page.pauseClock(side);
          setWords(currentTarget.value);
        }}
      />
      {canListen() && (
        <button
          type="button"
          class={isListening ? "small is-on" : "small"}
          aria-label={isListening ? "Listening" : "Speak into the microphone"}
          title="Your browser listens. Some browsers ask their maker's service to understand what you say."
          onClick={() => void speak()}
        >
          <Icon name="microphone" />
        </button>
      )}
      <button type="submit" class="small">
        Say it
      </button>
    </form>
  );
}
