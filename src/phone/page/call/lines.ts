/** What stands at the page's phones and on its wire, each under a number of its own. */
import type { Webhook } from "../../leg/moment.ts";
import type { MessageView, PhoneState } from "../contract.ts";
import type { ConversationLine, RequestEntry } from "../state.ts";
import type { PageLine } from "./page-line.ts";

let lastId = 0;

/** A number that nothing else on the page has. */
export function nextId(): number {
  lastId++;
  return lastId;
}

/** A line that stands at a phone at once, whole. */
export function lineOf(text: string, kind: ConversationLine["kind"] = "person"): ConversationLine {
  return { id: nextId(), kind, text, shown: text.length, isGoing: false };
}

/** Tells of a text message to somebody: without an account it is not really sent. */
export function textsLine(
  { sendsTexts }: Pick<PhoneState, "sendsTexts">,
  { to, body }: MessageView,
): ConversationLine {
  return lineOf(`${sendsTexts ? "texts" : "would text"} ${to}: “${body}”`, "note");
}

/** A webhook that `line` has just had answered, with what the Worker told of its turn. */
export function entryOf({ kind: _, ...webhook }: Webhook, line: PageLine): RequestEntry {
  const turn = line.takeTurn();
  return { ...webhook, id: nextId(), ...(turn && { turn }) };
}
