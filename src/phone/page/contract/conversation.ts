/**
 * The contract between the development entry and what shows a text conversation: the page, and `ringflow text`.
 *
 * - `GET /conversations/<flow>?from=<person>&to=<number>`: a `ConversationView`
 * - `POST` of the same: the message that is waited for does not come: the time-out runs now, and the answer is the
 *   `ConversationView` after it
 * - `DELETE` of the same: the conversation is forgotten
 */
import type { TurnView } from "./turn.ts";

/** Where conversations are in development, and nowhere else. */
export const CONVERSATIONS_PATH = "/conversations/";

/** A text conversation, by its flow and its two numbers. */
export interface ConversationView {
  /** The step that waits for a message, and until when; absent if none is waited for. */
  waits?: { step: string; until: number };
  /** The conversation's own time. Both in milliseconds since 1970. */
  now: number;
  /** What time-outs have done, the latest last. */
  timeouts: TimeoutView[];
}

/** What a time-out has done. The texts of its messages are in its turn. */
export interface TimeoutView {
  /** A later one has a higher number. */
  id: number;
  at: number;
  turn: TurnView;
}

/** The path of a conversation, with its query. */
export function conversationPath(flow: string, from: string, to: string): string {
  return `${CONVERSATIONS_PATH}${flow}?${new URLSearchParams({ from, to })}`;
}
