/** `echo`: play back what the caller says. */
import Type from "typebox";
import type { Noun } from "../twiml/noun.ts";
import type { StepKind } from "./kind.ts";

/** TwiML Echo. */
const ECHO: Noun = { element: "Echo", example: "echo:", attributes: {} };

export const echo: StepKind<null> = {
  name: "echo",
  does: "asks",
  doc: {
    summary: "Plays back what the caller says, until the caller hangs up.",
    text: "For testing a line: the delay that is heard is the line's own.",
    example: `
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
  compile: (_step, to) => ({
    enter: [to.twiml((response) => response.addChild(ECHO.element, {})), { op: "end" }],
  }),
};
