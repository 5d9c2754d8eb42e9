/** The state of the call that a webhook is about: from its ticket, else from the store, else the defaults. */
import type { Event } from "../engine/event.ts";
import { newCall } from "../engine/turn.ts";
import type { Call } from "../program/call.ts";
import type { Program } from "../program/program.ts";
import type { Deps } from "./deps.ts";
import { type Continuation, pathOf, placeIn } from "./links.ts";
import { readPersistent } from "./persistent.ts";
import { type Loaded, load, stateKey } from "./store.ts";
import { open } from "./ticket.ts";

/** A call's state, and why it is not the one that the call had. */
interface Recalled {
  call: Call;
  degraded?: true;
  store?: string | undefined;
}

/**
 * Finds the call's state for a continuation URL; a new call has the persistent variables that earlier calls left.
 * @param arrived when the webhook came, by the system clock
 */
export function recall(
  deps: Deps,
  program: Program,
  at: Continuation,
  ticket: string,
  event: Event,
  arrived: number,
): Promise<Recalled> {
  if (at.rev === 0) return recallNew(deps, program, event, arrived);
  // Any leg may request an aside; only the caller's own leg moves the call.
  const sid = at.road === "aside" && event.parentSid !== "" ? event.parentSid : event.sid;
  const recalling = recallAt(deps, program, at, ticket, sid, arrived);
  return program.steps[at.step]?.beside === at.block
    ? withAside(deps, recalling, at.rev, sid, arrived)
    : recalling;
}

/** The state of a call that begins: the persistent variables that earlier calls left. */
export async function recallNew(
  deps: Deps,
  program: Program,
  event: Event,
  arrived: number,
): Promise<Recalled> {
  const { kept, store } = await readPersistent(deps.store, program, event.caller, arrived);
  return { call: { ...newCall(event.sid), ...(kept && { kept }) }, store };
}

async function withAside(
  deps: Deps,
  recalling: Promise<Recalled>,
  rev: number,
  sid: string,
  arrived: number,
): Promise<Recalled> {
  // An aside that ran while the call waited can have set variables and the language.
  const { value, store } = await load(deps.store, stateKey("aside", sid, rev), arrived);
  const found = await recalling;
  const { vars, kept, language } = (await unsealed(deps, sid, value)) ?? {};
  const set = { ...(vars && { vars }), ...(kept && { kept }), ...(language && { language }) };
  return { store, ...found, call: { ...found.call, ...set } };
}

async function recallAt(
  deps: Deps,
  program: Program,
  at: Continuation,
  ticket: string,
  sid: string,
  arrived: number,
): Promise<Recalled> {
  const carried = ticket === "" ? undefined : await open(deps.sealing, pathOf(at), ticket, sid);
  if (carried) return { call: carried };
  const { value, store, isOfCall } = await loadAt(deps, program, at, sid, arrived);
  const call = await unsealed(deps, sid, value);
  const found = call?.sid === sid ? call : undefined;
  // The call's state serves an aside that begins, at the step where the call waits.
  if (found && (!isOfCall || placeIn(value ?? "").step === at.step)) return { call: found };
  const why = value ? "the stored state does not open" : "no state is stored";
  return {
    call: found ?? { ...newCall(sid), rev: at.rev },
    degraded: true,
    store: store ?? (found ? "the aside's state is not stored" : why),
  };
}

// An aside can outgrow its ticket although the call has not: its own state is at the aside's key. Its first webhook comes
// to the call's step, and must not read that key: KV would cache the miss. If the aside's state is lost, that of the call
// lacks only what the aside has set, and its way back.
async function loadAt(
  { store }: Deps,
  program: Program,
  at: Continuation,
  sid: string,
  arrived: number,
): Promise<Loaded & { isOfCall?: boolean }> {
  const isUnderWay = at.road === "aside" && program.steps[at.step]?.beside === undefined;
  const own = isUnderWay ? await load(store, stateKey("aside", sid, at.rev), arrived) : {};
  if (own.value || own.store) return own;
  return { ...(await load(store, stateKey("call", sid, at.rev), arrived)), isOfCall: isUnderWay };
}

/** Opens the stored state of a call: a path, and the ticket that is sealed for it. */
export async function unsealed(deps: Deps, sid: string, stored = ""): Promise<Call | undefined> {
  const [path = "", ticket] = stored.split("?t=");
  return ticket ? open(deps.sealing, path, ticket, sid) : undefined;
}
