/** `template`: TODO what the step does, in a few words. */
import { yaml } from "../../src/flow/language/example.ts";
import { type Static, Type } from "../../src/flow/language/type.ts";
import type { StepKind } from "../../src/flow/steps/kind.ts";
import { PAUSE } from "../../src/flow/twiml/prompt-nouns.ts";

/** TODO: what authors write after the key. `language/schema.ts` has prompts, exits, names and other marked values. */
const Body = Type.Integer({ minimum: 1, maximum: 10 });
type Body = Static<typeof Body>;

export const template: StepKind<Body> = {
  name: "template",
  // TODO: `asks` if it waits for somebody, `silent` if nothing is heard.
  does: "speaks",
  doc: {
    summary: "Waits in silence for some seconds. TODO: one sentence for the table of kinds.",
    text: "TODO: a paragraph for the page of this kind.",
    // TODO: a flow that shows what the step is for, and calls to it.
    example: yaml`

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
  // TODO: the elements that it writes.
  twiml: [PAUSE],
  schema: Body,
  // TODO: a sentence for each key, if the body is a map.
  keys: {},
  // TODO: `optional`, or `refused` if the call does not continue here, or only by the body's own exits.
  next: () => "required",
  // TODO: the blocks of ops: `enter`, and one for each webhook that it waits for.
  compile: (step, compiler) => ({
    enter: [compiler.prompt({ pause: step.body }), ...compiler.exit(step.next ?? "hangup")],
  }),
};
