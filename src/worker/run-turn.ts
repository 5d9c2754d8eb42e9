/** A turn of the engine with what it asks and sends: services answer within it, the rest goes out behind the reply. */
import type { Event } from "../engine/event.ts";
import type { Message } from "../engine/request.ts";
import { resume, type Turn, turn } from "../engine/turn.ts";
import type { Call, Place, Program } from "../program/program.ts";
import type { Deps } from "./deps.ts";
import { ask } from "./http.ts";
import { writeKept } from "./kept.ts";
import { sendMessage } from "./message.ts";

/**
 * Milliseconds from a webhook's arrival until its last request is over: the store's read comes before, and an awaited
 * write behind it still ends within Twilio's 15 s.
 */
const ASKING_MS = 10_000;

/** What a turn is run with. */
export interface Begun {
  program: Program;
  place: Place;
  before: Call;
  event: Event;
  /** When the webhook came, in milliseconds since 1970. */
  since: number;
  /** Whether it runs beside the call. */
  beside: boolean;
}

/** Runs a turn to its end, with the answers of the services that it asks. */
export async function runTurn(deps: Deps, begun: Begun): Promise<Turn> {
  const { program, place, before, event, beside } = begun;
  const { env } = deps;
  const until = begun.since + ASKING_MS;
  let turned = turn(program, place, before, event, { now: deps.now(), env, beside });
  while (turned.request) {
    const answer = await ask(deps.web, turned.request, until - Date.now());
    const left = until - Date.now();
    turned = resume(program, turned, answer, event, { now: deps.now(), env, beside, left });
  }
  deps.watch?.(turned, beside);
  for (const message of turned.messages) deps.later(deliver(deps, program.flow, event, message));
  if (turned.keeps.length > 0) deps.later(keepAll(deps, program.flow, event, turned));
  return turned;
}

/** Sends a message behind the reply; only what went wrong is news. */
async function deliver(deps: Deps, flow: string, event: Event, message: Message): Promise<void> {
  const [token = ""] = deps.tokens;
  const began = deps.now();
  const error = await sendMessage(deps.web, event.accountSid, token, message);
  if (error) deps.log({ call: event.sid, flow, event: `sms ${message.key}`, ms: deps.now() - began, error });
}

async function keepAll(deps: Deps, flow: string, event: Event, { call, keeps }: Turn): Promise<void> {
  const { number } = call.caller ?? event.caller;
  const { store } = await writeKept(deps.store, keeps, call.kept ?? {}, number);
  if (store) deps.log({ call: event.sid, flow, event: "keep", store });
}
