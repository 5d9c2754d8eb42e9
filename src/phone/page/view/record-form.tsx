/** A message to be left: spoken into the microphone, or made up. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Recording } from "../../moment.ts";
import { hasMicrophone, type Taping, tape } from "../call/microphone.ts";
import { clockText } from "../text/time.ts";
import { Icon } from "./icon.tsx";
import { usePage, useTick } from "./use-page.ts";

/** Seconds and words, a microphone, or silence. */
export function RecordForm({ recording }: { recording: Recording }) {
  const page = usePage();
  const [seconds, setSeconds] = useState(12);
  const [words, setWords] = useState("");
  const leave = (event: Event): void => {
    event.preventDefault();
    page.leaveMessage({ seconds: Math.max(1, Math.round(seconds)), ...(words !== "" && { words }) });
  };
  return (
    <form class="session" onSubmit={leave}>
      <p>
        Recording a message of up to {clockText(recording.maxLength)}
        {recording.finishOnKey !== "" && ". A key ends it"}
      </p>
      <div class="pair">
        <label>
          Seconds
          <input
            type="number"
            min="1"
            max={recording.maxLength}
            value={seconds}
            onInput={({ currentTarget }) => setSeconds(currentTarget.valueAsNumber)}
          />
        </label>
        <label>
          Words, if you like
          <input value={words} onInput={({ currentTarget }) => setWords(currentTarget.value)} />
        </label>
      </div>
      <div class="choices">
        <button type="submit">Leave it</button>
        <Microphone />
        <button type="button" onClick={() => page.answer("record", "silence")}>
          Say nothing
        </button>
      </div>
    </form>
  );
}

function Microphone() {
  const page = usePage();
  const taping = useRef<Taping | undefined>(undefined);
  const [since, setSince] = useState<number>();
  const [problem, setProblem] = useState("");
  const now = useTick(since !== undefined);
  useEffect(() => () => void taping.current?.stop(), []);
  const begin = async (): Promise<void> => {
    try {
      taping.current = await tape();
      setSince(performance.now());
    } catch {
      setProblem("The microphone cannot be used.");
    }
  };
  const end = async (): Promise<void> => {
    const message = await taping.current?.stop();
    taping.current = undefined;
    if (message) page.leaveMessage(message);
  };
  if (!hasMicrophone()) return null;
  return (
    <>
      <button
        type="button"
        class={since === undefined ? "" : "is-on"}
        onClick={() => void (since === undefined ? begin() : end())}
      >
        <Icon name="microphone" />
        {since === undefined ? "Record" : `Stop at ${clockText((now - since) / 1000)}`}
      </button>
      {problem !== "" && <span role="alert">{problem}</span>}
    </>
  );
}
