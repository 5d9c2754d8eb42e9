/**
 * The start ticket: how a call that the Worker places or moves begins. It travels in the URL of the flow, sealed, so that
 * no name or number is in a log. It is bound to the flow: there is no CallSid yet.
 */
import { isOutbound } from "../engine/caller.ts";
import type { Event } from "../engine/event.ts";
import { jsonIn } from "../engine/values.ts";
import { isMap } from "../program/is-map.ts";
import type { Json } from "../program/json.ts";
import type { Program } from "../program/program.ts";
import { openText, type Sealing, sealText } from "./ticket.ts";

/** How a call begins. */
export interface Start {
  /** Values of the variables that the flow takes. */
  set?: Readonly<Record<string, Json>>;
  /** The step that it begins at, instead of the flow's start. */
  step?: string | undefined;
  /** The revision that the state begins at: that of a call in progress is not followed by one that it had before. */
  rev?: number;
}

/** How a call begins, as its first webhook brings it. */
export interface Begun {
  /** With the values that the ticket sets. */
  event: Event;
  step?: string;
  rev?: number;
  /** There is a ticket, and none of the secrets opens it. */
  isSealed?: true;
}

/** Revisions that no call reaches by its turns begin here. */
export const MOVED = 1e6;

/** Seals a start for a flow. */
export function sealStart(sealing: Sealing, flow: string, start: Start): Promise<string> {
  return sealText(sealing, boundTo(flow), JSON.stringify(start));
}

// No path of a ticket begins like this.
const boundTo = (flow: string): string => `start ${flow}`;

/** What the log says about a ticket that does not open. */
export const STAYS_SEALED =
  "the values of the call do not open: keep a secret that is replaced as TICKET_SECRET_SECONDARY";

/** Opens the start ticket of a call's first webhook, or of a callback about the call. */
export async function withStart(sealing: Sealing, flow: string, event: Event): Promise<Begun> {
  const { t = "" } = event.params;
  // A shorter one is another application's.
  if (!/^[\w-]{38,}$/.test(t)) return { event };
  const start = jsonIn((await openText(sealing, boundTo(flow), t)) ?? "");
  if (!isMap(start)) return { event, isSealed: true };
  const { set, step, rev } = start;
  return {
    event: { ...event, set: isMap(set) ? set : {} },
    ...(typeof step === "string" && { step }),
    ...(typeof rev === "number" && { rev }),
  };
}

/** Whether a flow that calls people lacks the values that this call is about. Callers hear what the flow says anyway. */
export function lacksValues({ isSealed, event }: Begun, { takes = [] }: Program): boolean {
  return isSealed === true && takes.length > 0 && isOutbound(event.direction);
}
