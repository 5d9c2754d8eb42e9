/** What a widget of the original makes the caller hear, sends, dials and asks of services. */

import { textIn, type Widget } from "../definition.ts";
import { render } from "../liquid/render.ts";
import { spoken } from "../prompts.ts";
import { addressOf } from "./address.ts";
import type { Played } from "./played.ts";
import type { Option, World } from "./world.ts";

/** Notes a text message that is sent. */
export function send(text: string, { isText }: World, { lines, heard }: Played): void {
  lines.push({ sms: shorten(text) });
  if (isText) heard.push(text);
}

/** What a Say/Play or a Gather plays; a recording of the call has no URL here. */
export function hear(widget: Widget, scope: object, { heard, lines }: Played): void {
  if (widget.type !== "say-play" && widget.type !== "gather-input-on-call") return;
  const play = textIn(widget, "play").trim();
  if (play !== "") {
    const url = render(play, scope);
    if (url !== "") heard.push(url);
    return;
  }
  const text = spoken(render(textIn(widget, "say"), scope));
  if (text === "") return;
  heard.push(text);
  lines.push({ hear: shorten(text) });
}

/** The first words: as much as a person would write. */
function shorten(text: string): string {
  const plain = text
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  if (plain.length <= 60) return plain;
  return plain.slice(0, 60).replace(/\s+\S*$/, "");
}

/** Notes what the option that was taken makes happen. */
export function happen(
  widget: Widget,
  { line, answer }: Option,
  scope: object,
  { lines, answers }: Played,
): void {
  if (answer !== undefined) {
    const url = addressOf(textIn(widget, "url"), hasQuery(widget));
    answers.set(url, [...(answers.get(url) ?? []), answer]);
  }
  if (line === undefined) return;
  if (widget.type !== "connect-call-to" || typeof line === "string") lines.push(line);
  else lines.push({ dial: dialled(widget, scope), ...line });
}

/** Whether a request can have a query that is not in the widget's URL. */
function hasQuery(widget: Widget): boolean {
  if (widget.type === "add-twiml-redirect") return true;
  return widget.type === "make-http-request" && textIn(widget, "method").toUpperCase() !== "POST";
}

/** What a Connect Call dials, as a test names it. */
function dialled(widget: Widget, scope: object): string {
  const [noun, to] = [textIn(widget, "noun"), render(textIn(widget, "to"), scope).trim()];
  if (noun === "client" || noun === "conference") return `${noun}:${to}`;
  if (noun === "sip") return render(textIn(widget, "sip_endpoint") || textIn(widget, "to"), scope).trim();
  const [first = ""] = to.split(",");
  const digits = first.replace(/\D/g, "");
  return first.trim().startsWith("+") ? first.trim() : digits.length === 10 ? `+1${digits}` : `+${digits}`;
}
