/** The state of the call that a webhook is about: from its ticket, else from the store, else the defaults. */
import type { Event } from "../engine/event.ts";
import { newCall } from "../engine/turn.ts";
import type { Call, Program } from "../program/program.ts";
import { type Address, pathOf } from "./address.ts";
import type { Deps } from "./deps.ts";
import { readKept } from "./kept.ts";
import { splitTicket } from "./links.ts";
import { asideKey, callKey, load } from "./store.ts";
import { open } from "./ticket.ts";

/** A call's state, and why it is not the one that the call had. */
export interface Recalled {
  /** Undefined where the ticket is another call's. */
  call: Call | undefined;
  degraded?: true;
  store?: string;
}

/** Finds the call's state at an address. */
export async function recall(
  deps: Deps,
  program: Program,
  at: Address,
  ticket: string,
  event: Event,
): Promise<Recalled> {
  if (at.rev === 0) return recallNew(deps, program, event);
  const found = await recallAt(deps, at, ticket, event);
  const waits = program.steps[at.step]?.beside === at.block;
  return waits && found.call ? { ...found, call: await withAside(deps, found.call) } : found;
}

/** The state of a call or a text message that has not had a turn: what earlier ones have left. */
export async function recallNew(
  deps: Deps,
  program: Program,
  event: Event,
): Promise<Recalled & { call: Call }> {
  const { kept, store } = await readKept(deps.store, program, event.caller.number);
  return { call: { ...newCall(event.sid), ...(kept && { kept }) }, ...(store !== undefined && { store }) };
}

async function recallAt(deps: Deps, at: Address, ticket: string, event: Event): Promise<Recalled> {
  // An aside is asked for by any leg; only the caller's own moves the call.
  const carried = ticket === "" ? undefined : open(deps.tokens, pathOf(at), ticket);
  if (carried) return { call: at.road === "aside" || carried.sid === event.sid ? carried : undefined };
  const sid = at.road === "aside" && event.parentSid !== "" ? event.parentSid : event.sid;
  const { value = "", store } = await load(deps.store, callKey(sid, at.rev));
  const call = opened(deps, value);
  if (call?.sid === sid) return { call };
  return {
    call: { ...newCall(sid), rev: at.rev },
    degraded: true,
    store: store ?? "what was kept does not open",
  };
}

/** What ran beside the call while it waited may have set variables and the language. */
async function withAside(deps: Deps, call: Call): Promise<Call> {
  const { value = "" } = await load(deps.store, asideKey(call.sid, call.rev));
  const { vars, kept, language } = opened(deps, value) ?? call;
  return { ...call, vars, ...(kept && { kept }), ...(language !== undefined && { language }) };
}

/** Opens what was kept: a path, and the state that is sealed for it. */
export function opened(deps: Deps, kept: string): Call | undefined {
  const [path, ticket] = splitTicket(kept);
  return ticket === "" ? undefined : open(deps.tokens, path, ticket);
}
