/** A handset whose part in the call is written down. */
import type { CalledHandset, GatherAnswer, Handset, RecordAnswer, RingAnswer } from "../../leg/handset.ts";
import type { Ringing } from "../../leg/moment.ts";
import { nameOf } from "../../leg/noun.ts";
import { type Tape, tapeCallee, tapeCalleeKeys, tapeDial, tapeMoment, tapeStep, tapeWait } from "./tape.ts";

/** The same handset; what it hears and answers goes onto the tape. */
export function taped(handset: Handset, tape: Tape): Handset {
  return {
    hear: (moment) => {
      tapeMoment(tape, moment);
      return handset.hear(moment);
    },
    gather: async (gathering) => noteGather(tape, await handset.gather(gathering)),
    record: async (recording) => noteRecord(tape, await handset.record(recording)),
    ring: async (ringing) => noteRing(tape, ringing, await handset.ring(ringing)),
    talk: (bridged) => handset.talk(bridged),
    wait: async (waiting) => {
      const answer = await handset.wait(waiting);
      if (answer === "stay") return answer;
      tape.isWaiting = false;
      if (answer === "hangup") tapeStep(tape, answer);
      else tapeWait(tape, waiting, answer.result);
      return answer;
    },
    connect: async (connected) => {
      const answer = await handset.connect(connected);
      tapeStep(tape, answer === "hangup" ? answer : { connect: answer.fields });
      return answer;
    },
    pay: async (paying) => {
      const answer = await handset.pay(paying);
      tapeStep(tape, answer === "hangup" ? answer : { pay: answer.result });
      return answer;
    },
    refer: async (referring) => {
      const answer = await handset.refer(referring);
      tapeStep(tape, answer === "hangup" ? answer : { refer: answer.status });
      return answer;
    },
  };
}

function noteGather(tape: Tape, answer: GatherAnswer): GatherAnswer {
  // Whoever is asked in a queue and says nothing waits on: a script says so by its `wait`.
  if (answer === "silence" && tape.isWaiting) return answer;
  if (typeof answer === "string") tapeStep(tape, answer);
  else tapeStep(tape, "digits" in answer ? { press: answer.digits } : { say: answer.speech });
  return answer;
}

function noteRecord(tape: Tape, answer: RecordAnswer): RecordAnswer {
  if (typeof answer === "string") {
    tapeStep(tape, answer);
    return answer;
  }
  const { seconds, words } = answer;
  tapeStep(tape, { record: seconds, ...(words !== undefined && { words }) });
  if (answer.hangup) tapeStep(tape, "hangup");
  return answer;
}

function noteRing(tape: Tape, { callees }: Ringing, answer: RingAnswer): RingAnswer {
  if (answer === "hangup") {
    tapeStep(tape, answer);
    return answer;
  }
  const callee = callees["answered" in answer ? answer.answered : 0];
  const dial = callee ? nameOf(callee) : "";
  if ("status" in answer) {
    tapeDial(tape, { dial, callee: [], status: answer.status });
    return answer;
  }
  // Whoever picks up has not taken the call until the two are connected.
  tapeDial(tape, { dial, callee: [], status: "declined" });
  return { ...answer, handset: tapedCallee(answer.handset, tape) };
}

function tapedCallee(handset: CalledHandset, tape: Tape): CalledHandset {
  return {
    hear: (moment) => {
      tapeCallee(tape, moment);
      return handset.hear(moment);
    },
    gather: async (gathering) => {
      const answer = await handset.gather(gathering);
      if (typeof answer === "object" && "digits" in answer) tapeCalleeKeys(tape, answer.digits);
      return answer;
    },
  };
}
