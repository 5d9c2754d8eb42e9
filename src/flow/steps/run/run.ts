/** `run`: another flow as a part. */
import Type, { type Static } from "typebox";
import type { Op } from "../../../program/program.ts";
import { jsonSource } from "../../compile/compiler.ts";
import { mapValues } from "../../language/map-values.ts";
import { NAME } from "../../language/name.ts";
import { Argument, IDENTIFIER, Keys, Saved, Shaped } from "../../language/schema.ts";
import type { StepKind } from "../kind.ts";
import { FINDINGS } from "./findings.ts";

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

export const run: StepKind<Run> = {
  name: "run",
  does: "asks",
  doc: {
    summary: "Runs another flow as a part, and goes on where it returns.",
    text:
      "The other flow says `takes: [names]` and `gives: [names]`: the variables that `with` may set and that `save` may " +
      "keep. It has its own variables, attempts, hours and `onError`, shares the call's language, and ends by the exit " +
      "`return`; `hangup` ends the call. A flow cannot run itself, not by others either.",
    example: `
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
  - name: the part asks, and the flow goes on
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
    flow: "The other flow: its file's name.",
    with: "Values for variables that it takes.",
    save: "Variables of this flow, and the ones given back that they keep.",
  },
  next: () => "required",
  findings: FINDINGS,
  compile: (step, to) => ({
    enter: [
      {
        op: "run",
        flow: step.body.flow,
        with: mapValues(step.body.with ?? {}, ({ value }) => jsonSource(value)),
        block: "returned",
      },
    ],
    returned: [...save(step.body), ...to.exit(step.next ?? "hangup")],
  }),
};
