/** `<Enqueue>`: how a wait in a queue ends. */
import { type Element, wordsOf } from "../../phone/twiml/element.ts";
import { numbersOf } from "../sides.ts";
import { type Answer, type Asked, outcome, type Verb } from "./answer.ts";

const WAIT_SECONDS = 30;
const QUEUE_SID = `QU${"0".repeat(32)}`;
const RESULTS = ["error", "system-error"] as const;

export const enqueue: Verb = {
  answers,
  names,
  hangUp: { QueueResult: "hangup", QueueSid: `QU${"0".repeat(32)}`, QueueTime: "0" },
};

function names(element: Element): string[] {
  return [`queue:${element.attributes.workflowSid ?? wordsOf(element).trim()}`];
}

function answers(asked: Asked): Answer[] {
  const { element, step, told } = asked;
  const waited = { QueueSid: QUEUE_SID, QueueTime: `${WAIT_SECONDS}` };
  const named = numbersOf(told.of(`param ${step} QueueTime`)).filter(
    (seconds) => seconds > 0 && seconds !== WAIT_SECONDS,
  );
  return [
    outcome(element, "bridged", { QueueResult: "bridged", ...waited }, { wait: WAIT_SECONDS }),
    ...named.map((wait) => {
      const params = { QueueResult: "bridged", QueueSid: QUEUE_SID, QueueTime: `${wait}` };
      return outcome(element, `bridged after ${wait} s`, params, { wait });
    }),
    outcome(element, "queue-full", { QueueResult: "queue-full" }, { wait: 0, status: "queue-full" }),
    ...RESULTS.map((status) =>
      outcome(
        element,
        status,
        { QueueResult: status, ...(status === "error" && waited) },
        { wait: WAIT_SECONDS, status },
      ),
    ),
    ...meanwhile(asked),
  ];
}

/** What the caller does while waiting: ends the wait, or keeps waiting. */
function meanwhile(asked: Asked): Answer[] {
  const { element } = asked;
  // In the first pass nobody has waited yet.
  const times = new Set([0, WAIT_SECONDS, ...numbersOf(asked.told.of("queue.time"))]);
  const ends = [...times].flatMap((seconds) =>
    asked.besides(element.attributes.waitUrl, { ...placeIn(seconds), ...asked.queue }),
  );
  return ends.map((aside) => {
    const does = aside.labels.join(", ");
    const leaves = aside.by === "Leave" || aside.by === "Hangup";
    const alone = leaves ? "is taken out of the queue" : "waits on";
    const label = does === "" ? alone : `while waiting: ${does}`;
    const result = aside.by === "Leave" ? "leave" : "hangup";
    const params = { QueueResult: result, QueueSid: QUEUE_SID, QueueTime: "10" };
    const answer = outcome(element, label, params, ...aside.lines);
    return leaves ? { ...answer, aside } : { ...answer, next: "stays", aside };
  });
}

function placeIn(seconds: number): Record<string, string> {
  return {
    QueueSid: QUEUE_SID,
    QueueTime: `${seconds}`,
    QueuePosition: "1",
    AvgQueueTime: `${seconds}`,
    CurrentQueueSize: "1",
    MaxQueueSize: "1000",
  };
}
