/** `refer`: hand a SIP call over to another SIP address. */
import Type, { type Static } from "typebox";
import type { Op } from "../../program/program.ts";
import type { Compiler } from "../compile/compiler.ts";
import { whenEmpty } from "../compile/compiler.ts";
import { Keys, Status, Text } from "../language/schema.ts";
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

function ask({ body }: Step<Refer>, to: Compiler): Op {
  return to.twiml((response) => {
    const refer = response.addChild(REFER.element, { action: to.link("referred") });
    addNoun(to, refer, SIP, body);
    // A call that did not come by SIP is not referred at all: Twilio goes on to the next verb.
    response.addChild("Redirect", {}).addText(to.link("unreferred"));
  });
}

/** TwiML Refer: `in-progress` when the other side answered, nothing at all when it never told. */
function referred(step: Step<Refer>, to: Compiler): Op[] {
  const { status } = step.body;
  const good = to.exit(step.next ?? "hangup");
  const untold: Op[] = [
    { op: "switch", on: { param: "ReferSipResponseCode" }, cases: { 202: good } },
    ...to.outcome(status, "failed"),
  ];
  const bad = ["busy", "no-answer", "failed"].map((name) => [name, to.outcome(status, name)]);
  const cases = {
    "in-progress": good,
    completed: good,
    "": untold,
    // Whoever hung up is not there to hear more; only an exit of its own goes on.
    canceled: to.gone(status, "canceled"),
    ...Object.fromEntries(bad),
  };
  return [{ op: "switch", on: { param: "ReferCallStatus" }, cases }, ...to.outcome(status, "failed")];
}

export const refer: StepKind<Refer> = {
  name: "refer",
  does: "asks",
  doc: {
    summary: "Hands a SIP call over to another SIP address.",
    text:
      "The caller's own SIP device is asked to call `sip` instead (SIP REFER); a call from the telephone network cannot " +
      "be referred (Twilio's error 13801) and is `failed`. `next` is taken when the other side has answered; " +
      "every other outcome is looked up in `status`.",
    example: `
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
    sip: "The address that the call is handed to. Headers may follow behind a `?`.",
    status: "Exits by outcome.",
  },
  outcomes: {
    busy: "The other address is busy.",
    "no-answer": "Nobody answers there.",
    failed: "The call could not be handed over; always so where it did not come by SIP.",
    canceled: "The caller hung up. Nobody is there to hear more: only an exit of its own goes on.",
  },
  next: () => "required",
  lint(step, _flow, report) {
    const problem = sipProblem(step.body.sip);
    if (problem) report({ ...problem, at: valueAt(step, "sip") ?? step.bodyNode });
  },
  compile: (step, to) => ({
    enter: [
      ...whenEmpty(step.body.sip, to.outcome(step.body.status, "failed")),
      ask(step, to),
      { op: "wait", block: "referred" },
    ],
    referred: referred(step, to),
    unreferred: to.outcome(step.body.status, "failed"),
  }),
};
