/** `refer`: hand a SIP call over to another SIP address. */

import type { Op } from "../../program/op.ts";
import type { Compiler } from "../compile/compiler.ts";
import { whenEmpty } from "../compile/compiler.ts";
import { yaml } from "../language/example.ts";
import { Status } from "../language/exit-schema.ts";
import { Keys } from "../language/schema.ts";
import { Text } from "../language/text-schema.ts";
import { type Static, Type } from "../language/type.ts";
import { type Step, valueAt } from "../model/flow.ts";
import { addNoun, type Noun } from "../twiml/noun.ts";
import { sipProblem } from "../twiml/sip.ts";
import type { StepKind } from "./kind.ts";

const SIP: Noun = {
  element: "Sip",
  example: "refer: { sip: sip:desk@example.com, status: { else: hangup } }",
  text: { key: "sip", schema: Text, url: true },
  attributes: {},
};

/** TwiML Refer. */
const REFER: Noun = {
  element: "Refer",
  example: "refer: { sip: sip:desk@example.com, status: { else: hangup }, … }",
  attributes: {},
  own: ["action"],
  children: [SIP],
};

const Body = Keys({
  sip: Text,
  status: Type.Optional(Status("busy", "no-answer", "failed", "canceled")),
});
type Refer = Static<typeof Body>;

function ask({ body }: Step<Refer>, compiler: Compiler): Op {
  return compiler.twiml((response) => {
    const refer = response.addChild(REFER.element, { action: compiler.link("referred") });
    addNoun(compiler, refer, SIP, body);
    // A call that did not come by SIP is not referred: Twilio continues with the next verb.
    response.addChild("Redirect", {}).addText(compiler.link("unreferred"));
  });
}

/** TwiML Refer: `in-progress` if the other side answered, empty if it never reported back. */
function referred(step: Step<Refer>, compiler: Compiler): Op[] {
  const { status } = step.body;
  const good = compiler.exit(step.next ?? "hangup");
  const unreported: Op[] = [
    { op: "switch", on: { param: "ReferSipResponseCode" }, cases: { 202: good } },
    ...compiler.outcome(status, "failed"),
  ];
  const bad = ["busy", "no-answer", "failed"].map((name) => [name, compiler.outcome(status, name)]);
  const cases = {
    "in-progress": good,
    completed: good,
    "": unreported,
    // After a hang-up nobody is there to hear more; only an exit for this outcome itself is taken.
    canceled: compiler.gone(status, "canceled"),
    ...Object.fromEntries(bad),
  };
  return [{ op: "switch", on: { param: "ReferCallStatus" }, cases }, ...compiler.outcome(status, "failed")];
}

export const refer: StepKind<Refer, never, "computed-host" | "twilio-13243"> = {
  name: "refer",
  does: "asks",
  role: "connects",
  handsOver: true,
  doc: {
    summary: "Hands a SIP call over to another SIP address.",
    text:
      "Twilio asks the caller's SIP device to call `sip` instead (SIP REFER). A call from the telephone network cannot be " +
      "referred (Twilio's error 13801): its outcome is `failed`. `next` is taken when the other side has answered; " +
      "every other outcome is looked up in `status`.",
    example: yaml`

      steps:
        transfer:
          refer:
            sip: sip:desk@example.com?X-Account={{ caller.number }}
            status: { else: sorry }
          next: hangup
        sorry:
          hangup: The desk cannot be reached. Goodbye.
    `,
    calls: `
flow: example
scenarios:
  - name: the desk takes the call
    from: sip:ada@example.com
    script:
      - refer: in-progress
      - end
  - name: the desk is busy
    from: sip:ada@example.com
    script:
      - refer: busy
      - hear: The desk cannot be reached.
      - end
`,
  },
  twiml: [REFER],
  schema: Body,
  keys: {
    sip: "The SIP address that the call is handed to. Headers can follow after a `?`.",
    status: "Exits by outcome.",
  },
  outcomes: {
    busy: "The other address is busy.",
    "no-answer": "Nobody answers there.",
    failed: "The call could not be handed over, for example because it did not come by SIP.",
    canceled:
      "The caller hung up. Only an exit for this outcome itself is taken, because nobody is there to hear more.",
  },
  next: () => "required",
  lint(step, _flow, report) {
    const problem = sipProblem(step.body.sip);
    if (problem) report({ ...problem, at: valueAt(step, "sip") ?? step.bodyNode });
  },
  compile: (step, compiler) => ({
    enter: [
      ...whenEmpty(step.body.sip, compiler.outcome(step.body.status, "failed")),
      ask(step, compiler),
      { op: "wait", block: "referred" },
    ],
    referred: referred(step, compiler),
    unreferred: compiler.outcome(step.body.status, "failed"),
  }),
};
