/** A handset whose moments and answers are written into a journal. */
import type { CalledHandset, GatherAnswer, Handset, RecordAnswer, RingAnswer } from "../../leg/handset.ts";
import type { Ringing } from "../../leg/moment.ts";
import { nameOf } from "../../leg/noun.ts";
import {
  type Journal,
  journalCallee,
  journalCalleeAnswer,
  journalDial,
  journalMoment,
  journalStep,
  journalTalk,
  journalWait,
} from "./journal.ts";

/** The same handset; what it hears and answers goes into the journal. */
export function journaled(handset: Handset, journal: Journal): Handset {
  return {
    hear: (moment) => {
      journalMoment(journal, moment);
      return handset.hear(moment);
    },
    gather: async (gathering) => noteGather(journal, await handset.gather(gathering)),
    record: async (recording) => noteRecord(journal, await handset.record(recording)),
    ring: async (ringing) => noteRing(journal, ringing, await handset.ring(ringing)),
    talk: async (bridged) => {
      const answer = await handset.talk(bridged);
      journalTalk(journal, answer.seconds);
      return answer;
    },
    wait: async (waiting) => {
      const answer = await handset.wait(waiting);
      if (answer === "stay") return answer;
      journal.isWaiting = false;
      if (answer === "hangup") journalStep(journal, answer);
      else journalWait(journal, waiting, answer.result);
      return answer;
    },
    connect: async (connected) => {
      const answer = await handset.connect(connected);
      journalStep(journal, answer === "hangup" ? answer : { connect: answer.fields });
      return answer;
    },
    pay: async (paying) => {
      const answer = await handset.pay(paying);
      journalStep(journal, answer === "hangup" ? answer : { pay: answer.result });
      return answer;
    },
    refer: async (referring) => {
      const answer = await handset.refer(referring);
      journalStep(journal, answer === "hangup" ? answer : { refer: answer.status });
      return answer;
    },
  };
}

function noteGather(journal: Journal, answer: GatherAnswer): GatherAnswer {
  // A caller who says nothing in a queue keeps waiting; the script's `wait` covers that.
  if (answer === "silence" && journal.isWaiting) return answer;
  if (typeof answer === "string") journalStep(journal, answer);
  else journalStep(journal, "digits" in answer ? { press: answer.digits } : { say: answer.speech });
  return answer;
}

function noteRecord(journal: Journal, answer: RecordAnswer): RecordAnswer {
  if (typeof answer === "string") {
    journalStep(journal, answer);
    return answer;
  }
  const { seconds, words } = answer;
  journalStep(journal, { record: seconds, ...(words !== undefined && { words }) });
  if (answer.hangup) journalStep(journal, "hangup");
  return answer;
}

function noteRing(journal: Journal, { callees }: Ringing, answer: RingAnswer): RingAnswer {
  if (answer === "hangup") {
    journalStep(journal, answer);
    return answer;
  }
  const callee = callees["answered" in answer ? answer.answered : 0];
  const dial = callee ? nameOf(callee) : "";
  if ("status" in answer) {
    journalDial(journal, { dial, callee: [], status: answer.status });
    return answer;
  }
  // Picking up is not yet accepting: that takes the connection.
  journalDial(journal, { dial, callee: [], status: "declined" });
  return { ...answer, handset: journaledCallee(answer.handset, journal) };
}

function journaledCallee(handset: CalledHandset, journal: Journal): CalledHandset {
  return {
    hear: (moment) => {
      journalCallee(journal, moment);
      return handset.hear(moment);
    },
    gather: async (gathering) => {
      const answer = await handset.gather(gathering);
      journalCalleeAnswer(journal, answer);
      return answer;
    },
  };
}
