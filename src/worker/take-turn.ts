/** One turn with all that surrounds it: the state found, the turn run, its document linked, the new state kept. */
import type { Event } from "../engine/event.ts";
import type { Call, Program } from "../program/program.ts";
import type { Deps } from "./deps.ts";
import { hearsHangups } from "./hang-up.ts";
import { type Address, linkUp, pathOf, sealerOf } from "./links.ts";
import type { LogLine } from "./log.ts";
import { recall } from "./recall.ts";
import { refuse, reply } from "./reply.ts";
import { runTurn } from "./run-turn.ts";
import { awaitSaved, ENDED, keep, OF_CALL, type Saved, save, stateKey } from "./store.ts";

/** A webhook that was admitted, and where in which Program it resumes. */
export interface Resumed {
  program: Program;
  at: Address;
  /** Empty where the URL has none. */
  ticket: string;
  /** What Twilio calls this Worker. */
  base: string;
  event: Event;
}

/** A reply, what the log says of it, and the write that may still go on behind it. */
export interface Answer {
  response: Response;
  note: Partial<LogLine>;
  saved?: Promise<Saved> | undefined;
}

const OTHER_CALL = "The ticket in this URL is another call's.";

/** Takes a call's turn, or an aside's beside it. */
export async function takeTurn(deps: Deps, resumed: Resumed): Promise<Answer> {
  const { program, at, event } = resumed;
  const since = Date.now();
  const { call: before, ...found } = await recall(deps, program, at, resumed.ticket, event);
  if (!before) return { response: refuse(403, OTHER_CALL), note: { error: OTHER_CALL } };
  const beside = at.road === "aside";
  const turned = await runTurn(deps, { program, place: at, before, event, since, beside });
  // An aside works on a copy: what it links to stays at the call's own revision.
  const call = beside ? { ...turned.call, rev: at.rev } : turned.call;
  const next: Address = { ...at, hash: program.hash, rev: call.rev, ...turned.next };
  const sealed = sealerOf(deps.tokens, call);
  const { twiml, ticket } = linkUp(turned.pieces, next, resumed.base, sealed);
  const key = stateKey(beside ? "aside" : "call", call.sid, call.rev);
  const saved = beside
    ? hasSet(before, call) && keep(deps.store, key, sealed(key), OF_CALL)
    : (turned.next || hearsHangups(program)) &&
      save(deps.store, key, turned.next ? sealed(pathOf(next)) : ENDED);
  // Whoever waits for an aside goes on as soon as it is over.
  const waited = saved && (beside || ticket === "too-large") ? await awaitSaved(saved) : undefined;
  const { error, cut } = turned;
  const note = {
    ...found,
    next: turned.next?.step,
    ticket,
    ...(cut.length > 0 && { cut }),
    error,
    ...waited,
  };
  return { response: reply(twiml), note, saved: waited ? undefined : saved || undefined };
}

/** Whether an aside set something for the call that waits for it; nobody waits for what a text message sets. */
function hasSet(before: Call, call: Call): boolean {
  return call.rev > 0 && told(before) !== told(call);
}

function told({ vars, kept, language }: Call): string {
  return JSON.stringify([vars, kept, language]);
}
