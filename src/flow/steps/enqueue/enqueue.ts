/** `enqueue`: let the caller wait in a queue until somebody takes the call. */

import type { Op } from "../../../program/op.ts";
import { type Compiler, captureResults, jsonSource, whenEmpty } from "../../compile/compiler.ts";
import { yaml } from "../../language/example.ts";
import type { Step } from "../../model/flow.ts";
import { attributesFrom } from "../../twiml/attributes.ts";
import type { Element } from "../../twiml/element.ts";
import type { StepKind } from "../kind.ts";
import { Body, ENQUEUE, type Enqueue, TASK, UNANSWERED } from "./body.ts";
import { type Code, FINDINGS, lint } from "./lint.ts";

const END: Op = { op: "end" };

function ask({ body }: Step<Enqueue>, compiler: Compiler): Op {
  const wait = body.wait === undefined ? {} : { waitUrl: compiler.link("wait", "aside") };
  return compiler.twiml((response) => {
    const element = response.addChild(ENQUEUE.element, {
      action: compiler.link("dequeued"),
      ...wait,
      ...attributesFrom(compiler, ENQUEUE.attributes, body),
    });
    addWhat(element, body, compiler);
  });
}

/** The queue's name, or the task that a workflow routes. */
function addWhat(element: Element, { queue, task }: Enqueue, compiler: Compiler): void {
  if (queue !== undefined) element.addText(compiler.text(queue) ?? "");
  if (task === undefined) return;
  const holder = element.addChild(TASK.element, attributesFrom(compiler, TASK.attributes, task));
  // TwiML Task: the attributes are JSON, if only an empty map.
  holder.addText(compiler.mark({ hole: jsonSource(task.json?.value ?? {}), as: "xml" }));
}

function dequeued(step: Step<Enqueue>, compiler: Compiler): Op[] {
  const { save, status } = step.body;
  const waited = { param: "QueueTime" };
  const capture = (outcome: string): Op[] =>
    captureResults(save, { status: { value: outcome }, waited }, compiler);
  const over = (name: string): Op[] => [...capture(name), ...compiler.outcome(status, name)];
  const answered = compiler.exit(step.next ?? "hangup");
  // Another application has the call by now: the reply must not disturb it.
  const redirected =
    status?.redirected === undefined
      ? [END]
      : [...capture("redirected"), ...compiler.exit(status.redirected)];
  const cases = {
    bridged: [...capture("bridged"), ...answered],
    hangup: [...capture("hangup"), ...compiler.gone(status, "hangup")],
    "bridging-in-process": [END],
    redirected,
    "redirected-from-bridged": redirected,
    ...Object.fromEntries(UNANSWERED.map((name) => [name, over(name)])),
  };
  return [{ op: "switch", on: { param: "QueueResult" }, cases }, ...over("error")];
}

export const enqueue: StepKind<Enqueue, Code> = {
  name: "enqueue",
  does: "asks",
  role: "connects",
  handsOver: true,
  doc: {
    summary: "Lets the caller wait in a queue until somebody takes the call.",
    text:
      "The queue is created when the first caller joins it; a `dial` to `{queue: name}` takes callers out in their order. " +
      "Meanwhile `wait` is repeated. Alternatively, a TaskRouter workflow finds somebody: set `workflowSid`, and describe " +
      "the request in `task`. The prompts of `wait` can read `queue.position`, `queue.size` (callers waiting), " +
      "`queue.time` (seconds so far) and `queue.average` (seconds that others waited). With `wait: {step}` they can also " +
      "ask: the step starts again each time it reaches `return`, and a `leave` takes the caller out of the queue. " +
      "Variables that it sets are available once the `enqueue` has finished. `next` is taken after the conversation; " +
      "every other outcome is looked up in `status`. `save` captures `status` (`bridged`, or the outcome) and `waited` (the " +
      "seconds in the queue).",
    example: yaml`

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
    wait: "A prompt that is repeated while the caller waits, or `{step}`; Twilio's own music if left out.",
    workflowSid: "The TaskRouter workflow that finds somebody, instead of a queue.",
    task: "The task for the workflow: `{json, priority, timeout}`, its attributes, priority and seconds; all can be left out.",
    save: "Variables, and the result that each captures: `status` or `waited`.",
    waitUrl: "The URL of music, or of another application's document, instead of `wait`.",
    waitUrlMethod: "The method for `waitUrl`: `GET` or `POST`.",
    maxQueueSize: "How many callers can wait; one more is `queue-full`.",
    status: "Exits by outcome.",
  },
  outcomes: {
    leave: "The caller left the queue through a `leave`.",
    "queue-full": "The queue is full.",
    error: "The waiting document is not TwiML, or could not be fetched.",
    "system-error": "An error at Twilio.",
    hangup:
      "The caller hung up. Only an exit for this outcome itself is taken, because nobody is there to hear more.",
    redirected: "Another application took over the call. Only an exit for this outcome itself is taken.",
  },
  next: () => "required",
  resumes: "dequeued",
  queues: true,
  findings: FINDINGS,
  lint,
  compile: (step, compiler) => ({
    enter: [
      ...whenEmpty(step.body.queue ?? step.body.workflowSid, compiler.outcome(step.body.status, "error")),
      ask(step, compiler),
      { op: "wait", block: "dequeued" },
    ],
    dequeued: dequeued(step, compiler),
    ...(step.body.wait === undefined ? {} : compiler.side("wait", step.body.wait, [END])),
  }),
};
