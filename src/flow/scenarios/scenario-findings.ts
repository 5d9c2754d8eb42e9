/** The findings on scripted calls. */

import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";

/** The findings on `*.test.yaml`, for a project with one flow, `front-desk`. */
export const scenarioFindings = defineFindings([
  {
    code: "unknown-flow",
    severity: "error",
    summary: "A test file names an unknown flow.",
    bad: yaml`
      flow: frnt-desk
      scenarios:
        - name: the line says hello
          script:
            - hear: Hello
            - end
    `,
    good: yaml`
      flow: front-desk
      scenarios:
        - name: the line says hello
          script:
            - hear: Hello
            - end
    `,
  },
  {
    code: "call-differs",
    severity: "error",
    summary: "A scripted call went differently than its script. `test` shows the first line that failed.",
    good: yaml`
      flow: front-desk
      scenarios:
        - name: the line says hello
          script:
            - hear: Hello
            - end
    `,
  },
]);

/** The codes that the list declares. */
export type ScenarioCode = CodeOf<typeof scenarioFindings>;
