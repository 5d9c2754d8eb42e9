/** What a Say/Play or a Gather Input lets the caller hear. */
import { type Conversion, textFor } from "./conversion.ts";
import { textIn, type Widget, wholeIn } from "./definition.ts";
import type { PromptItem } from "./step.ts";

/** The text or the recording of a widget; nothing if it has none. */
export function promptOf(c: Conversion, widget: Widget): PromptItem[] {
  const [play, say] = [textIn(widget, "play"), textIn(widget, "say")];
  if (play.trim() !== "") return [{ play: addressOf(c, widget, play.trim()), ...loopOf(widget) }];
  const text = spoken(textFor(c, widget, say).text);
  return text === "" ? [] : [saidBy(widget, text)];
}

/** A text in the voice of a widget. */
export function saidBy(widget: Widget, text: string): PromptItem {
  return {
    say: text,
    voice: voiceOf(widget),
    language: languageOf(textIn(widget, "language")),
    ...loopOf(widget),
  };
}

/** A recording's URL: one that the call has made is the variable itself. */
function addressOf(c: Conversion, widget: Widget, source: string): string {
  const { text, whole } = textFor(c, widget, source);
  return whole?.type === "recording" ? `{{ ${whole.cel} }}` : text;
}

function loopOf(widget: Widget): { loop?: number } {
  const loop = wholeIn(widget, "loop") ?? 1;
  return loop > 1 ? { loop } : {};
}

/** A text as it is spoken: spaces and line breaks do not matter, and SSML needs no `<speak>` around it. */
export function spoken(text: string): string {
  return text
    .split(/(\{\{.*?\}\})/s)
    .map((piece, index) => (index % 2 === 1 ? piece : plain(piece)))
    .join("")
    .replace(/^ | $/g, "")
    .replace(/> \{\{/g, ">{{")
    .replace(/\}\} (?=<\/|[,;!?](?:\s|$))/g, "}}");
}

/** Words without needless spaces. */
function plain(text: string): string {
  return text
    .replace(/<\/?speak[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .replace(/ +([,;!?])(?=\s|$)/g, "$1");
}

/** Twilio's own names of voices that differ in flows. */
function voiceOf(widget: Widget): string {
  const voice = textIn(widget, "voice").trim();
  return voice === "default" ? "" : voice;
}

/** A language as a tag: Studio knows `en` as well. */
export function languageOf(tag: string): string {
  const known: Readonly<Record<string, string>> = {
    en: "en-US",
    es: "es-ES",
    fr: "fr-FR",
    de: "de-DE",
    pt: "pt-BR",
    it: "it-IT",
  };
  return known[tag.trim()] ?? tag.trim();
}
