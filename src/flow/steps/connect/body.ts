/** The body of a `connect`, and the TwiML that it becomes. */

import { Exit, Status } from "../../language/exit-schema.ts";
import { Keys, Saved } from "../../language/schema.ts";
import { type Schema, Type } from "../../language/type.ts";
import { keyOf, type Noun, schemaOf } from "../../twiml/noun.ts";
import {
  AI_SESSION,
  CONVERSATION_RELAY,
  CONVERSATION_RELAY_SESSION,
  SESSIONS,
} from "../../twiml/sessions.ts";

/** TwiML Connect. */
export const CONNECT: Noun = {
  element: "Connect",
  example: "connect: { stream: { url: wss://example.com/audio }, … }",
  attributes: {},
  own: ["action"],
  children: SESSIONS,
};

/** The nouns that can hand something back. */
export const AGENTS: readonly Noun[] = [CONVERSATION_RELAY, CONVERSATION_RELAY_SESSION, AI_SESSION];

/** TwiML VirtualAgent, "VirtualAgentStatus"; a ConversationRelay only ends or fails. */
export const OUTCOMES = ["failed", "live-agent-handoff", "timeout", "paused"] as const;

/** Exits by the `reasonCode` in a ConversationRelay's HandoffData. */
export type Handoff = Readonly<Record<string, Exit>>;

/** The body of a `connect`. */
export interface Connect extends Readonly<Record<string, unknown>> {
  save?: Saved;
  handoff?: Handoff;
  status?: Partial<Record<(typeof OUTCOMES)[number] | "hangup" | "else", Exit>>;
}

const nouns: [string, Schema][] = SESSIONS.map((noun) => [keyOf(noun), Type.Optional(schemaOf(noun))]);

/** The body of the step. */
export const Body = Keys({
  ...Object.fromEntries(nouns),
  save: Type.Optional(Saved),
  handoff: Type.Optional(Type.Record(Type.String({ minLength: 1 }), Exit, { minProperties: 1 })),
  status: Type.Optional(Status(...OUTCOMES, "hangup")),
});

/** The nouns that a body names, with their own bodies. */
export function named(body: Connect): { noun: Noun; body: object }[] {
  return SESSIONS.flatMap((noun) => {
    const inner = body[keyOf(noun)];
    return typeof inner === "object" && inner !== null ? [{ noun, body: inner }] : [];
  });
}
