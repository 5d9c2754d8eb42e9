/** `sms`: send a text message. */

import Type, { type Static } from "typebox";
import type { Op, Source } from "../../../program/program.ts";
import type { Compiler } from "../../compile/compiler.ts";
import { textSource } from "../../compile/compiler.ts";
import { type CodeOf, defineFindings } from "../../language/diagnostic.ts";
import { yaml } from "../../language/example.ts";
import { mapValues } from "../../language/map-values.ts";
import { type Env, isEnv, Keys, ReadText, RequestUrl, SentText } from "../../language/schema.ts";
import { EVERYWHERE } from "../../language/side-roads.ts";
import { type Flow, type Report, type Step, valueAt } from "../../model/flow.ts";
import { AllowNumbers } from "../../numbers/allow.ts";
import { wholeUrl } from "../../twiml/prompt.ts";
import { attributesOf } from "../../twiml/twiml.ts";
import type { StepKind } from "../kind.ts";
import { faultOfReceiver, problemOfNumber, receiverOf } from "./to.ts";

/** Twilio, Messages resource: a body has at most 1,600 characters. */
const MOST_CHARACTERS = 1600;

const Body = Keys({
  body: ReadText,
  to: Type.Optional(SentText),
  allow: Type.Optional(AllowNumbers),
  from: Type.Optional(SentText),
  mediaUrl: Type.Optional(RequestUrl),
  statusCallback: Type.Optional(RequestUrl),
});
type Sms = Static<typeof Body>;

function formOf(body: Sms, words: string | Env, receiver: Source | undefined): Record<string, Source> {
  return {
    To: receiver ?? textSource("{{ caller.number }}"),
    From: textSource(body.from ?? "{{ call.number }}"),
    Body: textSource(words),
  };
}

/** The optional URLs of a message: Twilio refuses an empty one. */
function optionalUrls({ mediaUrl, statusCallback }: Sms): [string, Source][] {
  const given: [string, typeof mediaUrl][] = [
    ["MediaUrl", mediaUrl],
    ["StatusCallback", statusCallback],
  ];
  return given.flatMap(([name, url]) => (url === undefined ? [] : [[name, addressSource(url)]]));
}

function addressSource(url: string | Env): Source {
  return wholeUrl(url) ?? textSource(url);
}

function sendWith(form: Record<string, Source>, optional: readonly [string, Source][], exit: Op[]): Op[] {
  const [first, ...others] = optional;
  if (first === undefined) return [{ op: "send", form }, ...exit];
  const [name, source] = first;
  const all = sendWith({ ...form, [name]: source }, others, exit);
  return whereEmpty(source, sendWith(form, others, exit), all);
}

/** Chooses between ops by whether a source is empty. */
function whereEmpty(source: Source, empty: Op[], full: Op[]): Op[] {
  return "value" in source ? full : [{ op: "switch", on: source, cases: { "": empty } }, ...full];
}

/** Sends the message, in the call's language if it differs by language, and continues. */
function send({ body }: Step<Sms>, receiver: Source | undefined, compiler: Compiler, exit: Op[]): Op[] {
  const sent = (words: string | Env): Op[] =>
    sendWith(formOf(body, words, receiver), optionalUrls(body), exit);
  if (typeof body.body === "string" || isEnv(body.body)) return sent(body.body);
  const { [compiler.facts.speech.language]: own, ...others } = body.body;
  const [first = ""] = Object.values(body.body);
  return [{ op: "switch", on: { language: true }, cases: mapValues(others, sent) }, ...sent(own ?? first)];
}

/** TwiML Message: the reply to the webhook of a text message sends another message. */
function reply(step: Sms, receiver: Source | undefined, compiler: Compiler, exit: Op[]): Op[] {
  const { mediaUrl, ...plain } = step;
  const full = [replyWith(step, receiver, compiler), ...exit];
  if (mediaUrl === undefined) return full;
  return whereEmpty(addressSource(mediaUrl), [replyWith(plain, receiver, compiler), ...exit], full);
}

