/** `echo`: play back what the caller says. */

import { yaml } from "../language/example.ts";
import { Type } from "../language/type.ts";
import type { Noun } from "../twiml/noun.ts";
import type { StepKind } from "./kind.ts";

/** TwiML Echo. */
const ECHO: Noun = { element: "Echo", example: "echo:", attributes: {} };

export const echo: StepKind<null> = {
  name: "echo",
  does: "asks",
  role: "speaks",
  doc: {
    summary: "Plays back what the caller says, until the caller hangs up.",
    text: "Use it to test a line: the delay that you hear is the delay of the line.",
    example: yaml`

      steps:
        greet:
          say: After this you hear yourself.
          next: mirror
        mirror:
          echo:
    `,
    calls: `
flow: example
scenarios:
  - name: until the caller has heard enough
    script:
      - hear: After this you hear yourself.
      - hangup
`,
  },
  twiml: [ECHO],
  schema: Type.Null(),
  keys: {},
  next: () => "refused",
  compile: (_step, compiler) => ({
    enter: [compiler.twiml((response) => response.addChild(ECHO.element, {})), { op: "end" }],
  }),
};
