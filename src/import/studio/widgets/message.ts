/** Send Message → `sms`, and Send & Wait For Reply → `ask`. */
import { type Conversion, exitOn, textFor } from "../conversion.ts";
import { textIn, transitionOf, type Widget, wholeIn } from "../definition.ts";
import { compact, type Exit, RETURN, type Step, type Tree } from "../step.ts";
import { stepFor } from "./widget.ts";

/** Converts a Send Message. */
export function convertMessage(c: Conversion, widget: Widget): Step[] {
  const [sent, failed] = [exitOn(c, widget, "sent"), exitOn(c, widget, "failed")];
  const isSame = sent.to === failed.to && sent.isWord === failed.isWord;
  const body = messageOf(c, widget, isSame ? undefined : failed);
  return [stepFor(widget, { kind: "sms", body, next: sent })];
}

function messageOf(c: Conversion, widget: Widget, failed: Exit | undefined): Tree {
  const to = textFor(c, widget, textIn(widget, "to").trim() || "{{contact.channel.address}}");
  const isComputed = to.whole !== undefined && to.whole.cel !== "caller.number";
  noteSender(c, widget);
  return compact({
    body: wordsOf(c, widget),
    to: to.whole?.cel === "caller.number" ? undefined : to.text,
    allow: isComputed ? ["US"] : undefined,
    mediaUrl: mediaOf(c, widget),
    status: failed && { failed },
  });
}

function noteSender(c: Conversion, widget: Widget): void {
  const from = textFor(c, widget, textIn(widget, "from").trim());
  const isLine = from.text === "" || ["call.number", "call.to"].includes(from.whole?.cel ?? "");
  if (isLine || from.whole !== undefined) return;
  c.notes.changed.push({
    widget: widget.name,
    was: `it was sent from ${from.text}`,
    is: "it is sent from the number that was called",
  });
}

function wordsOf(c: Conversion, widget: Widget): string {
  return textFor(c, widget, textIn(widget, "body")).text.trim();
}

function mediaOf(c: Conversion, widget: Widget): string | undefined {
  const media = textIn(widget, "media_url").trim();
  return media === "" ? undefined : textFor(c, widget, media).text;
}

/** Studio waits an hour if a widget does not say for how long. */
const TIMEOUT = 3600;
/** What an `ask` can wait: a minute to 30 days. */
const SHORTEST = 60;
const LONGEST = 30 * 86_400;

/** Converts a Send & Wait For Reply: any text is an answer. */
export function convertReply(c: Conversion, widget: Widget): Step[] | undefined {
  if (c.road !== "text") return undefined;
  noteSender(c, widget);
  const next = exitOn(c, widget, "incomingMessage");
  const late = exitOn(c, widget, "timeout");
  if (transitionOf(widget, "deliveryFailure").next !== undefined) {
    c.notes.changedExits.add(`${widget.name} deliveryFailure`);
    c.notes.changed.push({
      widget: widget.name,
      was: "a question that was not delivered had an exit",
      is: "no answer comes, and the time-out has one",
    });
  }
  const seconds = Math.min(Math.max(wholeIn(widget, "timeout") ?? TIMEOUT, SHORTEST), LONGEST);
  const isReturn = late.isWord && late.to === RETURN.to;
  const body = compact({
    prompt: wordsOf(c, widget),
    mediaUrl: mediaOf(c, widget),
    timeout: durationOf(seconds),
    attempts: 1,
    otherwise: isReturn ? undefined : { silence: late, else: next },
  });
  return [stepFor(widget, { kind: "ask", body, next })];
}

/** A duration in its largest whole unit, minutes at least. */
function durationOf(seconds: number): string {
  if (seconds % 86_400 === 0) return `${seconds / 86_400}d`;
  return seconds % 3600 === 0 ? `${seconds / 3600}h` : `${Math.ceil(seconds / 60)}m`;
}
