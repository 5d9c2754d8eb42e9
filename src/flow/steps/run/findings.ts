/** What can be wrong between a flow and one that it runs. */
import type { FindingDoc } from "../../language/diagnostic.ts";

const IDENTIFY = `takes: [digits_wanted]
gives: [account]
variables:
  digits_wanted: { type: int, default: 4 }
  account: { type: string }
steps:
  ask:
    gather: { prompt: Your account number., save: account, otherwise: return }
    next: return
`;

const flow = (run: string): string =>
  `variables:\n  account: { type: string }\n  tries: { type: int }\nsteps:\n  who:\n    run: ${run}\n    next: bye\n  bye:\n    hangup: "{{ vars.account }}"\n`;

const GOOD = "{ flow: identify, with: { digits_wanted: 6 }, save: { account: account } }";

const between = (code: string, summary: string, bad: string): FindingDoc => ({
  code,
  severity: "error",
  summary,
  bad: flow(bad),
  good: flow(GOOD),
  parts: { identify: IDENTIFY },
});

export const FINDINGS: readonly FindingDoc[] = [
  between("unknown-part", "`run` names a flow that there is not.", "{ flow: identfy }"),
  between(
    "unknown-argument",
    "`with` names a variable that the other flow does not take.",
    "{ flow: identify, with: { digits: 6 } }",
  ),
  between(
    "wrong-argument",
    "A value in `with` that is not of its variable's type.",
    "{ flow: identify, with: { digits_wanted: six } }",
  ),
  between(
    "unknown-result",
    "`save` names a variable that the other flow does not give.",
    "{ flow: identify, save: { account: number } }",
  ),
  between(
    "wrong-result",
    "`save` keeps a result in a variable of another type.",
    "{ flow: identify, save: { tries: account } }",
  ),
  {
    code: "circular-run",
    severity: "error",
    summary: "A flow that would run itself, by itself or by others: the call would never come back.",
    bad: flow("{ flow: main }"),
    good: flow(GOOD),
    parts: { identify: IDENTIFY },
  },
];
