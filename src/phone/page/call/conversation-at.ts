/** A text conversation with the Worker on this machine: what it waits for, and how its time passes. */
import { type ConversationView, conversationPath } from "../contract/conversation.ts";

/** A conversation by its flow and its two numbers, as development shows it. Each answers undefined if there is none to show. */
export interface ConversationAt {
  look(): Promise<ConversationView | undefined>;
  /** Lets the time pass until it no longer waits. */
  pass(): Promise<ConversationView | undefined>;
  /** Forgets it: the next message begins anew. */
  forget(): Promise<ConversationView | undefined>;
}

/** @param from the person's number */
export function conversationAt(origin: string, flow: string, from: string, to: string): ConversationAt {
  const ask = async (method: string): Promise<ConversationView | undefined> => {
    const url = origin + conversationPath(flow, from, to);
    const response = await fetch(url, { method }).catch(() => undefined);
    return response?.ok ? response.json() : undefined;
  };
  return { look: () => ask("GET"), pass: () => ask("POST"), forget: () => ask("DELETE") };
}

/** The time-outs that have come since the last look, the first one first. `seen` is the last one before. */
export function timeoutsSince(
  view: ConversationView | undefined,
  seen: number,
): ConversationView["timeouts"] {
  return view?.timeouts.filter(({ id }) => id > seen) ?? [];
}
