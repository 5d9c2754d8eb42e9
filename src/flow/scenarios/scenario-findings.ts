/** What can be found in scripted calls. */
import type { FindingDoc } from "../language/diagnostic.ts";

const test = (flow: string): string =>
  `flow: ${flow}\nscenarios:\n  - name: the line says hello\n    script:\n      - hear: Hello\n      - end\n`;

/** The findings on `*.test.yaml`, for a project with one flow, `front-desk`. */
export const scenarioFindings: readonly FindingDoc[] = [
  {
    code: "unknown-flow",
    severity: "error",
    summary: "A test names an unknown flow.",
    bad: test("frnt-desk"),
    good: test("front-desk"),
  },
  {
    code: "call-differs",
    severity: "error",
    summary:
      "A scripted call that did not go as it is written: `test` shows the first line that did not hold.",
    good: test("front-desk"),
  },
];
