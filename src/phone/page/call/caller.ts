/** The caller's handset on the page: a person, and all the questions that only a caller is asked. */
import type {
  CalledHandset,
  ConnectAnswer,
  Handset,
  PayAnswer,
  QueueResult,
  RecordAnswer,
  ReferAnswer,
  RingAnswer,
  TalkAnswer,
  WaitAnswer,
} from "../../leg/handset.ts";
import type { Bridged, Moment, Ringing, Waiting } from "../../leg/moment.ts";
import { isConference } from "../../leg/noun.ts";
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

/** How things stand at the caller's phone. */
interface Standing {
  person: Person;
  desk: CallerDesk;
  slots: Slots;
  isGone: boolean;
  /** What has become of the wait, until it is asked for. */
  decided: QueueResult | undefined;
  /** When the last pass of a wait began, by `performance.now()`. */
  passSince: number;
  /** Ends an empty pass. */
  wake: (() => void) | undefined;
}

/** Makes a caller's phone of a person. */
export function callerPhone(person: Person, desk: CallerDesk): CallerPhone {
  const slots = newSlots();
  const at: Standing = {
    person,
    desk,
    slots,
    isGone: false,
    decided: undefined,
    passSince: 0,
    wake: undefined,
  };
  return {
    handset: handsetOf(at),
    answer: (kind, answer) => slots[kind].answer(answer),
    decide: (result) => {
      at.decided = result;
      nextPass(at);
    },
    nextPass: () => nextPass(at),
    hangUp: () => {
      at.isGone = true;
      for (const slot of Object.values(slots)) slot.answer("hangup");
      person.hangUp();
      nextPass(at);
    },
  };
}

function newSlots(): Slots {
  return {
    record: newSlot(),
    ring: newSlot(),
    talk: newSlot(),
    connect: newSlot(),
    pay: newSlot(),
    refer: newSlot(),
    echo: newSlot(),
  };
}

function handsetOf(at: Standing): Handset {
  return {
    hear: (moment) => hear(at, moment),
    gather: (gathering) => at.person.handset.gather(gathering),
    record: (recording) => question(at, "record", { kind: "record", recording }),
    ring: (ringing) => ring(at, ringing),
    talk: (bridged) => talk(at, bridged),
    wait: (waiting) => wait(at, waiting),
    connect: (connected) => question(at, "connect", { kind: "connect", connected }),
    pay: (paying) => question(at, "pay", { kind: "pay", paying }),
    refer: (referring) => question(at, "refer", { kind: "refer", referring }),
  };
}

async function question<K extends keyof Answers>(
  at: Standing,
  kind: K,
  ask: Ask,
): Promise<Answers[K] | "hangup"> {
  if (at.isGone) return "hangup";
  const answered = at.slots[kind].ask();
  at.desk.ask(ask);
  const answer = await answered;
  at.desk.ask(undefined);
  return answer;
}

async function hear(at: Standing, moment: Moment): Promise<void> {
  if (isPartOfCall(moment)) at.desk.putAway();
  // Who waits can leave by a key, which is no answer to the wait.
  if (moment.kind === "webhook" && "QueueResult" in moment.params) at.desk.waiting(undefined);
  if (moment.kind === "recording" && moment.beep) at.desk.beep();
  await at.person.handset.hear(moment);
  if (moment.kind === "echoing") await question(at, "echo", { kind: "echo" });
}

async function ring(at: Standing, ringing: Ringing): Promise<RingAnswer> {
  const silence = at.desk.ringback();
  const since = performance.now();
  const miss = (): void => at.slots.ring.answer({ status: "no-answer" });
  const timer = ringing.callees.every(isConference) ? undefined : setTimeout(miss, ringing.timeout * 1000);
  const answer = await question(at, "ring", { kind: "ring", ringing, since });
  clearTimeout(timer);
  silence();
  if (answer === "hangup" || "status" in answer) return answer;
  return { answered: answer.picksUp, handset: at.desk.pickUp(ringing, answer.picksUp) };
}

async function talk(at: Standing, bridged: Bridged): Promise<TalkAnswer> {
  if (at.desk.isRefused()) return { seconds: 0, by: "callee" };
  const since = performance.now();
  at.desk.talks(bridged);
  const by = await question(at, "talk", { kind: "talk", bridged, since });
  at.desk.putAway();
  const seconds = Math.max(1, Math.round((performance.now() - since) / 1000));
  return { seconds, by: by === "hangup" ? "caller" : by };
}

async function wait(at: Standing, waiting: Waiting): Promise<WaitAnswer> {
  at.desk.waiting(waiting);
  const isUnheard = waiting.passes > 0 && performance.now() - at.passSince < UNHEARD;
  if (!at.isGone && at.decided === undefined && isUnheard) {
    await new Promise<void>((resolve) => {
      at.wake = resolve;
      setTimeout(resolve, EMPTY_PASS * 1000);
    });
  }
  at.passSince = performance.now();
  const { isGone, decided } = at;
  if (!isGone && decided === undefined) return "stay";
  at.desk.waiting(undefined);
  at.decided = undefined;
  return isGone || decided === undefined ? "hangup" : { result: decided };
}

function nextPass(at: Standing): void {
  at.wake?.();
  at.person.interrupt();
}

/** What only a caller hears who is not connected to anybody: a second phone has no part in it. */
function isPartOfCall(moment: Moment): boolean {
  if (moment.kind === "webhook") return "DialCallStatus" in moment.params || "QueueResult" in moment.params;
  return ["said", "played", "gathering", "recording", "ringing", "ended"].includes(moment.kind);
}
