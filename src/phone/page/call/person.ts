/**
 * A person at a phone on the page: hears, presses keys, says words, and can interrupt a prompt. Both phones have one.
 * TwiML Gather: a key or a word during its prompts ends all of them, and is the beginning of the answer.
 */
import type { CalledHandset, GatherAnswer } from "../../leg/handset.ts";
import type { Gathering, Interruption, Moment } from "../../leg/moment.ts";
import type { PhoneView, Question } from "../state.ts";
import { type GatherPhone, type OpenGather, openGather } from "./open-gather.ts";
import type { Sounding } from "./sounding.ts";

/** What the person's phone can do. */
interface Equipment extends GatherPhone {
  /** Plays and shows a moment; undefined if there is nothing to wait for. */
  perform(moment: Moment): Sounding | undefined;
  /** What the person did, for the phone's display. */
  note(text: string): void;
  show(view: { hears?: PhoneView["hears"]; question?: Question }): void;
  tone(key: string): void;
}

/** A person, as the page's buttons see one. */
export interface Person {
  handset: CalledHandset;
  press(key: string): void;
  /** The person is typing or speaking: silence no longer counts. */
  pauseClock(): void;
  say(words: string, confidence?: number): void;
  /** Answers the open question. */
  answer(answer: GatherAnswer): void;
  /** Ends a prompt, or a silence, now. */
  skip(): void;
  /** Ends the current prompt or silence, as if it had run out. */
  interrupt(): void;
  hangUp(): void;
}

/** The state of a phone. */
interface PersonState {
  phone: Equipment;
  isGone: boolean;
  /** Keys and words that came before the question and count for it. */
  keys: string;
  words: Words | undefined;
  heard: Heard | undefined;
  gather: OpenGather | undefined;
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
  const at: PersonState = {
    phone,
    isGone: false,
    keys: "",
    words: undefined,
    heard: undefined,
    gather: undefined,
  };
  return {
    handset: { hear: (moment) => hear(at, moment), gather: (gathering) => gather(at, gathering) },
    press: (key) => press(at, key),
    pauseClock: () => at.gather?.stop(),
    say: (speech, confidence) => say(at, { speech, ...(confidence !== undefined && { confidence }) }),
    answer: (answer) => {
      if (typeof answer === "object" && "digits" in answer) for (const key of answer.digits) phone.tone(key);
      at.gather?.end(answer);
    },
    skip: () => (at.heard ? at.heard.sounding.stop() : at.gather?.skip()),
    interrupt: () => endAll(at, "silence"),
    hangUp: () => {
      at.isGone = true;
      endAll(at, "hangup");
    },
  };
}

async function hear(at: PersonState, moment: Moment): Promise<void> {
  // A person who is gone hears nothing, but later webhooks are still shown.
  if (at.isGone && moment.kind !== "webhook") return;
  const isPrompt = "interruptedBy" in moment;
  const interruptedBy = isPrompt ? moment.interruptedBy : [];
  // Input before a prompt that cannot be interrupted is lost, and so is input while nothing was listening.
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

function gather(at: PersonState, gathering: Gathering): Promise<GatherAnswer> {
  const { promise, resolve } = Promise.withResolvers<GatherAnswer>();
  at.gather = openGather(at.phone, gathering, (answer) => {
    at.gather?.stop();
    at.gather = undefined;
    forget(at);
    at.phone.show({});
    const text = textOf(answer);
    if (text !== "") at.phone.note(text);
    resolve(answer);
  });
  if (at.isGone) at.gather.end("hangup");
  else if (at.words && gathering.input.includes("speech")) at.gather.end(at.words);
  else at.gather.take(at.keys);
  return promise;
}

function press(at: PersonState, key: string): void {
  const { phone, gather, heard } = at;
  phone.tone(key);
  gather?.press(key);
  if (gather || !heard) return;
  if (!heard.interruptedBy.includes("key")) return;
  at.keys += key;
  heard.sounding.stop();
}

function say(at: PersonState, words: Words): void {
  const { gather, heard } = at;
  gather?.say(words);
  if (gather || !heard?.interruptedBy.includes("speech")) return;
  at.words = words;
  heard.sounding.stop();
}

function endAll(at: PersonState, answer: "silence" | "hangup"): void {
  at.heard?.sounding.stop();
  at.gather?.end(answer);
}

function forget(at: PersonState): void {
  at.keys = "";
  at.words = undefined;
}

function textOf(answer: GatherAnswer): string {
  if (answer === "hangup") return "";
  if (answer === "silence") return "says nothing";
  return "digits" in answer ? answer.digits : `“${answer.speech}”`;
}
