/** Builds the lines of a conversation and the entries of the request list, each with its own id. */
import type { Webhook } from "../../leg/moment.ts";
import type { PhoneState } from "../contract/state.ts";
import type { MessageView } from "../contract/turn.ts";
import type { ConversationLine, RequestEntry } from "../state.ts";
import type { LineAccount, PageLine } from "./page-line.ts";

let lastId = 0;

/** A number that nothing else on the page has. */
export function nextId(): number {
  lastId++;
  return lastId;
}

/** A line that is shown whole at once. */
export function lineOf(text: string, kind: ConversationLine["kind"] = "person"): ConversationLine {
  return { id: nextId(), kind, text, shown: text.length, isGoing: false };
}

/** A line for a text message; without a Twilio account, and while services have stand-ins, it is not sent. */
export function textsLine(
  { sendsTexts, standIns }: Pick<PhoneState, "sendsTexts"> & Pick<LineAccount, "standIns">,
  { to, body }: MessageView,
): ConversationLine {
  return lineOf(`${sendsTexts && !standIns ? "texts" : "would text"} ${to}: “${body}”`, "note");
}

/** A webhook that `line` has just sent, with the turn of its response. */
export function entryOf({ kind: _, ...webhook }: Webhook, line: PageLine): RequestEntry {
  const turn = line.takeTurn();
  return { ...webhook, id: nextId(), ...(turn && { turn }) };
}
