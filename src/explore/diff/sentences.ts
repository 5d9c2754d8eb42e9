/** Changes as sentences. */
import { type Difference, POSSIBLE } from "./differences.ts";
import { quoted } from "./target.ts";

/** What a sentence is about. */
export interface Subject {
  difference: Difference;
  /** What is done, at the same place. */
  events: readonly string[];
  /** The place; undefined at the begin of a call. */
  at: string | undefined;
  /** At how many places it happens. */
  places: number;
  when: string;
}

const MOST_EVENTS = 4;

/** What a change is about, and what comes before it. */
export function whereOf({ difference, events, at, places }: Subject): string {
  const { kind, about } = difference;
  const more = places > 1 ? ` and at ${places - 1} other ${places === 2 ? "place" : "places"}` : "";
  const { event } = difference.stride;
  const begin = event.kind === "begins" ? "the call" : event.label;
  const place = at === undefined ? `${begin}${more}` : `${eventsText(events)} ${at}${more}`;
  if (about === POSSIBLE) return `${at ?? begin}${more}`;
  if (kind === "exit" || kind === "failure" || kind === "key") return place;
  const isBegin = at === undefined && event.kind === "begins";
  const after = isBegin ? `at the beginning${more}` : `after ${place}`;
  return about === "" ? after : `${about}, ${after}`;
}

/** A change as a sentence, without a full stop. */
export function describe(subject: Subject): string {
  const { difference, when } = subject;
  const { kind, was, now, stride } = difference;
  const where = whereOf(subject);
  const condition = when === "" ? "" : `, ${when}`;
  switch (kind) {
    case "key":
      if (difference.about === POSSIBLE) return `${where}: ${possibleText(was, now)}${condition}`;
      return stride.only === "now"
        ? `${where} is new: ${now}${condition}`
        : `${where} is gone${condition} (before: ${was})`;
    case "prompt":
      return `${promptText(was, now)}, ${where}${condition}`;
    case "voice":
      return `words are now spoken by ${now}, ${where}${condition} (before: ${was})`;
    case "setting":
      return `${where}: now ${now === "" ? "unset" : now}${condition} (before: ${was === "" ? "unset" : was})`;
    case "message":
      return `${effectText("text message", was, now)}, ${where}${condition}`;
    case "request":
      return `${effectText("request", was, now)}, ${where}${condition}`;
    case "kept":
      return `${effectText("stored value", was, now)}, ${where}${condition}`;
    default:
      return `${where} now ${now}${condition} (before: ${was})`;
  }
}

function eventsText(events: readonly string[]): string {
  const named = events.slice(0, MOST_EVENTS);
  const more = events.length - named.length;
  return `${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function possibleText(was: string, now: string): string {
  if (was === "") return `${now} is possible now`;
  return now === "" ? `${was} is no longer possible` : `${now} is possible now, and ${was} no longer`;
}

function promptText(was: string, now: string): string {
  if (was === "") return `${quoted(now)} is said now`;
  if (now === "") return `${quoted(was)} is no longer said`;
  return `${quoted(now)} is said now instead of ${quoted(was)}`;
}

function effectText(noun: string, was: string, now: string): string {
  if (was === "") return `a ${noun} is new: ${now}`;
  if (now === "") return `a ${noun} is gone: ${was}`;
  return `a ${noun} is now ${now} (before: ${was})`;
}
