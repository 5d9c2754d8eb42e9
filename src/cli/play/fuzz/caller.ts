/** A caller who presses, says and does anything, as lines of a script. */
import { PAY_RESULTS, REFER_STATUSES } from "../../../flow/scenarios/test-file-schema.ts";
import type {
  ConnectAnswer,
  GatherAnswer,
  Handset,
  PayAnswer,
  QueueResult,
  RecordAnswer,
  ReferAnswer,
  RingAnswer,
  TalkAnswer,
  WaitAnswer,
} from "../../../phone/leg/handset.ts";
import type { Gathering, Moment, Ringing, Waiting } from "../../../phone/leg/moment.ts";
import { nameOf } from "../../../phone/leg/noun.ts";
import type { CalleeStep, DialStatus, Ends, ScriptStep } from "../../../phone/script/scenario.ts";
import { calledPerson } from "./called.ts";
import { entered, SPEECHES } from "./entered.ts";
import type { Heard } from "./heard.ts";
import type { Random } from "./random.ts";

/** After so many questions the caller hangs up. */
const MOST_QUESTIONS = 40;

/** After so many passes the caller waits no longer. */
const MOST_PASSES = 20;

/** A line of the script whose end is known later. */
type OpenLine = { dial: string; callee: CalleeStep[]; status?: DialStatus } & Conversation;

interface Conversation {
  ends?: Ends;
  seconds?: number;
}

/** A random caller. */
export function randomCaller(random: Random, heard: Heard): Handset {
  let questions = 0;
  /** What was said since the caller last did something. */
  let said: string[] = [];
  let rung: OpenLine | undefined;
  let conversation: Conversation = {};
  const write = <Answer>(step: ScriptStep, answer: Answer): Answer => {
    said = [];
    heard.does(step);
    return answer;
  };
  // The simplest choice ends the call.
  const leaves = (): boolean => ++questions > MOST_QUESTIONS || random.int(0, 99) < 3;

  return { hear, gather, record, ring, talk, wait, connect, pay, refer };

  function hear(moment: Moment): void {
    heard.moment(moment);
    if (moment.kind !== "said" || moment.text === "") return;
    const { text } = moment;
    const before = said.filter((one) => one === text);
    said.push(text);
    if (!random.chance(0.01)) return;
    // The script hangs up when it hears the text for the first time, unless it has heard it before.
    for (const hear of before) heard.does({ hear });
    write({ hear: text, hangup: true }, undefined);
    heard.hangUp();
  }

  function gather(gathering: Gathering): GatherAnswer {
    if (leaves()) return write("hangup", "hangup");
    const answer = entered(random, gathering);
    heard.entered(answer);
    if (typeof answer === "string") return write(answer, answer);
    return write(
      "digits" in answer ? { press: answer.digits } : { say: answer.speech, as: answer.speech },
      answer,
    );
  }

  function record(): RecordAnswer {
    if (leaves()) return write("hangup", "hangup");
    if (random.chance(0.2)) return write({ record: "silence" }, "silence");
    const [seconds, words] = [random.int(1, 90), random.pick(SPEECHES)];
    return random.chance(0.3)
      ? write({ record: seconds, words, hangup: true }, { seconds, words, hangup: true })
      : write({ record: seconds, words }, { seconds, words });
  }

  function ring({ callees }: Ringing): RingAnswer {
    if (leaves()) return write("hangup", "hangup");
    const answered = random.int(0, callees.length - 1);
    const called = callees[answered];
    if (!called) return { status: "failed" };
    const line: OpenLine = { dial: nameOf(called), callee: [] };
    if (random.int(0, 1) === 0) {
      const status = random.pick(["no-answer", "busy", "failed", "canceled"]);
      return write({ dial: line.dial, status }, { status });
    }
    // Until the two are connected.
    line.status = "declined";
    rung = line;
    conversation = line;
    return write(line, { answered, handset: calledPerson(random, heard, leaves, line) });
  }

  function talk(): TalkAnswer {
    const seconds = random.int(1, 600);
    const by = random.pick<Ends>(["callee", "caller"]);
    delete rung?.status;
    conversation.seconds = seconds;
    conversation.ends = by;
    return { seconds, by };
  }

  function wait({ place, passes, seconds }: Waiting): WaitAnswer {
    const isFull = place === "queue" && random.chance(0.1);
    if (passes === 0)
      return isFull ? write({ wait: 0, status: "queue-full" }, { result: "queue-full" }) : "stay";
    if (leaves()) return write({ wait: seconds, status: "hangup" }, "hangup");
    if (passes < MOST_PASSES && random.chance(0.4)) return "stay";
    const result = random.pick<QueueResult>(["bridged", "error", "system-error", "redirected"]);
    if (result !== "bridged") return write({ wait: seconds, status: result }, { result });
    const line: { wait: number } & Conversation = { wait: seconds };
    conversation = line;
    return write(line, { result });
  }

  function connect(): ConnectAnswer {
    if (leaves()) return write("hangup", "hangup");
    const fields = random.pick<Record<string, string>>([
      {},
      { SessionStatus: "ended", HandoffData: '{"reason":"person","summary":"wants a person"}' },
      { SessionStatus: "ended", HandoffData: "not JSON" },
      { SessionStatus: "failed", ErrorCode: "64105", ErrorMessage: "It failed." },
    ]);
    return write({ connect: fields }, { seconds: 60, fields });
  }

  function pay(): PayAnswer {
    if (leaves()) return write("hangup", "hangup");
    const result = random.pick(PAY_RESULTS);
    return write({ pay: result }, { result, fields: {} });
  }

  function refer(): ReferAnswer {
    if (leaves()) return write("hangup", "hangup");
    const status = random.pick(REFER_STATUSES);
    return write({ refer: status }, { status });
  }
}
