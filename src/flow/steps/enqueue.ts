/** `enqueue`: let the caller wait in a queue until somebody takes the call. */
import Type, { type Static } from "typebox";
import type { Op } from "../../program/program.ts";
import type { Compiler } from "../compile/compiler.ts";
import { jsonSource, whenEmpty } from "../compile/compiler.ts";
import type { FindingDoc } from "../language/diagnostic.ts";
import { Keys, type Literal, Side, Status } from "../language/schema.ts";
import { type Flow, kindKey, type Report, type Step, valueAt } from "../model/flow.ts";
import { attributesFrom, formed, method, text, url, whole } from "../twiml/attributes.ts";
import type { Noun } from "../twiml/noun.ts";
import type { Element } from "../twiml/twiml.ts";
import type { StepKind } from "./kind.ts";

const QUEUE = "enqueue: { queue: support, status: { else: hangup }, … }";

const TASK = {
  element: "Task",
  example: "enqueue: { workflowSid: WW1, task: { json: { skill: sales }, … }, status: { else: hangup } }",
  attributes: { priority: whole(0, 100_000), timeout: whole(1, 1_000_000) },
} satisfies Noun;

/** TwiML Enqueue. */
const ENQUEUE = {
  element: "Enqueue",
  example: QUEUE,
  attributes: { workflowSid: text, waitUrl: url, waitUrlMethod: method(), maxQueueSize: whole(1, 5000) },
  own: ["action"],
  children: [TASK],
} satisfies Noun;

/** TwiML Enqueue, "QueueResult": outcomes of a caller who is still there, and has not been answered. */
const UNANSWERED = ["leave", "queue-full", "error", "system-error"] as const;

const END: Op = { op: "end" };

// A document to wait by comes from the Worker unless the author names another.
const Body = Keys({
  queue: formed("[^]{1,64}", "a name of up to 64 characters"),
  wait: Type.Optional(Side("queue")),
  task: Type.Optional(Keys({ json: Type.Unsafe<Literal>({ "x-mark": "json" }), ...TASK.attributes })),
  status: Type.Optional(Status(...UNANSWERED, "hangup", "redirected")),
  ...ENQUEUE.attributes,
});
type Enqueue = Static<typeof Body>;

function ask({ body }: Step<Enqueue>, to: Compiler): Op {
  const wait = body.wait === undefined ? {} : { waitUrl: to.link("wait", "aside") };
  return to.twiml((response) => {
    const element = response.addChild(ENQUEUE.element, {
      action: to.link("dequeued"),
      ...wait,
      ...attributesFrom(to, ENQUEUE.attributes, body),
    });
    addWhat(element, body, to);
  });
}

/** The queue's name, or the task that a workflow routes. */
function addWhat(element: Element, { queue, task }: Enqueue, to: Compiler): void {
  if (queue !== undefined) element.addText(to.text(queue) ?? "");
  if (task === undefined) return;
  const holder = element.addChild(TASK.element, attributesFrom(to, TASK.attributes, task));
  holder.addText(to.mark({ hole: jsonSource(task.json.value), as: "xml" }));
}

function dequeued(step: Step<Enqueue>, to: Compiler): Op[] {
  const { status } = step.body;
  const answered = to.exit(step.next ?? "hangup");
  // Somebody else has the call by now: nothing that is answered here must disturb it.
  const redirected = status?.redirected === undefined ? [END] : to.exit(status.redirected);
  const cases = {
    bridged: answered,
    hangup: to.gone(status, "hangup"),
    "bridging-in-process": [END],
    redirected,
    "redirected-from-bridged": redirected,
    ...Object.fromEntries(UNANSWERED.map((name) => [name, to.outcome(status, name)])),
  };
  return [{ op: "switch", on: { param: "QueueResult" }, cases }, ...to.outcome(status, "error")];
}

const flow = (keys: string): string =>
  `steps:\n  hold:\n    enqueue: { ${keys}, status: { else: hangup } }\n    next: hangup\n`;

const FINDINGS: readonly FindingDoc[] = [
  {
    code: "enqueue-where",
    severity: "error",
    summary:
      "An `enqueue` into nothing, or into two things: it has a `queue`, or a `workflowSid`, perhaps with a `task`.",
    bad: flow("wait: Please hold."),
    good: flow("queue: support, wait: Please hold."),
  },
  {
    code: "two-waits",
    severity: "error",
    summary: "An `enqueue` or a conference with both `wait` and `waitUrl`: only one can be heard.",
    bad: flow("queue: support, wait: Please hold., waitUrl: https://example.com/hold.mp3"),
    good: flow("queue: support, wait: Please hold."),
  },
  {
    code: "task-no-map",
    severity: "error",
    summary: "The `json` of a task is not a map: TaskRouter reads a task's attributes by name.",
    bad: flow("workflowSid: WW1, task: { json: sales }"),
    good: flow("workflowSid: WW1, task: { json: { skill: sales } }"),
  },
];

