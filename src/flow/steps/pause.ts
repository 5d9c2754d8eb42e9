/** `pause`: wait in silence. */
import { yaml } from "../language/example.ts";
import { Silence } from "../language/prompt-schema.ts";
import { HEARD } from "../language/side-roads.ts";
import { PAUSE } from "../twiml/prompt-nouns.ts";
import type { StepKind } from "./kind.ts";

export const pause: StepKind<Silence> = {
  name: "pause",
  does: "speaks",
  beside: HEARD,
  doc: {
    summary: "Waits in silence, then continues.",
    text: "The value is in seconds. As the first step of a call it delays answering.",
    example: yaml`

      steps:
        breathe:
          pause: 2
          next: greet
        greet:
          say: Hello.
          next: hangup
    `,
    calls: `
flow: example
scenarios:
  - name: two seconds of silence
    script:
      - hear: Hello.
      - end
`,
  },
  twiml: [PAUSE],
  schema: Silence,
  keys: {},
  next: () => "required",
  compile: (step, compiler) => ({
    enter: [compiler.prompt({ pause: step.body }), ...compiler.exit(step.next ?? "hangup")],
  }),
};
