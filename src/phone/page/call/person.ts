/**
 * A person at a phone on the page: hears, presses keys, says words, and may cut a prompt short. Both phones have one.
 * TwiML Gather: a key or a word during its prompts ends all of them, and is the beginning of the answer.
 */
import type { CalledHandset, GatherAnswer } from "../../leg/handset.ts";
import type { Gathering, Interruption, Moment } from "../../leg/moment.ts";
import type { Ask, PhoneView } from "../state.ts";
import { type Asked, type AskedPhone, newAsked } from "./asked.ts";
import type { Sounding } from "./sounding.ts";

/** What the person's phone can do. */
export interface Equipment extends AskedPhone {
  /** Lets a moment be heard and seen; undefined where there is nothing to wait for. */
  perform(moment: Moment): Sounding | undefined;
  /** What the person did, for the phone's display. */
  note(text: string): void;
  show(view: { hears?: PhoneView["hears"]; ask?: Ask }): void;
  tone(key: string): void;
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

/** How things stand at a phone. */
interface Standing {
  phone: Equipment;
  isGone: boolean;
  /** Keys and words that came before the question, and belong to it. */
  keys: string;
  words: Words | undefined;
  heard: Heard | undefined;
  asked: Asked | undefined;
}

interface Words {
  speech: string;
  confidence?: number;
}

/** What is being heard. */
interface Heard {
  sounding: Sounding;
  interruptedBy: readonly Interruption[];
}

/** A person who has just picked up. */
export function newPerson(phone: Equipment): Person {
  const at: Standing = {
    phone,
    isGone: false,
    keys: "",
    words: undefined,
    heard: undefined,
    asked: undefined,
  };
  return {
    handset: { hear: (moment) => hear(at, moment), gather: (gathering) => gather(at, gathering) },
    press: (key) => press(at, key),
    pauseClock: () => at.asked?.stop(),
    say: (speech, confidence) => say(at, { speech, ...(confidence !== undefined && { confidence }) }),
    skip: () => (at.heard ? at.heard.sounding.stop() : at.asked?.skip()),
    interrupt: () => endAll(at, "silence"),
    hangUp: () => {
      at.isGone = true;
      endAll(at, "hangup");
    },
  };
}

async function hear(at: Standing, moment: Moment): Promise<void> {
  // Whoever is gone hears nothing; what is sent behind it is still seen on the wire.
  if (at.isGone && moment.kind !== "webhook") return;
  const isPrompt = "interruptedBy" in moment;
  const interruptedBy = isPrompt ? moment.interruptedBy : [];
  // What was pressed before a prompt that nothing can cut short is lost, and so is what came while nobody listened.
  if (moment.kind === "webhook" || (isPrompt && interruptedBy.length === 0)) forget(at);
  const isAnswered = at.keys !== "" || at.words !== undefined;
  if (isAnswered && isPrompt) return;
  const sounding = at.phone.perform(moment);
  if (!sounding) return;
  at.heard = { sounding, interruptedBy };
  at.phone.show({ hears: { interruptedBy } });
  await sounding.done;
  at.heard = undefined;
  at.phone.show({});
}

function gather(at: Standing, gathering: Gathering): Promise<GatherAnswer> {
  const { promise, resolve } = Promise.withResolvers<GatherAnswer>();
  at.asked = newAsked(at.phone, gathering, (answer) => {
    at.asked?.stop();
    at.asked = undefined;
    forget(at);
    at.phone.show({});
    const text = told(answer);
    if (text !== "") at.phone.note(text);
    resolve(answer);
  });
  if (at.isGone) at.asked.end("hangup");
  else if (at.words && gathering.input.includes("speech")) at.asked.end(at.words);
  else at.asked.take(at.keys);
  return promise;
}

function press(at: Standing, key: string): void {
  const { phone, asked, heard } = at;
  phone.tone(key);
  asked?.press(key);
  if (asked || !heard) return;
  if (!heard.interruptedBy.includes("key")) return;
  at.keys += key;
  heard.sounding.stop();
}

function say(at: Standing, words: Words): void {
  const { asked, heard } = at;
  asked?.say(words);
  if (asked || !heard?.interruptedBy.includes("speech")) return;
  at.words = words;
  heard.sounding.stop();
}

function endAll(at: Standing, answer: "silence" | "hangup"): void {
  at.heard?.sounding.stop();
  at.asked?.end(answer);
}

function forget(at: Standing): void {
  at.keys = "";
  at.words = undefined;
}

function told(answer: GatherAnswer): string {
  if (answer === "hangup") return "";
  if (answer === "silence") return "says nothing";
  return "digits" in answer ? answer.digits : `“${answer.speech}”`;
}
