/**
 * The start ticket: how a call that the Worker places or moves begins. It travels in the URL of the flow, sealed, so that
 * no name or number is in a log. It is bound to the flow: there is no CallSid yet.
 */
import type { Event } from "../engine/event.ts";
import { jsonIn } from "../engine/values.ts";
import { isMap } from "../program/is-map.ts";
import type { Json } from "../program/program.ts";
import { openText, type Sealing, sealText } from "./ticket.ts";

/** How a call begins. */
export interface Start {
  /** Values of the variables that the flow takes. */
  set?: Readonly<Record<string, Json>>;
  /** The step that it begins at, instead of the flow's start. */
  step?: string | undefined;
}

/** Seals a start for a flow. */
export function sealStart(sealing: Sealing, flow: string, start: Start): Promise<string> {
  return sealText(sealing, boundTo(flow), JSON.stringify(start));
}

// No path of a ticket begins like this.
const boundTo = (flow: string): string => `start ${flow}`;

/**
 * Opens the start ticket of a call's first webhook, or of a callback about the call.
 * @returns the event with the values that it sets, and the step; the event as it is without a ticket that opens
 */
export async function withStart(
  sealing: Sealing,
  flow: string,
  event: Event,
): Promise<{ event: Event; step?: string }> {
  const { t } = event.params;
  const text = t && (await openText(sealing, boundTo(flow), t));
  const start = jsonIn(text || "null");
  if (!isMap(start)) return { event };
  const { set, step } = start;
  return { event: { ...event, set: isMap(set) ? set : {} }, ...(typeof step === "string" && { step }) };
}
