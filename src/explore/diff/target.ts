/** Where a call is after an event, as its caller knows it: by what is asked, who is rung and how it ends, not by step names. */
import type { Arrival } from "../advance.ts";
import { VERBS } from "../answers/registry.ts";
import { promptsOf } from "../document.ts";
import type { Heard, Waiting } from "../exploration.ts";

/** What callers can tell a place by. */
export interface Target {
  /** The same for places that callers cannot tell apart. */
  signature: string;
  /** What happens there, after a subject: `rings +14155550123`. */
  does: string;
  /** Where that is, after an event: `at "Thank you for calling"`. */
  at: string;
  /** The step. */
  step: string;
}

/** Names of addresses, as the author knows them. */
export type NameOf = (address: string) => string;

const MOST_CHARACTERS = 60;

/** The place that a call has come to. */
export function targetOf(arrival: Arrival, nameOf: NameOf): Target {
  const { waiting, heard } = arrival;
  return waiting ? waitingAt(waiting, heard, nameOf) : endedAt(arrival);
}

function waitingAt({ element, step }: Waiting, heard: readonly Heard[], nameOf: NameOf): Target {
  const { name } = element;
  const own = name === "Gather" ? textOf(promptsOf(element, () => undefined)) : "";
  const prompt = own === "" ? textOf(heard) : own;
  const to = VERBS[name]?.names?.(element) ?? [];
  const [does, at] = WORDS[name]?.(to.map(nameOf).join(" and "), quoted(prompt)) ?? [
    `waits at ${name}`,
    `at ${name}`,
  ];
  // A question is known by its words, everything else by whom it is about.
  const tells = name === "Gather" || to.length === 0 ? prompt : to.join();
  return { signature: `${name} ${tells}`, does, at, step };
}

/** What a verb does, and where one is then. */
const WORDS: Readonly<Record<string, (to: string, prompt: string) => [does: string, at: string]>> = {
  Gather: (_, prompt) => [`asks ${prompt}`, `at ${prompt}`],
  Dial: (to) => [`rings ${to}`, `when ringing ${to}`],
  Enqueue: (to) => [`waits in ${to}`, `in ${to}`],
  Record: (_, prompt) => [`records a message after ${prompt}`, `when recording after ${prompt}`],
  Pay: (_, prompt) => [`takes a payment after ${prompt}`, `at the payment after ${prompt}`],
  Connect: (to) => [`connects to ${to}`, `in the session with ${to}`],
  Refer: (to) => [`refers the caller to ${to}`, `when referring to ${to}`],
  Echo: () => ["echoes the caller", "at the echo"],
};

const ENDS: Readonly<Record<string, string>> = {
  hangup: "hangs up",
  rejected: "rejects the call",
  apology: "apologises and hangs up",
  problem: "plays a document that Twilio refuses",
  elsewhere: "hands the call to another application",
  caller: "is over",
};

function endedAt({ ended = "hangup", heard, path }: Arrival): Target {
  const text = textOf(heard);
  const how = ENDS[ended] ?? ended;
  const does = text === "" || ended === "apology" ? how : `says ${quoted(text)} and ${how}`;
  return { signature: `ended ${ended} ${text}`, does, at: `when the call ${how}`, step: lastStep(path) };
}

function lastStep(path: readonly string[]): string {
  return path.findLast((step) => step !== "hangup") ?? "";
}

/** All that is said and played, as one text. */
export function textOf(heard: readonly Heard[]): string {
  return heard
    .flatMap((one) => (one.kind === "said" ? [one.text] : one.kind === "played" ? [playedAs(one.url)] : []))
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
}

/** A recording in a text. */
export function playedAs(url: string): string {
  return `[${decodeURI(url.split("/").at(-1) ?? url)}]`;
}

/** A text in quotes, cut at the end of a word. */
export function quoted(text: string): string {
  if (text.length <= MOST_CHARACTERS) return `"${text}"`;
  const cut = text.slice(0, MOST_CHARACTERS);
  return `"${cut.slice(0, Math.max(cut.lastIndexOf(" "), MOST_CHARACTERS / 2)).replace(/[\s,;:.]+$/, "")} …"`;
}

/** The verb at which a call waits, or how it ended. */
export function verbOf({ waiting, ended }: Arrival): string {
  return waiting ? waiting.element.name : `ended ${ended}`;
}

/** Whom a verb names. */
export function namesIn({ element }: Waiting): readonly string[] {
  return VERBS[element.name]?.names?.(element) ?? [];
}
