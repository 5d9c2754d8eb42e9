/** `stop`: end what a `start` began. */

import type { Flow, Report, Step } from "../model/flow.ts";
import { ENDED } from "../twiml/besides.ts";
import type { Noun } from "../twiml/noun.ts";
import type { StepKind } from "./kind.ts";
import { start } from "./start.ts";
import { type Besides, besidesOf, writeBesides } from "./start-stop.ts";

/** TwiML Stop. */
const STOP: Noun = {
  element: "Stop",
  example: "stop: { recording: { name: whole } }",
  attributes: {},
  children: ENDED,
};

const flow = (name: string): string =>
  `steps:\n  listen:\n    start: { stream: { name: main, url: wss://example.com/audio } }\n    next: enough\n  enough:\n    stop: { stream: { name: ${name} } }\n    next: hangup\n`;

/** Where the flow starts others of its sort and none of this name, the name is misspelt: a part may start more. */
function lint({ body, bodyNode }: Step<Besides>, { steps }: Flow, report: Report): void {
  const started = steps.filter(({ kind }) => kind.name === start.name).map((step) => step.body);
  for (const [sort, one] of Object.entries(body)) {
    const name = nameOf(one);
    const names = started.flatMap((other) => (isBesides(other) ? (nameOf(other[sort]) ?? []) : []));
    if (name === undefined || names.length === 0 || names.includes(name)) continue;
    if ([name, ...names].some((text) => text.includes("{{"))) continue;
    const message = `no \`start\` here begins a ${sort} called "${name}"; there is ${names.join(", ")}`;
    const pair = bodyNode.type === "map" ? bodyNode.pairs.find(({ key }) => key.text === sort) : undefined;
    report({ code: "nothing-to-stop", severity: "warning", at: pair?.value ?? bodyNode, message });
  }
}

function isBesides(body: unknown): body is Besides {
  return typeof body === "object" && body !== null;
}

function nameOf(one: unknown): string | undefined {
  return isBesides(one) && typeof one.name === "string" ? one.name : undefined;
}

export const stop: StepKind<Besides> = {
  name: "stop",
  does: "speaks",
  doc: {
    summary: "Ends what a `start` began, by its name, and goes on.",
    text: "What nothing of that name runs, Twilio passes over.",
    example: `
steps:
  listen:
    start: { stream: { name: main, url: wss://example.com/audio } }
    next: greet
  greet:
    say: Somebody listens to this.
    next: enough
  enough:
    stop: { stream: { name: main } }
    next: private
  private:
    hangup: Nobody listens to this. Goodbye.
`,
    calls: `
flow: example
scenarios:
  - name: the stream ends before the call does
    script:
      - hear: Somebody listens to this.
      - hear: Nobody listens to this.
      - end
`,
  },
  twiml: [STOP],
  schema: besidesOf(ENDED),
  keys: {
    stream: "The stream's `name`.",
    siprec: "The SIPREC session's `name`.",
    transcription: "The transcription's `name`.",
    recording: "The recording's `name`.",
  },
  next: () => "required",
  findings: [
    {
      code: "nothing-to-stop",
      severity: "warning",
      summary:
        "A `stop` of a name that no `start` of the flow gives, where it gives others: Twilio passes over it.",
      bad: flow("man"),
      good: flow("main"),
    },
  ],
  lint,
  compile: (step, to) => ({ enter: writeBesides(step, STOP.element, ENDED, to) }),
};
