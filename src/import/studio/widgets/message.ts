/** Send Message → `sms`. */
import { type Conversion, exitOn, textFor } from "../conversion.ts";
import { textIn, type Widget } from "../definition.ts";
import { compact, type Exit, type Step, type Tree } from "../step.ts";
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
  noteSender(c, widget);
  const media = textIn(widget, "media_url").trim();
  const isComputed = to.whole !== undefined && to.whole.cel !== "caller.number";
  return compact({
    body: textFor(c, widget, textIn(widget, "body")).text.trim(),
    to: to.whole?.cel === "caller.number" ? undefined : to.text,
    allow: isComputed ? ["US"] : undefined,
    mediaUrl: media === "" ? undefined : textFor(c, widget, media).text,
    status: failed && { failed },
  });
}

/** Reports a sender that is not the number which was called. */
export function noteSender(c: Conversion, widget: Widget): void {
  const from = textFor(c, widget, textIn(widget, "from").trim());
  if (from.text === "" || from.whole !== undefined) return;
  c.notes.changed.push({
    widget: widget.name,
    was: `it was sent from ${from.text}`,
    is: "it is sent from the number that was called",
  });
}
