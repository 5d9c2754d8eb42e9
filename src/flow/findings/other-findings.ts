/** What can be found beside the flows themselves: in scripted calls, and in what the Worker is given. */
import type { FindingDoc } from "../language/diagnostic.ts";

const test = (flow: string): string =>
  `flow: ${flow}\nscenarios:\n  - name: the line says hello\n    script:\n      - hear: Hello\n      - end\n`;

/** The findings on what the Worker is given. */
export const environmentFindings: readonly FindingDoc[] = [
  {
    code: "unset-variable",
    severity: "error",
    summary:
      "A flow reads a Worker's variable by `{ env: NAME }`, or a secret by `secrets.NAME`, and it is not set: a variable in wrangler.toml, a secret by `npx wrangler secret put`, and for development in `.dev.vars`.",
    good: "destinations:\n  billing: { env: BILLING_NUMBER }\nsteps:\n  billing:\n    dial: { to: billing, status: { else: hangup } }\n    next: hangup\n",
  },
  {
    code: "wrong-variable",
    severity: "error",
    summary:
      "A Worker's variable that does not fit where a flow reads it by `{ env: NAME }`: a number that cannot be dialled, seconds that are no number. `check` and `start` look at wrangler.toml and `.dev.vars`, `build --deploy` at wrangler.toml.",
    good: "destinations:\n  billing: { env: BILLING_NUMBER }\nsteps:\n  billing:\n    dial: { to: billing, timeout: { env: RING_SECONDS }, status: { else: hangup } }\n    next: hangup\n",
  },
];

/** The findings on `*.test.yaml`, for a project with one flow, `front-desk`. */
export const scenarioFindings: readonly FindingDoc[] = [
  {
    code: "unknown-flow",
    severity: "error",
    summary: "A test of a flow that there is not.",
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
