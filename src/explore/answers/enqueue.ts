/** `<Enqueue>`: how a wait in a queue ends. */
import { type Element, wordsOf } from "../../phone/twiml/element.ts";
import { type Answer, type Asked, outcome, type Verb } from "./answer.ts";

const WAIT_SECONDS = 30;
const RESULTS = ["error", "system-error"] as const;

export const enqueue: Verb = { answers, names };

function names(element: Element): string[] {
  return [`queue:${element.attributes.workflowSid ?? wordsOf(element).trim()}`];
}

function answers({ element }: Asked): Answer[] {
  const waited = { QueueSid: `QU${"0".repeat(32)}`, QueueTime: `${WAIT_SECONDS}` };
  return [
    outcome(element, "bridged", { QueueResult: "bridged", ...waited }, { wait: WAIT_SECONDS }),
    outcome(element, "queue-full", { QueueResult: "queue-full" }, { wait: 0, status: "queue-full" }),
    ...RESULTS.map((status) =>
      outcome(
        element,
        status,
        { QueueResult: status, ...(status === "error" && waited) },
        { wait: WAIT_SECONDS, status },
      ),
    ),
  ];
}
