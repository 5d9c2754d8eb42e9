/** `sms`: send a text message. */

import type { Op, Source } from "../../../program/op.ts";
import type { Compiler } from "../../compile/compiler.ts";
import { textSource } from "../../compile/compiler.ts";
import { yaml } from "../../language/example.ts";
import { Status } from "../../language/exit-schema.ts";
import { SideStep } from "../../language/prompt-schema.ts";
import { Keys } from "../../language/schema.ts";
import { EVERYWHERE } from "../../language/side-roads.ts";
import { ReadText, RequestUrl, SentText } from "../../language/text-schema.ts";
import { type Static, Type } from "../../language/type.ts";
import { type Flow, type Report, type Step, valueAt } from "../../model/flow.ts";
import { AllowNumbers, IDLE_ALLOW } from "../../numbers/allow.ts";
import type { StepKind } from "../kind.ts";
import { circleOf, deliveryBlocks, isReported } from "./delivery.ts";
import { type Code, FINDINGS } from "./findings.ts";
import { type After, reply, send, tooLong } from "./message.ts";
import { faultOfReceiver, isIdleAllow, problemOfNumber, type Refusal, receiverOf } from "./to.ts";

const Body = Keys({
  body: ReadText,
  to: Type.Optional(SentText),
  allow: Type.Optional(AllowNumbers),
  from: Type.Optional(SentText),
  mediaUrl: Type.Optional(RequestUrl),
  statusCallback: Type.Optional(RequestUrl),
  status: Type.Optional(Status("failed")),
  delivered: Type.Optional(SideStep("delivery")),
  undelivered: Type.Optional(SideStep("delivery")),
});
type Sms = Static<typeof Body>;

function afterOf({ body, next }: Step<Sms>, compiler: Compiler): After & Refusal {
  const sent = compiler.exit(next ?? "hangup");
  const hasExit = body.status?.failed !== undefined || body.status?.else !== undefined;
  // With an exit, the message is sent to its empty receiver: that is refused and logged, and the exit is taken.
  const refused: Op[] = hasExit ? [] : [{ op: "fail", why: "the number of a text message is not allowed" }];
  const delivery = isReported(body) ? "delivery" : undefined;
  return { sent, delivery, failed: hasExit ? compiler.outcome(body.status, "failed") : sent, refused };
}

/** TwiML Message has no exit for a failure, so it is only for texts between plain numbers; `send` judges all others. */
function requirePlain({ from }: Sms, receiver: Source | undefined, send: Op[]): Op[] {
  if (from === undefined && receiver === undefined) return [];
  const plain = (address: Source): Op => ({
    op: "set",
    to: { slot: "plain" },
    from: address,
    matches: "\\+\\d{7,15}",
    otherwise: send,
  });
  return [
    plain(textSource(from ?? "{{ call.number }}")),
    plain(receiver ?? textSource("{{ caller.number }}")),
  ];
}

function lint(step: Step<Sms>, of: Flow, report: Report<Code | Shared>): void {
  const at = valueAt(step, "to") ?? step.bodyNode;
  const fault = faultOfReceiver(step.body, of.settings.destinations ?? {});
  const problem = problemOfNumber(step.body);
  if (fault) report({ code: "sms-to-nobody", at, message: fault });
  else if (problem) report({ code: "unassigned-number", severity: "warning", at, message: problem.message });
  if (isIdleAllow(step.body))
    report({
      code: "idle-attribute",
      severity: "warning",
      at: valueAt(step, "allow") ?? step.bodyNode,
      message: IDLE_ALLOW,
    });
  lintDelivery(step, of, report);
  const { to = "", from = "" } = step.body;
  if (typeof to === "string" && typeof from === "string" && isMixed(from, to)) {
    const message = `Twilio cannot send from ${from} to ${to}: both must be on one channel; leave \`from\` out, or name a sender there`;
    report({ code: "mixed-channels", at: valueAt(step, "from") ?? step.bodyNode, message });
  }
  const message = tooLong(step.body.body);
  if (message !== undefined) report({ code: "long-message", at: step.bodyNode, message });
}

function lintDelivery(step: Step<Sms>, flow: Flow, report: Report<Code | Shared>): void {
  const circle = circleOf(step, flow);
  if (circle !== undefined) {
    const message = `\`${circle}\` leads to this message again, without an end; send another one there`;
    report({ code: "delivery-circle", at: valueAt(step, circle) ?? step.bodyNode, message });
  }
  if (step.body.statusCallback === undefined || !isReported(step.body)) return;
  const message = "`delivered` and `undelivered` set this callback themselves; remove `statusCallback`";
  report({ code: "two-callbacks", at: valueAt(step, "statusCallback") ?? step.bodyNode, message });
}

const CHANNEL = /^(whatsapp|rcs|messenger):/;

