/** `sms`: send a text message. */
import Type, { type Static } from "typebox";
import type { Op, Source } from "../../../program/program.ts";
import type { Compiler } from "../../compile/compiler.ts";
import { textSource } from "../../compile/compiler.ts";
import { mapValues } from "../../language/map-values.ts";
import { type Env, isEnv, Keys, ReadText, RequestUrl, SentText } from "../../language/schema.ts";
import { EVERYWHERE } from "../../language/side-roads.ts";
import { type Flow, type Report, type Step, valueAt } from "../../model/flow.ts";
import { Allow } from "../../numbers/allow.ts";
import { wholeUrl } from "../../twiml/prompt.ts";
import { attributesOf } from "../../twiml/twiml.ts";
import type { StepKind } from "../kind.ts";
import { faultOfReceiver, receiverOf } from "./to.ts";

/** Twilio, Messages resource: a body has at most 1,600 characters. */
const MOST_CHARACTERS = 1600;

const Body = Keys({
  body: ReadText,
  to: Type.Optional(SentText),
  allow: Type.Optional(Allow),
  from: Type.Optional(SentText),
  mediaUrl: Type.Optional(RequestUrl),
  statusCallback: Type.Optional(RequestUrl),
});
type Sms = Static<typeof Body>;

function formOf(body: Sms, words: string | Env, receiver: Source | undefined): Record<string, Source> {
  return {
    To: receiver ?? textSource("{{ caller.number }}"),
    From: textSource(body.from ?? "{{ call.to }}"),
    Body: textSource(words),
  };
}

/** What goes along where there is something: Twilio refuses an address that is empty. */
function alongWith({ mediaUrl, statusCallback }: Sms): [string, Source][] {
  const given: [string, typeof mediaUrl][] = [
    ["MediaUrl", mediaUrl],
    ["StatusCallback", statusCallback],
  ];
  return given.flatMap(([name, url]) => (url === undefined ? [] : [[name, addressSource(url)]]));
}

function addressSource(url: string | Env): Source {
  return wholeUrl(url) ?? textSource(url);
}

function sendWith(form: Record<string, Source>, along: readonly [string, Source][], exit: Op[]): Op[] {
  const [first, ...others] = along;
  if (first === undefined) return [{ op: "send", form }, ...exit];
  const [name, source] = first;
  const all = sendWith({ ...form, [name]: source }, others, exit);
  return whereEmpty(source, sendWith(form, others, exit), all);
}

/** Ops for where a source is empty, then those for where it is not. */
function whereEmpty(source: Source, empty: Op[], full: Op[]): Op[] {
  return "value" in source ? full : [{ op: "switch", on: source, cases: { "": empty } }, ...full];
}

/** Sends it, in the call's language where it differs by that, and goes on. */
function send({ body }: Step<Sms>, receiver: Source | undefined, to: Compiler, exit: Op[]): Op[] {
  const sent = (words: string | Env): Op[] => sendWith(formOf(body, words, receiver), alongWith(body), exit);
  if (typeof body.body === "string" || isEnv(body.body)) return sent(body.body);
  const { [to.facts.speech.language]: own, ...others } = body.body;
  const [first = ""] = Object.values(body.body);
  return [{ op: "switch", on: { language: true }, cases: mapValues(others, sent) }, ...sent(own ?? first)];
}

/** TwiML Message: where a text message came in, the answer to its webhook sends another. */
function reply(step: Sms, receiver: Source | undefined, to: Compiler, exit: Op[]): Op[] {
  const { mediaUrl, ...plain } = step;
  const full = [replyWith(step, receiver, to), ...exit];
  if (mediaUrl === undefined) return full;
  return whereEmpty(addressSource(mediaUrl), [replyWith(plain, receiver, to), ...exit], full);
}

function replyWith(step: Sms, receiver: Source | undefined, to: Compiler): Op {
  const { body, from, mediaUrl, statusCallback } = step;
  return to.twiml((response) => {
    const attributes = {
      to: receiver && to.mark({ hole: receiver, as: "xml" }),
      from: to.text(from),
      action: to.url(statusCallback),
    };
    const message = response.addChild("Message", attributesOf(attributes));
    message.addChild("Body", {}).addText(to.text(body) ?? "");
    if (mediaUrl !== undefined) message.addChild("Media", {}).addText(to.url(mediaUrl) ?? "");
  });
}

function lint(step: Step<Sms>, of: Flow, report: Report): void {
  const fault = faultOfReceiver(step.body, of.settings.destinations ?? {});
  if (fault) report({ code: "sms-to-nobody", at: valueAt(step, "to") ?? step.bodyNode, message: fault });
  const { body, bodyNode } = step;
  const texts = typeof body.body === "string" ? [body.body] : Object.values(body.body);
  const length = Math.max(...texts.map((text) => text.length));
  if (length <= MOST_CHARACTERS) return;
  const message = `a text message has at most ${MOST_CHARACTERS} characters, and this one ${length}; make it shorter`;
  report({ code: "long-message", at: bodyNode, message });
}

const toDesk = (name: string): string =>
  `destinations:\n  desk: +14155550100\nsteps:\n  tell:\n    sms: { to: ${name}, body: Hello. }\n    next: hangup\n`;
const flow = (body: string): string => `steps:\n  confirm:\n    sms: { body: ${body} }\n    next: hangup\n`;

export const sms: StepKind<Sms> = {
  name: "sms",
  does: "silent",
  aliases: { number: ["to"], message: ["body"], text: ["body"] },
  beside: EVERYWHERE,
  doc: {
    summary: "Sends a text message, then goes on at once.",
    text:
      "To the caller and from the number that was called, unless it says otherwise. The call does not wait for the " +
      "message: it is sent behind the reply, tried again where Twilio does not answer, and told in the log where it " +
      "could not be sent. A computed `to` gives the name of a destination with one number; a computed number has to match " +
      "one of the `allow` patterns, so that nobody has messages sent where they cost. On the side road of `onMessage`, " +
      "it is the answer to the text message that came in. A message may arrive twice where a webhook is delivered " +
      "twice.",
    example: `
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
    body: "What it says, up to 1,600 characters; may differ by language.",
    to: "Who gets it, a number or a destination's name, also computed; the caller if left out.",
    allow: "Patterns that a computed number has to match, as in a dial: `+1415*`.",
    from: "Who sends it; the number that was called if left out.",
    mediaUrl: "A picture to go with it: its address, or all of `{{ message.media }}`, what came in.",
    statusCallback: "An address of your own that Twilio tells how it went.",
  },
  next: () => "required",
  findings: [
    {
      code: "long-message",
      severity: "error",
      summary: "A text message over Twilio's 1,600 characters.",
      good: flow("See you tomorrow."),
    },
    {
      code: "sms-to-nobody",
      severity: "error",
      summary: "The `to` of a text message is neither a number nor a destination of just one number.",
      bad: toDesk("dsk"),
      good: toDesk("desk"),
    },
  ],
  lint,
  compile: (step, to) => {
    const exit = to.exit(step.next ?? "hangup");
    const { find, source } = receiverOf(step.body, to.facts.destinations);
    const sent = send(step, source, to, exit);
    if (!to.facts.answersMessages) return { enter: [...find, ...sent] };
    return {
      enter: [
        ...find,
        { op: "switch", on: { param: "MessageSid" }, cases: { "": sent } },
        // TwiML Message: without `to` it goes to the sender, whoever it was meant for. Sent, it is refused and logged.
        ...(source ? [{ op: "switch" as const, on: source, cases: { "": sent } }] : []),
        ...reply(step.body, source, to, exit),
      ],
    };
  },
};
