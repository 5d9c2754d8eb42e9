/** The state of the call that a webhook is about: from its ticket, else from the store, else the defaults. */
import type { Event } from "../engine/event.ts";
import { newCall } from "../engine/turn.ts";
import type { Call, Program } from "../program/program.ts";
import type { Deps } from "./deps.ts";
import { readKept } from "./kept.ts";
import { type Address, pathOf, splitTicket } from "./links.ts";
import { load, stateKey } from "./store.ts";
import { open } from "./ticket.ts";

/** A call's state, and why it is not the one that the call had. */
export interface Recalled {
  /** Undefined where the ticket is another call's. */
  call: Call | undefined;
  degraded?: true;
  store?: string | undefined;
}

/** Finds the call's state at an address; of one that begins, what earlier ones have left. */
export async function recall(
  deps: Deps,
  program: Program,
  at: Address,
  ticket: string,
  event: Event,
): Promise<Recalled> {
  if (at.rev === 0) {
    const { kept, store } = await readKept(deps.store, program, event.caller.number);
    return { call: { ...newCall(event.sid), ...(kept && { kept }) }, store };
  }
  // An aside is asked for by any leg; only the caller's own moves the call.
  const sid = at.road === "aside" && event.parentSid !== "" ? event.parentSid : event.sid;
  const recalling = recallAt(deps, at, ticket, sid);
  if (program.steps[at.step]?.beside !== at.block) return recalling;
  // What ran beside the call while it waited may have set variables and the language.
  const { value, store } = await load(deps.store, stateKey("aside", sid, at.rev));
  const found = await recalling;
  const { vars, kept, language } = opened(deps, value) ?? {};
  const set = { ...(vars && { vars }), ...(kept && { kept }), ...(language && { language }) };
  return { store, ...found, call: found.call && { ...found.call, ...set } };
}

async function recallAt(deps: Deps, at: Address, ticket: string, sid: string): Promise<Recalled> {
  const carried = ticket === "" ? undefined : open(deps.tokens, pathOf(at), ticket);
  if (carried) return { call: at.road === "aside" || carried.sid === sid ? carried : undefined };
  const { value, store } = await load(deps.store, stateKey("call", sid, at.rev));
  const call = opened(deps, value);
  if (call?.sid === sid) return { call };
  return {
    call: { ...newCall(sid), rev: at.rev },
    degraded: true,
    store: store ?? (value ? "what is kept does not open" : "nothing is kept"),
  };
}

/** Opens what was kept: a path, and the state that is sealed for it. */
export function opened(deps: Deps, kept = ""): Call | undefined {
  const [path, ticket] = splitTicket(kept);
  return ticket === "" ? undefined : open(deps.tokens, path, ticket);
}
