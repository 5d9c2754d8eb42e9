/** A message to leave: spoken into the microphone, or made up. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Recording } from "../../leg/moment.ts";
import { hasMicrophone, type MicrophoneRecording, recordMicrophone } from "../call/microphone.ts";
import { clockText } from "../text/time.ts";
import { Icon } from "./icon.tsx";
import { usePage, useTick } from "./use-page.ts";

/** Seconds and words, a microphone, or silence. A key of the phone ends it as well. */
export function RecordForm({ recording }: { recording: Recording }) {
  const page = usePage();
  const [seconds, setSeconds] = useState(12);
  const [words, setWords] = useState("");
  const microphone = useMicrophone();
  const leave = async (key?: string): Promise<void> => {
    const made = { seconds: Math.max(1, Math.round(seconds || 1)) };
    const message = (await microphone.stop()) ?? made;
    page.leaveMessage({ ...message, ...(words !== "" && { words }), ...(key !== undefined && { key }) });
  };
  useEffect(() => {
    page.onRecordKey((key) => void leave(key));
    return () => page.onRecordKey(undefined);
  });
  const submit = (event: Event): void => {
    event.preventDefault();
    void leave();
  };
  return (
    <form class="session" onSubmit={submit}>
      <p>
        Recording a message of up to {clockText(recording.maxLength)}.
        {recording.finishOnKey !== "" && " Press a key to end it."}
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
          Transcript (optional)
          <input value={words} onInput={({ currentTarget }) => setWords(currentTarget.value)} />
        </label>
      </div>
      <div class="choices">
        <button type="submit">Leave message</button>
        <button type="button" onClick={() => page.answer("record", "silence")}>
          Say nothing
        </button>
        <MicrophoneButton microphone={microphone} leave={() => void leave()} />
      </div>
      {microphone.problem !== "" && <p role="alert">{microphone.problem}</p>}
    </form>
  );
}

interface Microphone {
  /** Since when it records, by `performance.now()`. */
  since: number | undefined;
  problem: string;
  start(): Promise<void>;
  /** The message; undefined if nothing was recorded. */
  stop(): Promise<{ seconds: number; url: string } | undefined>;
}

function useMicrophone(): Microphone {
  const recording = useRef<MicrophoneRecording | undefined>(undefined);
  const [since, setSince] = useState<number>();
  const [problem, setProblem] = useState("");
  const stop: Microphone["stop"] = async () => {
    const { current } = recording;
    recording.current = undefined;
    return current?.stop();
  };
  useEffect(() => () => void stop(), []);
  const start = async (): Promise<void> => {
    try {
      recording.current = await recordMicrophone();
      setSince(performance.now());
    } catch {
      setProblem("The microphone is not available. Enter a made-up message instead.");
    }
  };
  return { since, problem, start, stop };
}

function MicrophoneButton({ microphone, leave }: { microphone: Microphone; leave: () => void }) {
  const { since, start } = microphone;
  const now = useTick(since !== undefined);
  if (!hasMicrophone()) return null;
  return (
    <button type="button" aria-pressed={since !== undefined} onClick={since === undefined ? start : leave}>
      <Icon name="microphone" />
      {since === undefined ? "Speak into the microphone" : `Stop at ${clockText((now - since) / 1000)}`}
    </button>
  );
}