function replyWith(step: Sms, receiver: Source | undefined, compiler: Compiler): Op {
  const { body, from, mediaUrl, statusCallback } = step;
  return compiler.twiml((response) => {
    const attributes = {
      to: receiver && compiler.mark({ hole: receiver, as: "xml" }),
      from: compiler.text(from),
      action: compiler.url(statusCallback),
    };
    const message = response.addChild("Message", attributesOf(attributes));
    message.addChild("Body", {}).addText(compiler.text(body) ?? "");
    if (mediaUrl !== undefined) message.addChild("Media", {}).addText(compiler.url(mediaUrl) ?? "");
  });
}

function lint(step: Step<Sms>, of: Flow, report: Report<Code | "unassigned-number">): void {
  const at = valueAt(step, "to") ?? step.bodyNode;
  const fault = faultOfReceiver(step.body, of.settings.destinations ?? {});
  const problem = problemOfNumber(step.body);
  if (fault) report({ code: "sms-to-nobody", at, message: fault });
  else if (problem) report({ code: "unassigned-number", severity: "warning", at, message: problem.message });
  const { body, bodyNode } = step;
  const texts = typeof body.body === "string" ? [body.body] : Object.values(body.body);
  const length = Math.max(...texts.map((text) => text.length));
  if (length <= MOST_CHARACTERS) return;
  const message = `a text message can have ${MOST_CHARACTERS} characters, and this one has ${length}; shorten it`;
  report({ code: "long-message", at: bodyNode, message });
}

const FINDINGS = defineFindings([
  {
    code: "long-message",
    severity: "error",
    summary: "A text message has more than 1,600 characters, Twilio's limit.",
    good: yaml`
      steps:
        confirm:
          sms: { body: See you tomorrow. }
          next: hangup
    `,
  },
  {
    code: "sms-to-nobody",
    severity: "error",
    summary: "The `to` of a text message is neither a number nor a destination with exactly one number.",
    bad: yaml`
      destinations:
        desk: +14155550100
      steps:
        tell:
          sms: { to: dsk, body: Hello. }
          next: hangup
    `,
    good: yaml`
      destinations:
        desk: +14155550100
      steps:
        tell:
          sms: { to: desk, body: Hello. }
          next: hangup
    `,
  },
]);

type Code = CodeOf<typeof FINDINGS>;

export const sms: StepKind<Sms, Code, "unassigned-number"> = {
  name: "sms",
  does: "silent",
  aliases: { number: ["to"], message: ["body"], text: ["body"] },
  beside: EVERYWHERE,
  doc: {
    summary: "Sends a text message, then continues at once.",
    text:
      "By default the message goes to the caller, from `call.number`, the number of the line. The call does not wait for it: it is " +
      "sent after the reply, retried if Twilio does not answer, and logged if it could not be sent. A computed `to` is " +
      "the name of a destination with one number, or a number that matches an entry of `allow`, so that callers " +
      "cannot send messages to expensive numbers. On the side road of `onMessage` it answers the text message that came " +
      "in. A message can arrive twice if a webhook is delivered twice.",
    example: yaml`

      steps:
        confirm:
          sms:
            body: "Thank you for calling, {{ caller.name }}. We are open from 8 to 6."
          next: bye
        bye:
          hangup: I have sent you a text message. Goodbye.
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
`,
  },
  schema: Body,
  keys: {
    body: "The text, up to 1,600 characters; it can differ by language.",
    to: "The receiver: a number or the name of a destination, which can be computed; the caller if left out.",
    allow:
      "Countries, such as `US`, and patterns, such as `+1415*`, one of which a computed number must match.",
    from: "The sender; the number that was called if left out.",
    mediaUrl: "The URL of a picture to send, or `{{ message.media }}` for the picture that came in.",
    statusCallback: "The URL to which Twilio reports the delivery.",
  },
  next: () => "required",
  findings: FINDINGS,
  lint,
  compile: (step, compiler) => {
    const exit = compiler.exit(step.next ?? "hangup");
    const { find, source } = receiverOf(step.body, compiler.facts.destinations);
    const sent = send(step, source, compiler, exit);
    if (!compiler.facts.answersMessages) return { enter: [...find, ...sent] };
    return {
      enter: [
        ...find,
        { op: "switch", on: { param: "MessageSid" }, cases: { "": sent } },
        // TwiML Message: an empty `to` would reach the sender. Sent as a request, it is refused and logged instead.
        ...(source ? [{ op: "switch" as const, on: source, cases: { "": sent } }] : []),
        ...reply(step.body, source, compiler, exit),
      ],
    };
  },
};