function lint(step: Step<Enqueue>, _flow: Flow, report: Report): void {
  const { queue, workflowSid, task, wait, waitUrl } = step.body;
  if ((queue === undefined) === (workflowSid === undefined) || (task && workflowSid === undefined)) {
    const message =
      "say where to wait: in a `queue`, or in a `workflowSid`, where a `task` may say what is asked for";
    report({ code: "enqueue-where", at: kindKey(step), message });
  }
  if (wait !== undefined && waitUrl !== undefined) {
    const message = "`wait` is heard from here and `waitUrl` from elsewhere; remove one";
    report({ code: "two-waits", at: valueAt(step, "waitUrl") ?? step.bodyNode, message });
  }
  if (
    task &&
    (typeof task.json.value !== "object" || task.json.value === null || Array.isArray(task.json.value))
  ) {
    const message = "a task's `json` is a map of names and values, such as { skill: sales }";
    report({ code: "task-no-map", at: valueAt(step, "task") ?? step.bodyNode, message });
  }
}

export const enqueue: StepKind<Enqueue> = {
  name: "enqueue",
  does: "asks",
  doc: {
    summary: "Lets the caller wait in a queue until somebody takes the call.",
    text:
      "The queue is made when the first caller comes; a `dial` to `{queue: name}` takes them out of it in their order. " +
      "`wait` is heard again and again meanwhile. Or a TaskRouter workflow finds somebody: `workflowSid`, with the " +
      "caller's wishes in `task`. What is heard may tell `queue.position`, `queue.size` (how many wait), `queue.time` " +
      "(seconds so far) and `queue.average` (seconds that others waited); with `wait: {step}` it may ask, too: the step " +
      "is begun again whenever it comes to `return`, a `leave` takes the caller out of the queue, and what it sets is " +
      "there when the call goes on. `next` is taken after the conversation; every other outcome is looked up in " +
      "`status`.",
    example: `
steps:
  hold:
    enqueue:
      queue: support
      wait: { step: hold-on }
      status: { leave: callback, queue-full: busy, else: sorry }
    next: hangup
  hold-on:
    gather:
      prompt:
        - You are number {{ queue.position }} in the queue. To be called back instead, press 1.
        - play: https://example.com/hold.mp3
      choices: { 1: let-go }
      attempts: 1
      otherwise: return
  let-go:
    leave:
  callback:
    hangup: We will call you back within the hour. Goodbye.
  busy:
    hangup: Too many people are waiting already. Please call again later.
  sorry:
    hangup: We could not put you through. Please call again later.
`,
    calls: `
flow: example
scenarios:
  - name: somebody takes the call
    script:
      - hear: You are number 1 in the queue.
      - wait: 5
      - end
  - name: the caller wants to be called back
    script:
      - hear: To be called back instead, press 1.
      - press: 1
      - hear: We will call you back within the hour.
      - end
  - name: the queue is full
    script:
      - wait: 0
        status: queue-full
      - hear: Too many people are waiting already.
      - end
`,
  },
  twiml: [ENQUEUE],
  schema: Body,
  keys: {
    queue: "The queue's name.",
    wait: "What is heard while the caller waits, again and again, or `{step}`; Twilio's own music if left out.",
    workflowSid: "The TaskRouter workflow that finds somebody, instead of a queue.",
    task: "What the workflow is told: `{json, priority, timeout}`.",
    waitUrl: "Music, or another application's document, instead of `wait`.",
    waitUrlMethod: "How that is asked for: `GET` or `POST`.",
    maxQueueSize: "How many may wait; one more is `queue-full`.",
    status: "Exits by outcome.",
  },
  outcomes: {
    leave: "The caller left the queue by a `leave`.",
    "queue-full": "As many wait already as may.",
    error: "What the caller was to hear meanwhile is no TwiML, or could not be fetched.",
    "system-error": "An error at Twilio.",
    hangup: "The caller hung up. Nobody is there to hear more: only an exit of its own goes on.",
    redirected: "Another application took the call over: only an exit of its own goes on.",
  },
  next: () => "required",
  resumes: "dequeued",
  queues: true,
  findings: FINDINGS,
  lint,
  compile: (step, to) => ({
    enter: [
      ...whenEmpty(step.body.queue ?? step.body.workflowSid, to.outcome(step.body.status, "error")),
      ask(step, to),
      { op: "wait", block: "dequeued" },
    ],
    dequeued: dequeued(step, to),
    ...(step.body.wait === undefined ? {} : to.side("wait", step.body.wait, [END])),
  }),
};
