/** The caller has hung up, as Twilio's status callback reports: runs the flow's `onHangup` if the flow had not ended. */
import { type Event, identityOf, OVER } from "../engine/event.ts";
import { handlerOf, hearsHangups, unwind } from "../engine/scope.ts";
import type { Program } from "../program/program.ts";
import { findVersion } from "./archive.ts";
import type { Deps } from "./deps.ts";
import { placeIn } from "./links.ts";
import type { LogLine } from "./log.ts";
import { currentVersion } from "./publishing.ts";
import { unsealed } from "./recall.ts";
import { runTurn } from "./run-turn.ts";
import { awaitWrite, ENDED, endedKey, type Loaded, load, movedTo, put, stateKey } from "./store.ts";
import { fittingIn } from "./version-lost.ts";

function versionsOf({ programs, archive }: Deps, flow: string): Program[] {
  const known = [...programs.values(), ...(archive?.read.values() ?? [])];
  return known.filter((program) => program.flow === flow);
}

/** Whether the Worker has a version of this flow. */
export function knowsFlow(deps: Deps, flow: string): boolean {
  return versionsOf(deps, flow).length > 0;
}

/**
 * Runs the `onHangup` side road of a call that was cut off, and returns what to log. Does nothing if the flow had ended,
 * or if the store cannot say whether it had. Never rejects. No caller waits: each read has a budget of its own.
 */
export async function hangUp(
  deps: Deps,
  flow: string,
  event: Event,
  base: string,
): Promise<Partial<LogLine>> {
  if (!OVER.test(event.status)) return {};
  const { hears, ...unread } = await canHear(deps, flow, event.sid);
  if (!hears) return unread;
  const ended = await load(deps.store, endedKey(event.sid), Date.now());
  if (ended.value !== undefined || ended.store !== undefined) return { store: ended.store };
  const { value = "", store } = await lastState(deps, event.sid);
  const last = await unsealed(deps, event.sid, value);
  if (!last) return { store };
  // A call that was moved can be in another flow than the one whose callback this is.
  const { flow: own, hash, step } = placeIn(value);
  const found = await findVersion(deps, own, hash, Date.now());
  const program = found.program ?? (await currentVersion(deps, own, identityOf(event), Date.now())).program;
  if (!program) return { store };
  const call = found.program ? last : fittingIn(program, last, step);
  const handler = handlerOf(program, call, step, "onHangup");
  if (!handler) return {};
  // Twilio may deliver the callback twice: the second one finds the mark, or KV refuses it the second write.
  const marked = await awaitWrite(put(deps.store, endedKey(event.sid), ENDED), Date.now());
  if (marked.duplicate) return marked;
  unwind(call, handler.depth);
  const place = { step: handler.step, block: "enter" };
  const { error, path } = await runTurn(deps, { program, event, base, aside: true }, place, call, Date.now());
  return { version: program.hash, step: path.at(1), store: store ?? marked.store, error };
}

/**
 * Whether the call's version can have an `onHangup`. If no known version has one, it can be a version that this isolate
 * has not read yet: that has stored the state of each turn, and the first states name it.
 */
async function canHear(
  deps: Deps,
  flow: string,
  sid: string,
): Promise<{ hears: boolean; store?: string | undefined }> {
  if (versionsOf(deps, flow).some(hearsHangups)) return { hears: true };
  if (!deps.archive) return { hears: false };
  // Two, because a single write may have failed.
  const states = await Promise.all(
    [1, 2].map((rev) => load(deps.store, stateKey("call", sid, rev), Date.now())),
  );
  const known = new Set(versionsOf(deps, flow).map(({ hash }) => hash));
  const hears = states.some(({ value }) => value !== undefined && !known.has(placeIn(value).hash));
  return { hears, store: states.find(({ store }) => store !== undefined)?.store };
}

/** How many revisions are read at once. */
const AT_ONCE = 3;

/**
 * The call's last state that can be read, and why another could not be. Reads the revisions in order, until two after the
 * last one are missing: a single write may have failed. It does not matter that KV caches a miss, because the call is
 * over and writes none of them any more; KV's `list` can lag by a minute.
 */
async function lastState(deps: Deps, sid: string): Promise<Loaded> {
  let last: Loaded = {};
  for (let rev = 1; ; rev += AT_ONCE) {
    const revs = Array.from({ length: AT_ONCE }, (_, index) =>
      load(deps.store, stateKey("call", sid, rev + index), Date.now()),
    );
    const found = await Promise.all(revs);
    const moved = movedTo(found[0]?.value);
    if (rev === 1 && moved !== undefined) {
      last = {};
      rev = moved + 1 - AT_ONCE;
      continue;
    }
    for (const { value, store } of found) {
      if (value !== undefined) last.value = value;
      if (store !== undefined) last.store = store;
    }
    if (found.slice(-2).every(({ value }) => value === undefined)) return last;
  }
}
