/** A turn's document, as Twilio plays it: what is heard, and what the call then waits at. */
import { documentOf } from "../engine/document.ts";
import type { Piece } from "../engine/state.ts";
import { secondsOfSpeech } from "../flow/twiml/speaking-time.ts";
import { type Element, elementsIn, wordsOf } from "../phone/twiml/element.ts";
import { readTwiml } from "../phone/twiml/read.ts";
import { spokenBy } from "../phone/twiml/spoken-by.ts";
import type { Link } from "../program/op.ts";
import type { Document, Heard } from "./exploration.ts";

/** A continuation URL of the document. */
export type Continuation = Pick<Link, "link" | "road">;

const PREFIX = "/continue/";

function urlOf({ link, road }: Link): string {
  return `${PREFIX}${road}/${encodeURIComponent(link)}`;
}

/** The continuation URL that an attribute or a text is; undefined if it is another application's. */
export function continuationIn(url: string | undefined): Continuation | undefined {
  const [, road, link] = /^\/continue\/(voice|aside)\/(.+)$/.exec(url ?? "") ?? [];
  if (link === undefined) return undefined;
  return { road: road === "aside" ? "aside" : "voice", link: decodeURIComponent(link) };
}

/** The continuation URL that another application gets as a parameter. */
export function continuationWithin(url: string): Continuation | undefined {
  const query = url.includes("?") ? new URLSearchParams(url.slice(url.indexOf("?") + 1)) : undefined;
  return [...(query?.values() ?? [])].map(continuationIn).find((one) => one !== undefined);
}

/** Reads documents. The same text is read once. */
export function documentReader(): (pieces: readonly Piece[]) => Document {
  const known = new Map<string, Document>();
  return (pieces) => {
    const text = documentOf(pieces, urlOf);
    const before = known.get(text);
    if (before) return before;
    const document = { text, verbs: readTwiml(text).verbs };
    known.set(text, document);
    return document;
  };
}

/** The seconds of an audio file, by its URL. */
type AudioSeconds = (url: string) => number | undefined;

/** What is heard of a verb; empty for one that makes no sound. */
function heardOf(element: Element, secondsOf: AudioSeconds): Heard[] {
  const { attributes } = element;
  // A loop of 0 has no end.
  const times = Number(attributes.loop ?? 1) || 1;
  switch (element.name) {
    case "Say": {
      const text = spokenBy(element);
      const { language = "en-US", voice = "" } = attributes;
      const seconds = times * secondsOfSpeech(text, language);
      return text === "" ? [] : [{ kind: "said", text, language, voice, seconds }];
    }
    case "Play": {
      const url = wordsOf(element).trim();
      return [{ kind: "played", url, seconds: times * (secondsOf(url) ?? 0) }];
    }
    case "Pause":
      return [{ kind: "paused", seconds: Number(attributes.length ?? 1) }];
    default:
      return [];
  }
}

/** Hears verbs: what is heard of one, or of the prompts in one. An element that was heard is not read again. */
export function listener(secondsOf: AudioSeconds): (element: Element) => readonly Heard[] {
  const known = new WeakMap<Element, readonly Heard[]>();
  return (element) => {
    const before = known.get(element);
    if (before) return before;
    const verbs = element.name === "Gather" ? elementsIn(element) : [element];
    const heard = verbs.flatMap((one) => heardOf(one, secondsOf));
    known.set(element, heard);
    return heard;
  };
}

/** What is heard of the prompts in a verb. */
export function promptsOf(element: Element, secondsOf: AudioSeconds): Heard[] {
  return elementsIn(element).flatMap((child) => heardOf(child, secondsOf));
}
