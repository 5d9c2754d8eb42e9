/** An open gather, from the end of its prompts to its answer. */
import type { GatherAnswer } from "../../leg/handset.ts";
import type { Gathering } from "../../leg/moment.ts";
import type { Question } from "../state.ts";
import { isComplete } from "./keys.ts";

/** The part of a phone that a gather needs. */
export interface GatherPhone {
  show(view: { question?: Question }): void;
  /** That many seconds were skipped. */
  skipped(seconds: number): void;
  /** Whether silence is not counted. */
  isPatient(): boolean;
}

/** A gather that waits for keys or words. */
export interface OpenGather {
  press(key: string): void;
  /** Takes keys that were pressed earlier, and starts counting silence. */
  take(keys: string): void;
  say(answer: { speech: string; confidence?: number }): void;
  skip(): void;
  end(answer: GatherAnswer): void;
  /** Silence is no longer counted. */
  stop(): void;
}

/** Opens a question; its silence is counted once `take` has begun it. `finish` gets the answer. */
export function openGather(
  phone: GatherPhone,
  gathering: Gathering,
  finish: (answer: GatherAnswer) => void,
): OpenGather {
  let keys = "";
  let since = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const runOut = (): void => finish(keys === "" ? "silence" : { digits: keys });
  const count = (): void => {
    clearTimeout(timer);
    since = performance.now();
    if (!phone.isPatient()) timer = setTimeout(runOut, gathering.timeout * 1000);
    phone.show({ question: { kind: "keys", gathering, keys, since, isCounted: !phone.isPatient() } });
  };
  const take = (fresh: string): void => {
    keys += fresh;
    if (isComplete(gathering, keys)) finish({ digits: keys });
    else count();
  };
  return {
    press: (key) => gathering.input.includes("dtmf") && take(key),
    take: (before) => take(gathering.input.includes("dtmf") ? before : ""),
    say: (answer) => gathering.input.includes("speech") && finish(answer),
    skip: () => {
      phone.skipped(gathering.timeout - (performance.now() - since) / 1000);
      runOut();
    },
    end: finish,
    stop: () => {
      clearTimeout(timer);
      phone.show({ question: { kind: "keys", gathering, keys, since, isCounted: false } });
    },
  };
}
