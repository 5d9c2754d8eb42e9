/** The state of the call that a webhook is about: from its ticket, else from the store, else the defaults. */
import type { Event } from "../engine/event.ts";
import { newCall } from "../engine/turn.ts";
import type { Call } from "../program/program.ts";
import { type Address, pathOf } from "./address.ts";
import type { Deps } from "./deps.ts";
import { splitTicket } from "./links.ts";
import { load } from "./store.ts";
import { open } from "./ticket.ts";

/** A call's state, and why it is not the one that the call had. */
export interface Recalled {
  /** Undefined where the ticket is another call's. */
  call: Call | undefined;
  degraded?: true;
  store?: string;
}

/** Finds the call's state at an address. */
export async function recall(deps: Deps, at: Address, ticket: string, event: Event): Promise<Recalled> {
  if (at.rev === 0) return { call: newCall(event.sid) };
  const carried = ticket === "" ? undefined : open(deps.tokens, pathOf(at), ticket);
  // An aside is asked for by any leg; only the caller's own moves the call.
  if (carried) return { call: at.road === "aside" || carried.sid === event.sid ? carried : undefined };
  const owner = at.road === "aside" && event.parentSid !== "" ? event.parentSid : event.sid;
  return recallKept(deps, owner, at.rev);
}

async function recallKept(deps: Deps, sid: string, rev: number): Promise<Recalled> {
  const { url = "", store } = await load(deps.store, sid, rev);
  const [path, ticket] = splitTicket(url);
  const kept = ticket === "" ? undefined : open(deps.tokens, path, ticket);
  if (kept?.sid === sid) return { call: kept };
  return { call: { ...newCall(sid), rev }, degraded: true, store: store ?? "what was kept does not open" };
}
