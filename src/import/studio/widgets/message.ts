/** Send Message → `sms`, and Send & Wait For Reply → `sms` with a persistent variable for what was asked. */
import { type Conversion, exitOn, exitTo, textFor } from "../conversion.ts";
import { textIn, transitionOf, type Widget } from "../definition.ts";
import { compact, Exit, RETURN, type Step, type Tree } from "../step.ts";
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
  const from = textFor(c, widget, textIn(widget, "from").trim());
  const isLine = from.text === "" || ["call.number", "call.to"].includes(from.whole?.cel ?? "");
  const media = textIn(widget, "media_url").trim();
  const isComputed = to.whole !== undefined && to.whole.cel !== "caller.number";
  if (!isLine && from.whole === undefined)
    c.notes.changed.push({
      widget: widget.name,
      was: `it was sent from ${from.text}`,
      is: "it is sent from the number that was called",
    });
  return compact({
    body: textFor(c, widget, textIn(widget, "body")).text.trim(),
    to: to.whole?.cel === "caller.number" ? undefined : to.text,
    allow: isComputed ? ["US"] : undefined,
    mediaUrl: media === "" ? undefined : textFor(c, widget, media).text,
    status: failed && { failed },
  });
}

/** The variable that says what the next message answers. */
export const ASKED = "asked";

/** Converts a Send & Wait For Reply. The next message finds its way by what was asked. */
export function convertReply(c: Conversion, widget: Widget): Step[] | undefined {
  if (c.road !== "text") return undefined;
  const variable = c.values.own(ASKED, { type: "string", keep: "caller" });
  const failed = exitOn(c, widget, "deliveryFailure");
  c.notes.changedExits.add(`${widget.name} timeout`);
  if (transitionOf(widget, "timeout").next !== undefined)
    c.notes.changed.push({
      widget: widget.name,
      was: "a time-out had an exit",
      is: "a reply is an answer whenever it comes",
    });
  const noted = `${widget.name}/asked`;
  const replied = `${widget.name}/reply`;
  return [
    stepFor(widget, {
      kind: "sms",
      body: messageOf(c, widget, failed.isWord ? undefined : failed),
      next: new Exit(noted),
    }),
    stepFor(widget, {
      key: noted,
      wish: `${widget.name} asked`,
      kind: "set",
      body: { [variable.name]: widget.name },
      next: RETURN,
    }),
    stepFor(widget, {
      key: replied,
      wish: `${widget.name} reply`,
      kind: "set",
      body: { [variable.name]: "" },
      next: exitTo(c, transitionOf(widget, "incomingMessage").next),
    }),
  ];
}
