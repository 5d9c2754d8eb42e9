/** The caller has hung up, as Twilio's status callback reports: runs the flow's `onHangup` if the flow had not ended. */
import { type Event, OVER } from "../engine/event.ts";
import { handlerOf, scopesOf, unwind } from "../engine/scope.ts";
import type { Program } from "../program/program.ts";
import type { Deps } from "./deps.ts";
import { placeIn } from "./links.ts";
import type { LogLine } from "./log.ts";
import { programOf } from "./programs.ts";
import { unsealed } from "./recall.ts";
import { runTurn } from "./run-turn.ts";
import { type Loaded, load, stateKey } from "./store.ts";

/** Whether a program has an `onHangup`, its own or that of a part. */
export function hearsHangups(program: Program): boolean {
  return scopesOf(program).some(({ onHangup }) => onHangup !== undefined);
}

/** Runs the `onHangup` side road, if there is one, and returns what to log. Never rejects. */
export async function hangUp(deps: Deps, flow: string, event: Event): Promise<Partial<LogLine>> {
  const arrived = Date.now();
  const hears = (program: Program): boolean => program.flow === flow && hearsHangups(program);
  if (!OVER.test(event.status) || ![...deps.programs.values()].some(hears)) return {};
  const { value = "", store } = await lastState(deps, event.sid);
  const call = unsealed(deps, value);
  const { hash, step } = placeIn(value);
  const program = programOf(deps.programs, flow, hash);
  if (!call || !program) return { store };
  const handler = handlerOf(program, call, step, "onHangup");
  if (!handler) return {};
  unwind(call, handler.depth);
  const place = { step: handler.step, block: "enter" };
  const { error, path } = await runTurn(deps, { program, event, aside: true }, place, call, arrived);
  return { version: program.hash, step: path.at(1), error };
}

/** How many revisions are read at once. */
const AT_ONCE = 8;

/**
 * The call's last stored state, or why it could not be read. Reads the revisions in order, although most of the keys do
 * not exist: the call is over and writes none of them any more, so it does not matter that KV caches a miss. KV's `list`
 * can lag by a minute.
 */
async function lastState(deps: Deps, sid: string): Promise<Loaded> {
  for (let rev = 1, last: Loaded = {}; ; rev += AT_ONCE) {
    const revs = Array.from({ length: AT_ONCE }, (_, index) =>
      load(deps.store, stateKey("call", sid, rev + index)),
    );
    const found = await Promise.all(revs);
    last = found.findLast(({ value, store }) => value ?? store) ?? last;
    if (found.at(-1)?.value === undefined) return last;
  }
}
