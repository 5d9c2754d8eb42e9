/** `template`: TODO say in a few words what the step does. */
import Type from "typebox";
import type { StepKind } from "../../src/flow/steps/kind.ts";
import { PAUSE } from "../../src/flow/twiml/prompt-nouns.ts";

export const template: StepKind<number> = {
  name: "template",
  does: "speaks",
  doc: {
    summary: "Waits in silence for some seconds. TODO: one sentence for the table of kinds.",
    text: "TODO: a paragraph for the page of this kind.",
    example: `
steps:
  first:
    template: 2
    next: greet
  greet:
    say: Hello.
    next: hangup
`,
    calls: `
flow: example
scenarios:
  - name: the caller hears what comes next
    script:
      - hear: Hello.
      - end
`,
  },
  twiml: [PAUSE],
  schema: Type.Integer({ minimum: 1, maximum: 10 }),
  keys: {},
  next: () => "required",
  compile: (step, to) => ({ enter: [to.prompt({ pause: step.body }), ...to.exit(step.next ?? "hangup")] }),
};
