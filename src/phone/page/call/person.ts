/**
 * A person at a phone on the page: hears, presses keys, says words, and may cut a prompt short. Both phones have one.
 * TwiML Gather: a key or a word during its prompts ends all of them, and is the beginning of the answer.
 */
import type { CalledHandset, GatherAnswer } from "../../handset.ts";
import type { Gathering, Interruption, Moment } from "../../moment.ts";
import type { Ask, PhoneView } from "../state.ts";
import { isComplete } from "./keys.ts";
import type { Sounding } from "./sounding.ts";

/** What the person's phone can do. */
export interface Equipment {
  /** Lets a moment be heard and seen; undefined where there is nothing to wait for. */
  perform(moment: Moment): Sounding | undefined;
  /** What the person did, for the phone's display. */
  note(text: string, isSecret?: boolean): void;
  show(view: { hears?: PhoneView["hears"]; ask?: Ask }): void;
  tone(key: string): void;
  /** So many seconds were not waited for. */
  skipped(seconds: number): void;
  /** Whether silence is not counted. */
  isPatient(): boolean;
}

/** A person, as the page's buttons see one. */
export interface Person {
  handset: CalledHandset;
  press(key: string): void;
  /** Words are being found: silence is over. */
  pauseClock(): void;
  say(words: string, confidence?: number): void;
  /** Ends a prompt, or a silence, now. */
  skip(): void;
  /** Ends whatever goes on, as if it had run out. */
  interrupt(): void;
  hangUp(): void;
}

/** A person who has just picked up. */
export function newPerson(phone: Equipment): Person {
  let isGone = false;
  let keys = "";
  let words: { speech: string; confidence?: number } | undefined;
  let heard: { kind: Moment["kind"]; sounding: Sounding; interruptedBy: readonly Interruption[] } | undefined;
  let asked: Asked | undefined;

  const forget = (): void => {
    keys = "";
    words = undefined;
  };

  const hear = async (moment: Moment): Promise<void> => {
    if (isGone) return;
    const interruptedBy = "interruptedBy" in moment ? moment.interruptedBy : [];
    const isPrompt = moment.kind === "said" || moment.kind === "played";
    // What was pressed before a prompt that nothing can cut short is lost, and so is what came while nobody listened.
    if (moment.kind === "webhook" || (isPrompt && interruptedBy.length === 0)) forget();
    const isAnswered = keys !== "" || words !== undefined;
    if (isAnswered && (isPrompt || moment.kind === "paused")) return;
    const sounding = phone.perform(moment);
    if (!sounding) return;
    heard = { kind: moment.kind, sounding, interruptedBy };
    phone.show({ hears: { interruptedBy } });
    await sounding.done;
    heard = undefined;
    phone.show({});
  };

  const gather = (gathering: Gathering): Promise<GatherAnswer> => {
    const { promise, resolve } = Promise.withResolvers<GatherAnswer>();
    const finish = (answer: GatherAnswer): void => {
      asked?.stop();
      asked = undefined;
      forget();
      phone.show({});
      const silent = typeof answer === "object" ? told(answer) : answer === "silence" ? "says nothing" : "";
      if (silent !== "") phone.note(silent);
      resolve(answer);
    };
    asked = newAsked(phone, gathering, finish);
    if (isGone) finish("hangup");
    else if (words && gathering.input.includes("speech")) finish(words);
    else asked.take(keys);
    return promise;
  };

  return {
    handset: { hear, gather },
    press: (key) => {
      phone.tone(key);
      if (asked) return asked.press(key);
      const cuts = heard?.interruptedBy.includes("key");
      // A pause does not say whether it stands among the prompts of a gather: what follows it does.
      if (cuts || heard?.kind === "paused") keys += key;
      if (cuts) heard?.sounding.stop();
    },
    pauseClock: () => asked?.stop(),
    say: (speech, confidence) => {
      const answer = { speech, ...(confidence !== undefined && { confidence }) };
      if (asked) return asked.say(answer);
      if (!heard?.interruptedBy.includes("speech")) return;
      words = answer;
      heard.sounding.stop();
    },
    skip: () => (heard ? heard.sounding.stop() : asked?.skip()),
    interrupt: () => {
      heard?.sounding.stop();
      asked?.end("silence");
    },
    hangUp: () => {
      isGone = true;
      heard?.sounding.stop();
      asked?.end("hangup");
    },
  };
}

function told(answer: { digits: string } | { speech: string }): string {
  return "digits" in answer ? answer.digits : `“${answer.speech}”`;
}

/** A question for keys or words that is open. */
interface Asked {
  press(key: string): void;
  /** Keys that were pressed before; none begins the silence. */
  take(keys: string): void;
  say(answer: { speech: string; confidence?: number }): void;
  skip(): void;
  end(answer: GatherAnswer): void;
  /** Silence is no longer counted. */
  stop(): void;
}

function newAsked(phone: Equipment, gathering: Gathering, finish: (answer: GatherAnswer) => void): Asked {
  let keys = "";
  let since = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const runOut = (): void => finish(keys === "" ? "silence" : { digits: keys });
  const count = (): void => {
    clearTimeout(timer);
    since = performance.now();
    if (!phone.isPatient()) timer = setTimeout(runOut, gathering.timeout * 1000);
    phone.show({ ask: { kind: "keys", gathering, keys, since, isCounted: !phone.isPatient() } });
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
      phone.show({ ask: { kind: "keys", gathering, keys, since, isCounted: false } });
    },
  };
}
