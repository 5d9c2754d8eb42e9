/** The answers besides keys: words, silence, or skipping a prompt. */
import { useEffect } from "preact/hooks";
import type { Gathering } from "../../leg/moment.ts";
import type { PhoneView, Question, Side } from "../state.ts";
import { Countdown } from "./countdown.tsx";
import { Icon } from "./icon.tsx";
import { SayForm } from "./say-form.tsx";
import { useDraft } from "./use-draft.ts";
import { usePage } from "./use-page.ts";

/** One line: the expected input, and how to continue. */
export function AnswerBar({ side, phone: { lines, question, hears } }: { side: Side; phone: PhoneView }) {
  const page = usePage();
  const draft = useDraft(lines);
  const isQuestion = question?.kind === "keys";
  // A person who has begun to type is not silent, even if that was before the question.
  const isTyping = isQuestion && draft.words !== "";
  useEffect(() => {
    if (isTyping) page.pauseClock(side);
  }, [isTyping]);
  const canSay = isQuestion
    ? question.gathering.input.includes("speech")
    : (hears?.interruptedBy.includes("speech") ?? false);
  return (
    <div class="answer-bar">
      {isQuestion && <KeysQuestion question={question} onSkip={() => page.skip(side)} />}
      {!isQuestion && hears && (
        <div class="question">
          <span>{hears.interruptedBy.length > 0 ? "You can answer now" : "Listen"}</span>
          <button type="button" class="small" onClick={() => page.skip(side)}>
            <Icon name="skip" />
            Skip
          </button>
        </div>
      )}
      {canSay && (
        <SayForm
          side={side}
          language={isQuestion ? question.gathering.language : document.documentElement.lang}
          draft={draft}
        />
      )}
    </div>
  );
}

function KeysQuestion({
  question,
  onSkip,
}: {
  question: Extract<Question, { kind: "keys" }>;
  onSkip: () => void;
}) {
  const { gathering, keys, since, isCounted } = question;
  return (
    <div class="question">
      <span>
        {keys === "" ? wantedOf(gathering) : <b class="pressed">{keys}</b>}{" "}
        <Countdown key={since} since={since} seconds={gathering.timeout} isCounted={isCounted} />
      </span>
      <button type="button" class="small" onClick={onSkip}>
        <Icon name="skip" />
        {keys === "" ? "Say nothing" : "Done"}
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
  return finishOnKey === "" ? "Press keys" : `Press keys, then ${finishOnKey}`;
}
