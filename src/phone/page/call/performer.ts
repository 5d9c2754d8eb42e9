/** Lets the moments of a call be heard and seen at one of the page's phones. */

import type { Moment, Played, Said } from "../../leg/moment.ts";
import { describe } from "../../script/describe.ts";
import type { Action, Line, Settings, Side } from "../state.ts";
import { fileOf } from "./excerpt.ts";
import { playRecording } from "./recordings.ts";
import { type Sounding, sounding, stillness } from "./sounding.ts";
import { speak } from "./speaker.ts";
import type { Tones } from "./tones.ts";

/** Where a phone's moments go. */
export interface Stage {
  side: Side;
  dispatch(action: Action): void;
  settings(): Settings;
  tones: Tones;
  nextId(): number;
  onWire(moment: Moment): void;
  /** Where a recording can really be played. */
  find(url: string): string;
}

/** TwiML Say: a loop of 0 is cut after so many. */
const MOST_LOOPS = 1000;
const SECONDS_A_KEY = 0.25;
const SECONDS_REJECTED = 1.5;

/** Makes the function that performs a moment; it gives undefined where there is nothing to wait for. */
export function performer(stage: Stage): (moment: Moment) => Sounding | undefined {
  return (moment) => {
    switch (moment.kind) {
      case "said":
        return say(stage, moment);
      case "played":
        return play(stage, moment);
      case "keys":
        note(stage, describe(moment));
        return pressAll(stage, moment.digits);
      case "paused":
        return stage.settings().rate === Number.POSITIVE_INFINITY ? undefined : stillness(moment.seconds);
      case "rejected":
        note(stage, describe(moment));
        return busy(stage);
      case "webhook":
        stage.onWire(moment);
        return undefined;
      case "problem":
        addLine(stage, { kind: "problem", text: describe(moment) });
        return undefined;
      case "beside":
      case "bridged":
      case "connected":
      case "referring":
      case "waiting":
        note(stage, describe(moment));
        return undefined;
      default:
        return undefined;
    }
  };
}

function say(stage: Stage, { text, language, loop }: Said): Sounding | undefined {
  if (text === "") return undefined;
  const id = addLine(stage, { kind: "voice", text, shown: 0, isGoing: true });
  const { isMuted, rate } = stage.settings();
  const show = (shown: number): void => stage.dispatch({ type: "shown", side: stage.side, id, shown });
  // At once, a text that is said for ever would never end.
  const times = rate === Number.POSITIVE_INFINITY ? 1 : loop || MOST_LOOPS;
  return ending(
    stage,
    id,
    repeated(times, () => speak(text, { language, rate, isMuted }, show)),
  );
}

function play(stage: Stage, { url, loop, audio }: Played): Sounding {
  const id = addLine(stage, { kind: "recording", text: audio?.name ?? fileOf(url), url, isGoing: true });
  const { isMuted, rate, fetchesRecordings: isAllowed } = stage.settings();
  if (rate === Number.POSITIVE_INFINITY) return ending(stage, id, stillness(0));
  return ending(stage, id, playRecording(stage.find(url), loop, { isMuted, isAllowed }));
}

function ending(stage: Stage, id: number, heard: Sounding): Sounding {
  const done = heard.done.then(() => stage.dispatch({ type: "heard", side: stage.side, id }));
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

function pressAll({ tones }: Stage, digits: string): Sounding {
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

function busy({ tones }: Stage): Sounding {
  const silence = tones.busy();
  const heard = stillness(SECONDS_REJECTED);
  return { ...heard, done: heard.done.then(silence) };
}

function note(stage: Stage, text: string): void {
  if (text !== "") addLine(stage, { kind: "note", text });
}

function addLine(stage: Stage, line: Pick<Line, "kind" | "text"> & Partial<Line>): number {
  const id = stage.nextId();
  const { side } = stage;
  stage.dispatch({ type: "line", side, line: { id, shown: line.text.length, isGoing: false, ...line } });
  return id;
}