// A call joins a plain number to the receiver's channel; a sender that is computed is known only then.
function isMixed(from: string, to: string): boolean {
  const channels = [from, to].map((address) => CHANNEL.exec(address)?.[1]);
  return channels[0] !== undefined && !to.includes("{{") && to !== "" && channels[0] !== channels[1];
}

/** The codes of other parts that a message can report. */
type Shared = "unassigned-number" | "idle-attribute" | "two-callbacks";

export const sms: StepKind<Sms, Code, Shared> = {
  name: "sms",
  does: "silent",
  role: "reaches",
  aliases: { number: ["to"], message: ["body"], text: ["body"] },
  beside: EVERYWHERE,
  doc: {
    summary: "Sends a text message, then continues at once.",
    text:
      "By default the message goes to the caller, from `call.number`, the number of the line. The call does not wait for it: it is " +
      "sent after the reply, retried if Twilio is too busy, and logged if it could not be sent. " +
      "`delivered` and `undelivered` are steps that run on their own when Twilio reports that the message has arrived, or that " +
      "it could not be delivered; `call.messageStatus` and `call.errorCode` say why, and variables have the values from when it was sent. " +
      "A message that cannot arrive, such as one to a caller who hides the number, takes the exit " +
      "`status.failed`. A text over 1,600 characters is cut at the end of a word, and a message to a WhatsApp address is " +
      "sent from the line's own number on WhatsApp. A computed `to` is " +
      "the name of a destination with one number, or a number that matches an entry of `allow`, so that callers " +
      "cannot send messages to expensive numbers. With `allow`, a message to the caller, too, goes only to a number that " +
      "matches, and takes `status.failed` for others. A computed receiver that nothing allows takes `status.failed`, or " +
      "`onError` without that exit. On the side road of `onMessage` it answers the text message that came " +
      "in. A message can arrive twice if a webhook is delivered twice.",
    example: yaml`

      steps:
        confirm:
          sms:
            body: "Thank you for calling, {{ caller.name }}. We are open from 8 to 6."
            status: { failed: unsent }
            undelivered: tell
          next: bye
        tell:
          sms: { to: +14155550177, body: "{{ caller.number }} did not get our text message ({{ call.errorCode }})." }
          next: return
        bye:
          hangup: I have sent you a text message. Goodbye.
        unsent:
          hangup: We are open from 8 to 6. Goodbye.
    `,
    calls: `
flow: example
scenarios:
  - name: the caller gets a text message
    from: +14155550111
    caller: { name: Ada }
    script:
      - sms: Thank you for calling, Ada.
        to: +14155550111
      - hear: I have sent you a text message.
      - end
  - name: the text message does not arrive
    from: +14155550111
    caller: { name: Ada }
    script:
      - sms: Thank you for calling, Ada.
      - hear: I have sent you a text message.
      - end
      - delivery: undelivered
        errorCode: 30005
      - sms: +14155550111 did not get our text message (30005).
        to: +14155550177
  - name: the caller hides the number
    from: anonymous
    script:
      - no sms
      - hear: We are open from 8 to 6.
      - end
`,
  },
  schema: Body,
  keys: {
    body: "The text, up to 1,600 characters; it can differ by language.",
    to: "The receiver: a number or the name of a destination, which can be computed; the caller if left out.",
    allow:
      "Countries, such as `US`, and patterns, such as `+1415*`, one of which a computed number, or the caller's, must match.",
    from: "The sender; the number that was called if left out.",
    mediaUrl: "The URL of a picture to send, or `{{ message.media }}` for the picture that came in.",
    statusCallback: "The URL to which Twilio reports the delivery.",
    delivered: "The step that runs once the message has arrived, possibly after the call.",
    undelivered:
      "The step that runs once the message could not be delivered, possibly after the call. It does not run for a message that Twilio refused at once.",
    status: "The exit for a message that cannot arrive; `next` if left out.",
  },
  outcomes: {
    failed:
      "The message cannot arrive and is not sent: the receiver hides the number, calls from a SIP address or a client, `allow` does not let the number through, the receiver and the sender are on different channels, or the address or the text is empty.",
  },
  next: () => "required",
  findings: FINDINGS,
  lint,
  compile: (step, compiler) => {
    const after = afterOf(step, compiler);
    const { find, source } = receiverOf(step.body, compiler.facts.destinations, after);
    const sent = send(step.body, source, compiler, after);
    const blocks = deliveryBlocks(step.body, compiler);
    // TwiML Message would need the call's next state, and a text message has none: Twilio's API sends those with reports.
    if (!compiler.facts.answersMessages || after.delivery !== undefined)
      return { enter: [...find, ...sent], ...blocks };
    return {
      enter: [
        ...find,
        { op: "switch", on: { param: "MessageSid" }, cases: { "": sent } },
        // Twilio reads no reply to a report.
        { op: "when", cases: [{ when: '!(call.messageStatus in ["", "received"])', ops: sent }] },
        ...requirePlain(step.body, source, sent),
        ...reply(step.body, source, compiler, after.sent, sent),
      ],
    };
  },
};
