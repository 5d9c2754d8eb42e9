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
import type { Bridged, Callee, Moment, Ringing, Waiting } from "../../leg/moment.ts";
import { isConference } from "../../leg/noun.ts";
import type { Question } from "../state.ts";
import type { Person } from "./person.ts";
import { newSlot, type Slot } from "./slot.ts";

/** What the page's buttons answer while somebody is rung. */
type RingChoice = { status: "busy" | "no-answer" | "failed" } | { picksUp: number } | "hangup";

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
  showQuestion(question: Question | undefined): void;
  waiting(waiting: Waiting | undefined): void;
  /** Somebody picks up: the second phone. */
  pickUp(ringing: Ringing, picksUp: number): CalledHandset;
  /** Whether the person at the called phone hung up. */
  isRefused(): boolean;
  talks(bridged: Bridged): void;
  /** Hides the second phone. */
  hideCallee(): void;
  beep(): void;
  /** Rings in the caller's ear. */
  ringback(): () => void;
}

/** The caller's phone, and its buttons. */
export interface CallerPhone {
  handset: Handset;
  answer<K extends keyof Answers>(question: K, answer: Answers[K]): void;
  /** Ends the wait with a result. */
  decide(result: QueueResult): void;
  /** Starts the next pass of the wait, as if the document had run out. */
  nextPass(): void;
  /** Answers every open question with a hang-up. */
  hangUp(): void;
}

type Slots = { [K in keyof Answers]: Slot<Answers[K]> };

/** How long an empty pass of a wait takes, in seconds: one without music, or one shown instantly. */
const EMPTY_PASS = 10;
/** A pass that took less counts as empty, in milliseconds. */
const UNHEARD = 1000;

/** The state of the caller's phone. */
interface CallerState {
  person: Person;
  desk: CallerDesk;
  slots: Slots;
  isGone: boolean;
  /** The chosen result of the wait, until the carrier asks. */
  decided: QueueResult | undefined;
  /** When the last pass of a wait began, by `performance.now()`. */
  passSince: number;
  /** Ends an empty pass. */
  wake: (() => void) | undefined;
}

/** Makes a caller's phone of a person. */
export function callerPhone(person: Person, desk: CallerDesk): CallerPhone {
  const slots = newSlots();
  const at: CallerState = {
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

function handsetOf(at: CallerState): Handset {
  return {
    hear: (moment) => hear(at, moment),
    gather: (gathering) => at.person.handset.gather(gathering),
    record: (recording) => pose(at, "record", { kind: "record", recording }),
    ring: (ringing) => ring(at, ringing),
    talk: (bridged) => talk(at, bridged),
    wait: (waiting) => wait(at, waiting),
    connect: (connected) => pose(at, "connect", { kind: "connect", connected }),
    pay: (paying) => pose(at, "pay", { kind: "pay", paying }),
    refer: (referring) => pose(at, "refer", { kind: "refer", referring }),
  };
}

async function pose<K extends keyof Answers>(
  at: CallerState,
  kind: K,
  question: Question,
): Promise<Answers[K] | "hangup"> {
  if (at.isGone) return "hangup";
  const answered = at.slots[kind].ask();
  at.desk.showQuestion(question);
  const answer = await answered;
  at.desk.showQuestion(undefined);
  return answer;
}

async function hear(at: CallerState, moment: Moment): Promise<void> {
  if (isPartOfCall(moment)) at.desk.hideCallee();
  // A waiting caller can leave by pressing a key, which does not answer the wait.
  if (moment.kind === "webhook" && "QueueResult" in moment.params) at.desk.waiting(undefined);
  if (moment.kind === "recording" && moment.beep) at.desk.beep();
  await at.person.handset.hear(moment);
  if (moment.kind === "echoing") await pose(at, "echo", { kind: "echo" });
}

async function ring(at: CallerState, ringing: Ringing): Promise<RingAnswer> {
  const silence = at.desk.ringback();
  const since = performance.now();
  const miss = (): void => at.slots.ring.answer({ status: "no-answer" });
  const timer = ringing.callees.every(isRoom) ? undefined : setTimeout(miss, ringing.timeout * 1000);
  const answer = await pose(at, "ring", { kind: "ring", ringing, since });
  clearTimeout(timer);
  silence();
  if (answer === "hangup" || "status" in answer) return answer;
  return { answered: answer.picksUp, handset: at.desk.pickUp(ringing, answer.picksUp) };
}

async function talk(at: CallerState, bridged: Bridged): Promise<TalkAnswer> {
  if (at.desk.isRefused()) return { seconds: 0, by: "callee" };
  const since = performance.now();
  at.desk.talks(bridged);
  const by = await pose(at, "talk", { kind: "talk", bridged, since });
  at.desk.hideCallee();
  const seconds = Math.max(1, Math.round((performance.now() - since) / 1000));
  return { seconds, by: by === "hangup" ? "caller" : by };
}

async function wait(at: CallerState, waiting: Waiting): Promise<WaitAnswer> {
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

function nextPass(at: CallerState): void {
  at.wake?.();
  at.person.interrupt();
}

/** Whether this is a place to meet in, which does not ring. */
function isRoom(callee: Callee): boolean {
  return isConference(callee) || callee.kind === "queue";
}

/** Whether a moment belongs to the caller alone, so that no second phone takes part. */
function isPartOfCall(moment: Moment): boolean {
  if (moment.kind === "webhook") return "DialCallStatus" in moment.params || "QueueResult" in moment.params;
  return ["said", "played", "gathering", "recording", "ringing", "ended"].includes(moment.kind);
}
