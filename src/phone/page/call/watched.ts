/** A scripted call on the page: the script answers, and the page's phones show and sound it, as if a person did it. */
import type { CallInProgress } from "../../carrier.ts";
import type { CalledHandset, GatherAnswer, Handset, Maybe } from "../../leg/handset.ts";
import type { Ended } from "../../leg/moment.ts";
import type { Scenario } from "../../script/scenario.ts";
import { playScenario, type Stage } from "../../script/script.ts";
import type { CallerPhone } from "./caller.ts";
import type { Person } from "./person.ts";

/** What a watched call needs of the page. */
export interface Watching {
  phone: CallerPhone;
  caller: Person;
  callee(): Person | undefined;
  /** Leaves a message, as the page's form does. */
  leaveMessage(message: { seconds: number; words?: string; key?: string }): void;
  showWaiting(waiting: Parameters<Handset["wait"]>[0] | undefined): void;
  /** Moves the call's clock ahead. */
  skip(seconds: number): void;
  /** For an eye to follow. */
  pause(): Promise<void>;
  /** The call does not go as the script says. */
  differs(why: string): void;
}

/** How far a pass of a wait moves the clock, in seconds: nobody watches a minute of it. */
const PASS = 15;

/** A call that never was: a script of text messages alone. */
const NO_CALL: Ended = { kind: "ended", by: "caller", status: "completed", seconds: 0 };

/** Plays a scenario on the page's phones. */
export function watchScenario(
  stage: Stage,
  scenario: Scenario,
  watching: Watching,
  around: (handset: Handset) => Handset,
): CallInProgress {
  let call: CallInProgress | undefined;
  let isGone = false;
  const played = playScenario(
    {
      ...stage,
      around: (scripted) => around(watched(scripted, watching)),
      begun: (begun) => {
        call = begun;
        if (isGone) begun.hangUp();
      },
    },
    // Another name gives the call identifiers of its own.
    { ...scenario, name: crypto.randomUUID() },
  );
  const ended = played.then(async ({ failure }) => {
    if (failure && !isGone) watching.differs(failure.message);
    return (await call?.ended) ?? NO_CALL;
  });
  return {
    sid: "",
    ended,
    hangUp: () => {
      isGone = true;
      call?.hangUp();
    },
    move: (url) => call?.move(url),
  };
}

function watched(scripted: Handset, watching: Watching): Handset {
  const { phone, caller, callee, pause } = watching;
  const { handset } = phone;

  /** Shows a question, gives the script's answer after a while, and returns it unless the page hung up. */
  const shown = async <T>(
    answer: Maybe<T>,
    ask: () => Maybe<unknown>,
    give: (answer: T) => void,
  ): Promise<T | "hangup"> => {
    const scriptedAnswer = await answer;
    const asked = ask();
    await pause();
    give(scriptedAnswer);
    return (await asked) === "hangup" ? "hangup" : scriptedAnswer;
  };

  return {
    hear: async (moment) => {
      // Nobody would end it.
      if (moment.kind !== "echoing") await handset.hear(moment);
      await scripted.hear(moment);
    },
    gather: (gathering) => shown(scripted.gather(gathering), () => handset.gather(gathering), caller.answer),
    record: (recording) =>
      shown(
        scripted.record(recording),
        () => handset.record(recording),
        (answer) =>
          typeof answer === "string" ? phone.answer("record", answer) : watching.leaveMessage(answer),
      ),
    ring: async (ringing) => {
      const answer = await scripted.ring(ringing);
      const asked = handset.ring(ringing);
      await pause();
      if (answer === "hangup") phone.answer("ring", answer);
      else if ("answered" in answer) phone.answer("ring", { picksUp: answer.answered });
      else phone.answer("ring", { status: answer.status === "canceled" ? "failed" : answer.status });
      const rung = await asked;
      if (typeof rung === "string" || typeof answer === "string") return "hangup";
      if (!("answered" in answer) || !("handset" in rung)) return answer;
      return { ...answer, handset: watchedCallee(answer.handset, rung.handset, callee, pause) };
    },
    talk: async (bridged) => {
      const answer = await scripted.talk(bridged);
      const asked = handset.talk(bridged);
      await pause();
      await pause();
      phone.answer("talk", answer.by);
      await asked;
      watching.skip(answer.seconds);
      return answer;
    },
    wait: async (waiting) => {
      watching.showWaiting(waiting);
      const answer = await scripted.wait(waiting);
      if (answer === "stay") {
        if (waiting.passes > 0) watching.skip(PASS);
        return answer;
      }
      await pause();
      watching.showWaiting(undefined);
      return answer;
    },
    connect: (connected) =>
      shown(
        scripted.connect(connected),
        () => handset.connect(connected),
        (one) => phone.answer("connect", one),
      ),
    pay: (paying) =>
      shown(
        scripted.pay(paying),
        () => handset.pay(paying),
        (one) => phone.answer("pay", one),
      ),
    refer: (referring) =>
      shown(
        scripted.refer(referring),
        () => handset.refer(referring),
        (one) => phone.answer("refer", one),
      ),
  };
}

function watchedCallee(
  scripted: CalledHandset,
  shown: CalledHandset,
  person: Watching["callee"],
  pause: Watching["pause"],
): CalledHandset {
  return {
    ...scripted,
    hear: async (moment) => {
      await shown.hear(moment);
      await scripted.hear(moment);
    },
    gather: async (gathering): Promise<GatherAnswer> => {
      const answer = await scripted.gather(gathering);
      const asked = shown.gather(gathering);
      await pause();
      person()?.answer(answer);
      return (await asked) === "hangup" ? "hangup" : answer;
    },
  };
}
