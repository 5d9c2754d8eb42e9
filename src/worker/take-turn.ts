/** One turn with all that surrounds it: the state found, the turn run, its document linked, the new state kept. */
import type { Event } from "../engine/event.ts";
import type { Message } from "../engine/request.ts";
import { resume, type Turn, turn } from "../engine/turn.ts";
import type { Call, Program } from "../program/program.ts";
import { type Address, pathOf } from "./address.ts";
import type { Deps } from "./deps.ts";
import { ask } from "./http.ts";
import { linkUp, sealerOf } from "./links.ts";
import type { LogLine } from "./log.ts";
import { sendMessage } from "./message.ts";
import { recall } from "./recall.ts";
import { refuse, reply, SILENCE } from "./reply.ts";
import { awaitSaved, type Saved, save } from "./store.ts";

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

const OTHER_CALL = "The ticket in this URL is another call's than the CallSid.";

/**
 * Milliseconds from a webhook's arrival until its last request is over: the store's read comes before, and an awaited
 * write behind it still ends within Twilio's 15 s.
 */
const ASKING_MS = 10_000;

/** A turn, with the answers of the services that it asks; `until` in milliseconds since 1970. */
async function turnAndAsk(
  deps: Deps,
  program: Program,
  at: Address,
  before: Call,
  event: Event,
  until: number,
): Promise<Turn> {
  const { env } = deps;
  let turned = turn(program, at, before, event, { now: deps.now(), env });
  while (turned.request) {
    const answer = await ask(deps.web, turned.request, until - Date.now());
    turned = resume(program, turned, answer, event, { now: deps.now(), env, left: until - Date.now() });
  }
  return turned;
}

/** Sends a message behind the reply; only what went wrong is news. */
async function deliver(deps: Deps, flow: string, event: Event, message: Message): Promise<void> {
  const [token = ""] = deps.tokens;
  const began = deps.now();
  const error = await sendMessage(deps.web, event.accountSid, token, message);
  if (error) deps.log({ call: event.sid, flow, event: `sms ${message.key}`, ms: deps.now() - began, error });
}

/** Takes a call's turn, or an aside's beside it. */
export async function takeTurn(deps: Deps, resumed: Resumed): Promise<Answer> {
  const { program, at, event } = resumed;
  const until = Date.now() + ASKING_MS;
  const { call: before, ...found } = await recall(deps, at, resumed.ticket, event);
  if (!before) return { response: refuse(403, OTHER_CALL), note: { error: OTHER_CALL } };
  const turned = await turnAndAsk(deps, program, at, before, event, until);
  if (at.road === "voice") deps.watch?.(turned);
  for (const message of turned.messages ?? []) deps.later(deliver(deps, program.flow, event, message));
  // An aside works on a copy: what it links to stays at the call's own revision.
  const call = at.road === "aside" ? { ...turned.call, rev: at.rev } : turned.call;
  const next: Address = { ...at, hash: program.hash, rev: call.rev, ...turned.next };
  const sealed = sealerOf(deps.tokens, call);
  // What fails beside a call must not end it: the leg that asked hears nothing, and is connected.
  const pieces = at.road === "aside" && turned.error ? [SILENCE] : turned.pieces;
  const { twiml, ticket } = linkUp(pieces, next, resumed.base, sealed);
  const saved =
    turned.next && at.road === "voice"
      ? save(deps.store, call.sid, call.rev, sealed(pathOf(next)))
      : undefined;
  const waited = saved && ticket === "too-large" ? await awaitSaved(saved) : undefined;
  const { error, cut } = turned;
  const note = { ...found, next: turned.next?.step, ticket, cut, error, ...waited };
  return { response: reply(twiml), note, saved: waited ? undefined : saved };
}
