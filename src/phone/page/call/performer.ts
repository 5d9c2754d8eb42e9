/** Plays and shows the moments of a call at one of the page's phones. */

import type { Moment, Played, Said } from "../../leg/moment.ts";
import { describe } from "../../script/describe.ts";
import type { Action, ConversationLine, Settings, Side } from "../state.ts";
import { fileOf } from "./excerpt.ts";
import { playRecording } from "./recordings.ts";
import { type Sounding, sounding, stillness } from "./sounding.ts";
import { speak } from "./speaker.ts";
import type { Tones } from "./tones.ts";

/** The outputs of a phone. */
interface PhoneOutput {
  side: Side;
  dispatch(action: Action): void;
  settings(): Settings;
  tones: Tones;
  nextId(): number;
  onRequest(moment: Moment): void;
  /** The URL that plays a recording. */
  find(url: string): string;
}

/** TwiML Say: a loop of 0 is cut after so many. */
const MOST_LOOPS = 1000;
const SECONDS_A_KEY = 0.25;
const SECONDS_REJECTED = 1.5;

/** Makes the function that performs a moment; it returns undefined if there is nothing to wait for. */
export function performer(output: PhoneOutput): (moment: Moment) => Sounding | undefined {
  return (moment) => {
    switch (moment.kind) {
      case "said":
        return say(output, moment);
      case "played":
        return play(output, moment);
      case "keys":
        note(output, describe(moment));
        return pressAll(output, moment.digits);
      case "paused":
        return output.settings().rate === Number.POSITIVE_INFINITY ? undefined : stillness(moment.seconds);
      case "rejected":
        note(output, describe(moment));
        return busy(output);
      case "webhook":
        output.onRequest(moment);
        return undefined;
      case "problem":
        addLine(output, { kind: "problem", text: describe(moment) });
        return undefined;
      case "background":
      case "bridged":
      case "connected":
      case "referring":
      case "waiting":
        note(output, describe(moment));
        return undefined;
      default:
        return undefined;
    }
  };
}

function say(output: PhoneOutput, { text, language, loop }: Said): Sounding | undefined {
  if (text === "") return undefined;
  const id = addLine(output, { kind: "voice", text, shown: 0, isGoing: true });
  const { isMuted, rate } = output.settings();
  const show = (shown: number): void => output.dispatch({ type: "shown", side: output.side, id, shown });
  // Shown instantly, an endless text would never end.
  const times = rate === Number.POSITIVE_INFINITY ? 1 : loop || MOST_LOOPS;
  return ending(
    output,
    id,
    repeated(times, () => speak(text, { language, rate, isMuted }, show)),
  );
}

function play(output: PhoneOutput, { url, loop, audio }: Played): Sounding {
  const id = addLine(output, { kind: "recording", text: audio?.name ?? fileOf(url), url, isGoing: true });
  const { isMuted, rate, fetchesRecordings: isAllowed } = output.settings();
  if (rate === Number.POSITIVE_INFINITY) return ending(output, id, stillness(0));
  return ending(output, id, playRecording(output.find(url), loop, { isMuted, isAllowed }));
}

function ending(output: PhoneOutput, id: number, heard: Sounding): Sounding {
  const done = heard.done.then(() => output.dispatch({ type: "heard", side: output.side, id }));
  return { ...heard, done };
}

/** One after the other, until it is stopped. */
function repeated(times: number, begin: () => Sounding): Sounding {
  return sounding((end) => {
    let now: Sounding | undefined;
    let isOver = false;
    const run = async (): Promise<void> => {
      for (let time = 0; time < times && !isOver; time++) {
        now = begin();
        await now.done;
      }
      end();
    };
    void run();
    return () => {
      isOver = true;
      now?.stop();
    };
  });
}

function pressAll({ tones }: PhoneOutput, digits: string): Sounding {
  return sounding((end) => {
    const timers = [...digits].map((key, index) =>
      setTimeout(() => tones.key(key), index * SECONDS_A_KEY * 1000),
    );
    timers.push(setTimeout(end, digits.length * SECONDS_A_KEY * 1000));
    return () => {
      for (const timer of timers) clearTimeout(timer);
    };
  });
}

function busy({ tones }: PhoneOutput): Sounding {
  const silence = tones.busy();
  const heard = stillness(SECONDS_REJECTED);
  return { ...heard, done: heard.done.then(silence) };
}

function note(output: PhoneOutput, text: string): void {
  if (text !== "") addLine(output, { kind: "note", text });
}

function addLine(
  output: PhoneOutput,
  line: Pick<ConversationLine, "kind" | "text"> & Partial<ConversationLine>,
): number {
  const id = output.nextId();
  const { side } = output;
  output.dispatch({ type: "line", side, line: { id, shown: line.text.length, isGoing: false, ...line } });
  return id;
}
