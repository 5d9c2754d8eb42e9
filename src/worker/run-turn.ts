/** Runs a turn and performs its effects: services answer within the turn, everything else is done after the reply. */
import { type Effect, pendingRequest } from "../engine/effect.ts";
import type { Context } from "../engine/state.ts";
import { resume, type Turn, turn } from "../engine/turn.ts";
import type { Call, Place } from "../program/program.ts";
import type { Deps } from "./deps.ts";
import { ask } from "./http.ts";
import type { LogLine } from "./log.ts";
import { sendMessage } from "./message.ts";
import { writePersistent } from "./persistent.ts";

/**
 * Milliseconds from a webhook's arrival to the end of its last request. The store is read before, and a write that has
 * to be awaited still ends within Twilio's 15 s.
 */
const REQUESTS_MS = 10_000;

/** What the Worker knows of a turn's context: the clock and the environment variables are its own. */
export type Given = Pick<Context, "program" | "event" | "aside">;

/**
 * Runs a turn to its end, with the answers of the services that it asks.
 * @param arrived when the webhook came, by the system clock
 */
export async function runTurn(
  deps: Deps,
  given: Given,
  place: Place,
  before: Call,
  arrived: number,
): Promise<Turn> {
  const { env } = deps;
  const deadline = arrived + REQUESTS_MS;
  let turned = turn({ ...given, env, now: deps.callTime() }, place, before);
  for (let request = pendingRequest(turned); request; request = pendingRequest(turned)) {
    const answer = await ask(deps.web, request, deadline - Date.now());
    const left = deadline - Date.now();
    turned = resume({ ...given, env, now: deps.callTime(), left }, turned, answer);
  }
  deps.watch?.(turned, given.aside === true, given.program);
  for (const effect of turned.effects) deps.waitUntil(perform(deps, given, turned.call, effect));
  return turned;
}

/** Performs an effect after the reply. Only a failure is logged. */
async function perform(deps: Deps, given: Given, call: Call, effect: Effect): Promise<void> {
  const failure = await failureOf(deps, given, call, effect);
  if (failure) deps.log({ call: given.event.sid, flow: given.program.flow, ...failure });
}

type Failure = Pick<LogLine, "event" | "ms" | "error" | "store"> | undefined;

async function failureOf(deps: Deps, { event }: Given, call: Call, effect: Effect): Promise<Failure> {
  const began = Date.now();
  switch (effect.effect) {
    case "message": {
      const [token = ""] = deps.tokens;
      const error = await sendMessage(deps.web, event.accountSid, token, effect);
      return error === undefined ? undefined : { event: `sms ${effect.key}`, ms: Date.now() - began, error };
    }
    case "persist": {
      const { number } = call.caller ?? event.caller;
      const { store } = await writePersistent(deps.store, effect, number);
      return store === undefined ? undefined : { event: "keep", store };
    }
    case "request":
      // Answered within the turn.
      return undefined;
  }
}
