/** The caller's handset on the page: a person, and all the questions that only a caller is asked. */
import type {
  CalledHandset,
  ConnectAnswer,
  Handset,
  PayAnswer,
  RecordAnswer,
  ReferAnswer,
  TalkAnswer,
} from "../../handset.ts";
import type { Bridged, Moment, Ringing, Waiting } from "../../moment.ts";
import type { QueueResult } from "../../scenario.ts";
import type { Ask } from "../state.ts";
import type { Person } from "./person.ts";
import { newSlot, type Slot } from "./slot.ts";

/** What the page's buttons answer while somebody is rung. */
export type RingChoice = { status: "busy" | "no-answer" | "failed" } | { picksUp: number } | "hangup";

/** The answers that the page's buttons can give, by question. */
export interface Answers {
  record: RecordAnswer;
  ring: RingChoice;
  talk: TalkAnswer["by"];
  connect: ConnectAnswer;
  pay: PayAnswer;
  refer: ReferAnswer;
  echo: "hangup";
}

/** What the caller's phone needs of the page. */
export interface CallerDesk {
  ask(ask: Ask | undefined): void;
  waiting(waiting: Waiting | undefined): void;
  /** Somebody picks up: the second phone. */
  pickUp(ringing: Ringing, picksUp: number): CalledHandset;
  /** Whether the called phone was hung up by the one who holds it. */
  isRefused(): boolean;
  talks(bridged: Bridged): void;
  /** The second phone is put away. */
  putAway(): void;
  beep(): void;
  /** Rings in the caller's ear. */
  ringback(): () => void;
}

/** The caller's phone, and its buttons. */
export interface CallerPhone {
  handset: Handset;
  answer<K extends keyof Answers>(question: K, answer: Answers[K]): void;
  /** What becomes of the wait. */
  decide(result: QueueResult): void;
  /** The wait goes on as if what is heard had run out. */
  nextPass(): void;
  /** Gives up everything that is asked. */
  hangUp(): void;
}

type Slots = { [K in keyof Answers]: Slot<Answers[K]> };

/** So long a pass of a wait lasts in which nothing takes time, in seconds: one without music, or one shown at once. */
const EMPTY_PASS = 10;
/** A pass that took less has not been heard, in milliseconds. */
const UNHEARD = 1000;

/** Makes a caller's phone of a person. */
export function callerPhone(person: Person, desk: CallerDesk): CallerPhone {
  const slots: Slots = {
    record: newSlot(),
    ring: newSlot(),
    talk: newSlot(),
    connect: newSlot(),
    pay: newSlot(),
    refer: newSlot(),
    echo: newSlot(),
  };
  let isGone = false;
  let decided: QueueResult | undefined;
  let passSince = 0;
  let wake: (() => void) | undefined;

  const question = async <K extends keyof Answers>(kind: K, ask: Ask): Promise<Answers[K] | "hangup"> => {
    if (isGone) return "hangup";
    const answered = slots[kind].ask();
    desk.ask(ask);
    const answer = await answered;
    desk.ask(undefined);
    return answer;
  };

  const hear = async (moment: Moment): Promise<void> => {
    if (isPartOfCall(moment)) desk.putAway();
    if (moment.kind === "recording" && moment.beep) desk.beep();
    await person.handset.hear(moment);
    if (moment.kind === "echoing") await question("echo", { kind: "echo" });
  };

  const ring = async (ringing: Ringing) => {
    const silence = desk.ringback();
    const since = performance.now();
    const timer = setTimeout(() => slots.ring.answer({ status: "no-answer" }), ringing.timeout * 1000);
    const answer = await question("ring", { kind: "ring", ringing, since });
    clearTimeout(timer);
    silence();
    if (answer === "hangup" || "status" in answer) return answer;
    return { answered: answer.picksUp, handset: desk.pickUp(ringing, answer.picksUp) };
  };

  const talk = async (bridged: Bridged): Promise<TalkAnswer> => {
    if (desk.isRefused()) return { seconds: 0, by: "callee" };
    const since = performance.now();
    desk.talks(bridged);
    const by = await question("talk", { kind: "talk", bridged, since });
    desk.putAway();
    const seconds = Math.max(1, Math.round((performance.now() - since) / 1000));
    return { seconds, by: by === "hangup" ? "caller" : by };
  };

  const wait = async (waiting: Waiting) => {
    desk.waiting(waiting);
    const isUnheard = waiting.passes > 0 && performance.now() - passSince < UNHEARD;
    if (!isGone && decided === undefined && isUnheard) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, EMPTY_PASS * 1000);
      });
    }
    passSince = performance.now();
    if (!isGone && decided === undefined) return "stay";
    desk.waiting(undefined);
    const result = decided;
    decided = undefined;
    return isGone || result === undefined ? "hangup" : { result };
  };

  const handset: Handset = {
    hear,
    gather: (gathering) => person.handset.gather(gathering),
    record: (recording) => question("record", { kind: "record", recording }),
    ring,
    talk,
    wait,
    connect: (connected) => question("connect", { kind: "connect", connected }),
    pay: (paying) => question("pay", { kind: "pay", paying }),
    refer: (referring) => question("refer", { kind: "refer", referring }),
  };
  const wakeUp = (): void => {
    wake?.();
    person.interrupt();
  };
  return {
    handset,
    answer: (kind, answer) => slots[kind].answer(answer),
    decide: (result) => {
      decided = result;
      wakeUp();
    },
    nextPass: wakeUp,
    hangUp: () => {
      isGone = true;
      for (const slot of Object.values(slots)) slot.answer("hangup");
      person.hangUp();
      wakeUp();
    },
  };
}

/** What only a caller hears who is not connected to anybody: a second phone has no part in it. */
function isPartOfCall(moment: Moment): boolean {
  if (moment.kind === "webhook") return "DialCallStatus" in moment.params || "QueueResult" in moment.params;
  return ["said", "played", "gathering", "recording", "ringing", "ended"].includes(moment.kind);
}
