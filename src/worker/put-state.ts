/** Puts a turn's state into the store, if someone may read it. */
import { hearsHangups } from "../engine/scope.ts";
import type { Call } from "../program/call.ts";
import type { Program } from "../program/program.ts";
import type { Deps } from "./deps.ts";
import type { Continuation, Linked, Sealer } from "./links.ts";
import type { LogLine } from "./log.ts";
import {
  awaitWrite,
  ENDED,
  endedKey,
  movedMark,
  OF_CALL,
  put,
  replace,
  stateKey,
  type Written,
} from "./store.ts";

/** A document with its links, and the state that is sealed into them. */
export interface Sealed extends Linked {
  call: Call;
  /** The path that resumes; absent if the call ends here. */
  next?: string;
  seal: Sealer;
}

/** The program that answered, and the place where it resumed. */
interface Found {
  program: Program;
  at: Continuation;
}

/**
 * Waits only for a write that the next webhook may depend on, and then returns its outcome. Never rejects.
 * @param arrived when the webhook came, by the system clock
 */
export async function putState(
  deps: Deps,
  found: Found,
  before: Call,
  sealed: Sealed,
  arrived: number,
): Promise<Written> {
  const { call, next, seal, ticket } = sealed;
  if (found.at.road === "aside") {
    if (!hasSet(before, call) && ticket !== "too-large") return {};
    // The call resumes as soon as its aside is over.
    const key = stateKey("aside", call.sid, call.rev);
    return awaitPut(deps, replace(deps.store, key, await seal(key), OF_CALL), arrived);
  }
  // A call that was moved: what reads its last state begins at this revision.
  if (found.at.rev === 0 && before.rev > 0)
    deps.waitUntil(replace(deps.store, stateKey("call", call.sid, 1), movedMark(before.rev), OF_CALL));
  const hears = hearsHangups(found.program);
  if (next === undefined) return hears ? markEnded(deps, found, call.sid, arrived) : {};
  if (deps.callState === "ticket" && ticket === "sealed" && !hears) return {};
  const write = put(deps.store, stateKey("call", call.sid, call.rev), await seal(next));
  if (ticket === "too-large") return awaitPut(deps, write, arrived);
  deps.waitUntil(write.then((outcome) => logWrite(deps, found, call.sid, outcome)));
  return {};
}

/**
 * Waits for the mark: Twilio may report the hang-up as soon as it has the last document, and a report that does not see
 * the mark takes the caller for cut off. A mark that failed is tried again while the caller hears that document.
 */
async function markEnded(deps: Deps, found: Found, sid: string, arrived: number): Promise<Written> {
  const outcome = await awaitPut(deps, put(deps.store, endedKey(sid), ENDED), arrived);
  if (outcome.store !== undefined) {
    const again = replace(deps.store, endedKey(sid), ENDED, OF_CALL);
    deps.waitUntil(again.then((last) => logWrite(deps, found, sid, last)));
  }
  return outcome;
}

/** Waits for a write, which continues after the reply if it takes longer: the caller may need longer still to answer. */
function awaitPut({ waitUntil }: Deps, write: Promise<Written>, arrived: number): Promise<Written> {
  waitUntil(write);
  return awaitWrite(write, arrived);
}

// A write that succeeds after the reply is not logged.
function logWrite({ log }: Deps, { at }: Found, call: string, outcome: Written): void {
  const line: LogLine = { call, flow: at.flow, event: "write", ...outcome };
  if (line.duplicate || line.store) log(line);
}

/** Whether an aside set something for the call that waits for it. No call waits for a text message. */
function hasSet(before: Call, call: Call): boolean {
  const settable = ({ vars, kept, language }: Call): string => JSON.stringify([vars, kept, language]);
  return call.rev > 0 && settable(before) !== settable(call);
}
