/** A text message of a step: as the reply to the one that came in, or through Twilio's API. */
import type { Op, Source } from "../../../program/op.ts";
import { MOST_MESSAGE } from "../../../program/shorten.ts";
import { type Compiler, textSource } from "../../compile/compiler.ts";
import { mapValues } from "../../language/map-values.ts";
import { type Env, isEnv } from "../../language/schema.ts";
import type { ReadText } from "../../language/text-schema.ts";
import { wholeUrl } from "../../twiml/marked-url.ts";

/** What is sent, as its step writes it. */
export interface Outgoing {
  body: ReadText;
  from?: string | Env;
  mediaUrl?: string | Env | undefined;
  statusCallback?: string | Env;
}

/** The ops that follow a message, those that follow one that cannot arrive, and the block of Twilio's reports. */
export interface After {
  sent: Op[];
  failed: Op[];
  delivery?: string | undefined;
}

/** Sends the message by a request after the reply, and continues. */
export function send(
  message: Outgoing,
  receiver: Source | undefined,
  compiler: Compiler,
  after: After,
): Op[] {
  return inLanguage(message.body, compiler, (words) =>
    sendWith(formOf(message, words, receiver), optionalUrls(message), after),
  );
}

/**
 * TwiML Message: the reply to the webhook of a text message sends another message.
 * @param sent the ops that follow it
 * @param empty the ops for a message without a text and a picture
 */
export function reply(
  message: Outgoing,
  receiver: Source | undefined,
  compiler: Compiler,
  sent: Op[],
  empty: Op[],
): Op[] {
  const { mediaUrl, ...plain } = message;
  return inLanguage(message.body, compiler, (words) => {
    const replied = (one: Outgoing): Op[] => [replyWith(one, words, receiver, compiler), ...sent];
    // TwiML Message: one with neither text nor picture is an error.
    const alone = whereEmpty(textSource(words), empty, replied(plain));
    return mediaUrl === undefined ? alone : whereEmpty(addressSource(mediaUrl), alone, replied(message));
  });
}

function formOf(
  { from }: Outgoing,
  words: string | Env,
  receiver: Source | undefined,
): Record<string, Source> {
  return {
    To: receiver ?? textSource("{{ caller.number }}"),
    From: textSource(from ?? "{{ call.number }}"),
    Body: textSource(words),
  };
}

/** The optional URLs of a message: Twilio refuses an empty one. */
function optionalUrls({ mediaUrl, statusCallback }: Outgoing): [string, Source][] {
  const given: [string, typeof mediaUrl][] = [
    ["MediaUrl", mediaUrl],
    ["StatusCallback", statusCallback],
  ];
  return given.flatMap(([name, url]) => (url === undefined ? [] : [[name, addressSource(url)]]));
}

function addressSource(url: string | Env): Source {
  return wholeUrl(url) ?? textSource(url);
}

function sendWith(form: Record<string, Source>, optional: readonly [string, Source][], after: After): Op[] {
  const [first, ...others] = optional;
  const { sent, delivery, failed: otherwise } = after;
  if (first === undefined) return [{ op: "send", form, otherwise, ...(delivery && { delivery }) }, ...sent];
  const [name, source] = first;
  const all = sendWith({ ...form, [name]: source }, others, after);
  return whereEmpty(source, sendWith(form, others, after), all);
}

/** Chooses between ops by whether a source is empty. */
function whereEmpty(source: Source, empty: Op[], full: Op[]): Op[] {
  return "value" in source ? full : [{ op: "switch", on: source, cases: { "": empty } }, ...full];
}

/** Ops for each language that the text differs by; the flow's own serves all others. */
function inLanguage(words: ReadText, compiler: Compiler, build: (words: string | Env) => Op[]): Op[] {
  if (typeof words === "string" || isEnv(words)) return build(words);
  const { [compiler.facts.speech.language]: own, ...others } = words;
  const [first = ""] = Object.values(words);
  return [{ op: "switch", on: { language: true }, cases: mapValues(others, build) }, ...build(own ?? first)];
}

function replyWith(
  message: Outgoing,
  words: string | Env,
  receiver: Source | undefined,
  compiler: Compiler,
): Op {
  const { from, mediaUrl, statusCallback } = message;
  return compiler.twiml((response) => {
    const attributes = {
      to: receiver && compiler.mark({ hole: receiver, as: "xml" }),
      from: compiler.text(from),
      action: compiler.url(statusCallback),
    };
    const element = response.addChild("Message", attributes);
    const text = textSource(words);
    const body =
      "value" in text ? String(text.value) : compiler.mark({ hole: text, as: "xml", most: MOST_MESSAGE });
    element.addChild("Body", {}).addText(body);
    if (mediaUrl !== undefined) element.addChild("Media", {}).addText(compiler.url(mediaUrl) ?? "");
  });
}

/** The problem with a text of more characters than a message can have; undefined if it has none. */
export function tooLong(text: ReadText): string | undefined {
  const texts = typeof text === "string" ? [text] : Object.values(text);
  const length = Math.max(...texts.map((one) => one.length));
  if (length <= MOST_MESSAGE) return undefined;
  return `a text message can have ${MOST_MESSAGE} characters, and this one has ${length}; shorten it`;
}
