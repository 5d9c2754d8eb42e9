/** A text message just before it is sent: who can get it, from which channel, and how long it can be. */
import { MOST_MESSAGE, shorten } from "../program/shorten.ts";
import type { Message } from "./effect.ts";

// Numbers, short codes, and the addresses of channels that carry text; `sip:` and `client:` carry voice only.
const RECEIVER = /^(\+\d{7,15}|\d{3,8}|(whatsapp|rcs|messenger):.+)$/;

/** A message that can be sent, or why it cannot arrive. */
type Ready = { form: Message["form"]; cut: boolean } | { problem: string };

/**
 * Makes a message ready to send. Its sender joins the receiver's channel: Twilio refuses a message from
 * `+14155550100` to `whatsapp:+…`.
 */
export function readyMessage(form: Message["form"]): Ready {
  const { To = "", From = "", Body = "", MediaUrl = "" } = form;
  const to = To.trim();
  if (!RECEIVER.test(to)) return { problem: `a text message cannot reach ${nameOf(to)}` };
  if (Body.trim() === "" && MediaUrl === "") return { problem: "the text message is empty" };
  const from = senderOn(channelOf(to), From.trim());
  if (from === undefined)
    return { problem: `a text message cannot go from ${nameOf(From)} to ${nameOf(to)}: use one channel` };
  const body = shorten(Body, MOST_MESSAGE);
  return { form: { ...form, To: to, From: from, Body: body }, cut: body !== Body };
}

function channelOf(address: string): string {
  return /^([a-z]+):/.exec(address)?.[1] ?? "";
}

// The same number can be a WhatsApp sender; the senders of other channels have names of their own.
function senderOn(channel: string, from: string): string | undefined {
  if (channelOf(from) === channel) return from;
  if (channel === "whatsapp" && from.startsWith("+")) return `whatsapp:${from}`;
  // A messaging service has senders on every channel.
  return from.startsWith("MG") || from === "" ? from : undefined;
}

// The log does not show whom a message was for.
function nameOf(address: string): string {
  if (address === "") return "an empty address";
  if (address === "anonymous") return "a caller who hides the number";
  return channelOf(address) === "" ? "this address" : `a ${channelOf(address)} address`;
}
