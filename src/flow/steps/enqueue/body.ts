/** The body of an `enqueue`, and the TwiML that it becomes. */

import { Status } from "../../language/exit-schema.ts";
import { Side } from "../../language/prompt-schema.ts";
import { Keys, type Literal, Results } from "../../language/schema.ts";
import { type Static, Type } from "../../language/type.ts";
import { formed, method, text, url, whole, wholeInCall } from "../../twiml/attributes.ts";
import type { Noun } from "../../twiml/noun.ts";

const QUEUE = "enqueue: { queue: support, status: { else: hangup }, … }";

/** TwiML Task, for a workflow of TaskRouter. */
export const TASK = {
  element: "Task",
  example: "enqueue: { workflowSid: WW1, task: { json: { skill: sales }, … }, status: { else: hangup } }",
  attributes: { priority: wholeInCall(0, 100_000), timeout: whole(1, 1_000_000) },
} satisfies Noun;

/** TwiML Enqueue. */
export const ENQUEUE = {
  element: "Enqueue",
  example: QUEUE,
  attributes: { workflowSid: text, waitUrl: url, waitUrlMethod: method(), maxQueueSize: whole(1, 5000) },
  own: ["action"],
  children: [TASK],
} satisfies Noun;

/** TwiML Enqueue, "QueueResult": the outcomes for a caller who is still on the line, unanswered. */
export const UNANSWERED = ["leave", "queue-full", "error", "system-error"] as const;

/** The body of the step. The Worker serves the waiting document, unless the author names another. */
export const Body = Keys({
  queue: formed("[^]{1,64}", "a name of up to 64 characters"),
  wait: Type.Optional(Side("queue")),
  task: Type.Optional(
    Keys({ json: Type.Optional(Type.Unsafe<Literal>({ "x-mark": "json" })), ...TASK.attributes }),
  ),
  save: Type.Optional(Results({ status: "string", waited: "int" })),
  status: Type.Optional(Status(...UNANSWERED, "hangup", "redirected")),
  ...ENQUEUE.attributes,
});

export type Enqueue = Static<typeof Body>;
