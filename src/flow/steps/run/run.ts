/** `run`: another flow as a sub-flow. */

import type { Op } from "../../../program/op.ts";
import { jsonSource } from "../../compile/compiler.ts";
import { yaml } from "../../language/example.ts";
import { mapValues } from "../../language/map-values.ts";
import { NAME } from "../../language/name.ts";
import { Argument, IDENTIFIER, Keys, Saved, Shaped } from "../../language/schema.ts";
import { type Static, Type } from "../../language/type.ts";
import type { StepKind } from "../kind.ts";
import { type Code, FINDINGS } from "./findings.ts";

const Body = Keys({
  flow: Shaped(NAME, "the name of a flow", { "x-mark": "flow" }),
  with: Type.Optional(
    Type.Record(Type.String({ pattern: IDENTIFIER }), Argument, { additionalProperties: false }),
  ),
  save: Type.Optional(Saved),
});
type Run = Static<typeof Body>;

function save(body: Run): Op[] {
  return Object.entries(body.save ?? {}).map(([variable, given]) => ({
    op: "set",
    to: { variable },
    from: { given },
  }));
}

export const run: StepKind<Run, Code> = {
  name: "run",
  does: "asks",
  role: "runs",
  handsOver: true,
  beside: ["message"],
  doc: {
    summary: "Runs another flow as a sub-flow, and continues when it returns.",
    text:
      "The other flow declares `takes: [names]` and `gives: [names]`: the variables that `with` can set and that `save` " +
      "can capture. It has its own variables, attempts, hours and `onError`, shares the call's language, and ends with " +
      "the exit `return`; `hangup` ends the call. A flow cannot run itself, directly or through others. On the road of `onMessage`, " +
      "a flow can run others that only ask and answer by text message.",
    example: yaml`

      variables:
        account: { type: string, sensitive: true }
      steps:
        who:
          run:
            flow: identify
            with: { digits_wanted: 6 }
            save: { account: account }
          next: bye
        bye:
          hangup: Thank you. Goodbye.
    `,
    parts: {
      identify: `
takes: [digits_wanted]
gives: [account]
variables:
  digits_wanted: { type: int, default: 4 }
  account: { type: string, sensitive: true }
steps:
  ask:
    gather:
      prompt: Please enter your account number of {{ vars.digits_wanted }} digits, then press pound.
      save: account
      otherwise: return
    next: return
`,
    },
    calls: `
flow: example
scenarios:
  - name: the sub-flow asks, and the flow continues
    script:
      - hear: your account number of 6 digits
      - press: 123456#
      - hear: Thank you.
      - end
    expect: { account: "123456" }
`,
  },
  schema: Body,
  keys: {
    flow: "The other flow, by the name of its file.",
    with: "Values for the variables that it takes.",
    save: "Variables of this flow, and the result that each captures.",
  },
  next: () => "required",
  findings: FINDINGS,
  compile: (step, compiler) => ({
    enter: [
      {
        op: "run",
        flow: step.body.flow,
        with: mapValues(step.body.with ?? {}, ({ value }) => jsonSource(value)),
        block: "returned",
      },
    ],
    returned: [...save(step.body), ...compiler.exit(step.next ?? "hangup")],
  }),
};
