/** The caller has hung up, as Twilio's status callback tells: the flow's `onHangup` runs, where the flow had not ended. */
import { type Event, OVER } from "../engine/event.ts";
import { roadFrom, scopesOf } from "../engine/scope.ts";
import type { Program } from "../program/program.ts";
import type { Deps } from "./deps.ts";
import { placeIn } from "./links.ts";
import type { LogLine } from "./log.ts";
import { programOf } from "./programs.ts";
import { opened } from "./recall.ts";
import { runTurn } from "./run-turn.ts";
import { type Loaded, load, stateKey } from "./store.ts";

/** Whether a program has something to do when a caller hangs up. */
export function hearsHangups(program: Program): boolean {
  return scopesOf(program).some(({ onHangup }) => onHangup !== undefined);
}

/** Goes the `onHangup` road where there is one; what the log says of it. Never rejects. */
export async function hangUp(deps: Deps, flow: string, event: Event): Promise<Partial<LogLine>> {
  const since = Date.now();
  const hears = (program: Program): boolean => program.flow === flow && hearsHangups(program);
  if (!OVER.test(event.status) || ![...deps.programs.values()].some(hears)) return {};
  const { value = "", store } = await lastKept(deps, event.sid);
  const call = opened(deps, value);
  const { hash, step } = placeIn(value);
  const program = programOf(deps.programs, flow, hash);
  if (!call || !program) return { store };
  const start = roadFrom(program, call, step, "onHangup");
  if (start === undefined) return {};
  const place = { step: start, block: "enter" };
  const { error, path } = await runTurn(deps, { program, place, before: call, event, since, beside: true });
  return { version: program.hash, step: path.at(1), error };
}

/** How many revisions are asked for at once. */
const AT_ONCE = 8;

/**
 * The call's last kept state; or why it is not known, where the store fails behind what was found. Its revisions are
 * asked for in turn, although most are not there: a call that is over writes none of them any more, so that it does no
 * harm that KV remembers a miss. KV's `list` may lag by a minute.
 */
async function lastKept(deps: Deps, sid: string): Promise<Loaded> {
  for (let rev = 1, last: Loaded = {}; ; rev += AT_ONCE) {
    const revs = Array.from({ length: AT_ONCE }, (_, index) =>
      load(deps.store, stateKey("call", sid, rev + index)),
    );
    const found = await Promise.all(revs);
    last = found.findLast(({ value, store }) => value ?? store) ?? last;
    if (found.at(-1)?.value === undefined) return last;
  }
}
