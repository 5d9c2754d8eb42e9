/** `stop`: end a background session. */

import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";
import type { Flow, Report, Step } from "../model/flow.ts";
import { ENDED } from "../twiml/besides.ts";
import type { Noun } from "../twiml/noun.ts";
import type { StepKind } from "./kind.ts";
import { start } from "./start.ts";
import { isSessions, nameOf, type Sessions, sessionsOf, writeSessions } from "./start-stop.ts";

/** TwiML Stop. */
const STOP: Noun = {
  element: "Stop",
  example: "stop: { recording: { name: whole } }",
  attributes: {},
  children: ENDED,
};

/** Reports an unknown name if the flow starts sessions of the same sort; otherwise a sub-flow may start it. */
function lint({ body, bodyNode }: Step<Sessions>, { steps }: Flow, report: Report<Code>): void {
  const started = steps.filter(({ kind }) => kind.name === start.name).map((step) => step.body);
  for (const [sort, one] of Object.entries(body)) {
    const name = nameOf(one);
    const names = started.flatMap((other) => (isSessions(other) ? (nameOf(other[sort]) ?? []) : []));
    if (name === undefined || names.length === 0 || names.includes(name)) continue;
    if ([name, ...names].some((text) => text.includes("{{"))) continue;
    const message = `no \`start\` begins a ${sort} named "${name}"; this flow starts ${names.join(", ")}`;
    const pair = bodyNode.type === "map" ? bodyNode.pairs.find(({ key }) => key.text === sort) : undefined;
    report({ code: "nothing-to-stop", severity: "warning", at: pair?.value ?? bodyNode, message });
  }
}

const FINDINGS = defineFindings([
  {
    code: "nothing-to-stop",
    severity: "warning",
    summary: "A `stop` names a background session that the flow does not start. Twilio ignores it.",
    bad: yaml`
      steps:
        listen:
          start: { stream: { name: main, url: wss://example.com/audio } }
          next: enough
        enough:
          stop: { stream: { name: man } }
          next: hangup
    `,
    good: yaml`
      steps:
        listen:
          start: { stream: { name: main, url: wss://example.com/audio } }
          next: enough
        enough:
          stop: { stream: { name: main } }
          next: hangup
    `,
  },
]);

type Code = CodeOf<typeof FINDINGS>;

export const stop: StepKind<Sessions, Code> = {
  name: "stop",
  does: "speaks",
  role: "reaches",
  stopsRecording: ({ recording }) => nameOf(recording),
  doc: {
    summary: "Ends the background session of a `start` by its name, then continues.",
    text: "Twilio ignores a name that is not running.",
    example: yaml`

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
  schema: sessionsOf(ENDED),
  keys: {
    stream: "The stream's `name`.",
    siprec: "The SIPREC session's `name`.",
    transcription: "The transcription's `name`.",
    recording: "The recording's `name`.",
  },
  next: () => "required",
  findings: FINDINGS,
  lint,
  compile: (step, compiler) => ({ enter: writeSessions(step, STOP.element, ENDED, compiler) }),
};
