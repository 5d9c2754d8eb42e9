/** The findings between a flow and the sub-flows that it runs. */

import { type CodeOf, defineFindings, type FindingDoc } from "../../language/diagnostic.ts";
import { yaml } from "../../language/example.ts";

const IDENTIFY = yaml`
  takes: [digits_wanted]
  gives: [account]
  variables:
    digits_wanted: { type: int, default: 4 }
    account: { type: string }
  steps:
    ask:
      gather: { prompt: Your account number., save: account, otherwise: return }
      next: return
`;

const flow = (run: string): string => yaml`
  variables:
    account: { type: string }
    tries: { type: int }
  steps:
    who:
      run: ${run}
      next: bye
    bye:
      hangup: "{{ vars.account }}"
`;

const SIGN_UP = yaml`
  gives: [account]
  variables:
    account: { type: string }
  steps:
    ask:
      ask: { prompt: Your account number?, save: account }
      next: return
`;

const texted = (part: string): string => yaml`
  onMessage: who
  variables:
    account: { type: string }
  steps:
    greet:
      hangup: Please send us a text message.
    who:
      run: { flow: ${part}, save: { account: account } }
      next: told
    told:
      sms: { body: "{{ vars.account }}" }
      next: return
`;

const GOOD = "{ flow: identify, with: { digits_wanted: 6 }, save: { account: account } }";

const between = <Code extends string>(code: Code, summary: string, bad: string): FindingDoc<Code> => ({
  code,
  severity: "error",
  summary,
  bad: flow(bad),
  good: flow(GOOD),
  parts: { identify: IDENTIFY },
});

export const FINDINGS = defineFindings([
  between("unknown-part", "`run` names an unknown flow.", "{ flow: identfy }"),
  between(
    "unknown-argument",
    "`with` names a variable that is not in the `takes` of the other flow.",
    "{ flow: identify, with: { digits: 6 } }",
  ),
  between(
    "wrong-argument",
    "A value in `with` does not fit its variable's type.",
    "{ flow: identify, with: { digits_wanted: six } }",
  ),
  between(
    "unknown-result",
    "`save` names a variable that is not in the `gives` of the other flow.",
    "{ flow: identify, save: { account: number } }",
  ),
  between(
    "wrong-result",
    "`save` captures a result in a variable of another type.",
    "{ flow: identify, save: { tries: account } }",
  ),
  {
    code: "voice-part",
    severity: "error",
    summary:
      "A `run` on the road of `onMessage` names a flow that speaks, calls or hangs up: a text message has no voice.",
    bad: texted("identify"),
    good: texted("sign-up"),
    parts: { identify: IDENTIFY, "sign-up": SIGN_UP },
  },
  {
    code: "text-part",
    severity: "error",
    summary: "A `run` in a call names a flow that asks by text message.",
    bad: flow("{ flow: sign-up, save: { account: account } }"),
    good: flow(GOOD),
    parts: { identify: IDENTIFY, "sign-up": SIGN_UP },
  },
  {
    code: "circular-run",
    severity: "error",
    summary: "A flow runs itself, directly or through others: the call would never return.",
    bad: yaml`
      variables:
        account: { type: string }
        tries: { type: int }
      steps:
        who:
          run: { flow: main }
          next: bye
        bye:
          hangup: "{{ vars.account }}"
    `,
    good: yaml`
      variables:
        account: { type: string }
        tries: { type: int }
      steps:
        who:
          run: { flow: identify, with: { digits_wanted: 6 }, save: { account: account } }
          next: bye
        bye:
          hangup: "{{ vars.account }}"
    `,
    parts: { identify: IDENTIFY },
  },
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
