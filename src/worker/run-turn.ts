/** Runs a turn and performs its effects: services answer within the turn, everything else is done after the reply. */
import { type Effect, pendingRequest, type ServiceRequest } from "../engine/effect.ts";
import type { Answer } from "../engine/event.ts";
import { scopeAt } from "../engine/scope.ts";
import type { Context } from "../engine/state.ts";
import { resume, type Turn, turn } from "../engine/turn.ts";
import type { Call, Place } from "../program/call.ts";
import { messageOf } from "../program/message-of.ts";
import { REQUESTS_MS } from "./budget.ts";
import type { Deps } from "./deps.ts";
import type { Asked } from "./http.ts";
import type { LogLine } from "./log.ts";
import { writePersistent } from "./persistent.ts";

/** What the Worker knows of a turn's context: the clock and the environment variables are its own. */
export interface Given extends Pick<Context, "program" | "event" | "aside"> {
  /** This Worker's URL. */
  base: string;
}

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
  const { env, functions } = deps;
  const deadline = arrived + REQUESTS_MS;
  const now = deps.callTime();
  const link =
    given.program.links &&
    (await load(deps, given, "links", (made) => made.linkerOf(deps.sealing.secrets, given.base, now)));
  let turned = turn({ ...given, env, now, link, functions }, place, before);
  for (let request = pendingRequest(turned); request; request = pendingRequest(turned)) {
    const answer = await answerTo(deps, given, turned, request, deadline);
    const left = deadline - Date.now();
    turned = resume({ ...given, env, now: deps.callTime(), left, link, functions }, turned, answer);
  }
  const { RecordingUrl } = given.event.params;
  // Twilio reports a recording to the step that made it. What a call begins with can come from a browser.
  const isReported = RecordingUrl && place.block !== "enter";
  const keep = isReported && (scopeAt(given.program, place.step).recordings ?? given.program.recordings);
  if (keep)
    deps.waitUntil(load(deps, given, "recordings", (made) => made.noteRecording(deps, given.event, keep)));
  deps.watch?.(turned, given.aside === true, given.program);
  for (const effect of turned.effects) deps.waitUntil(perform(deps, given, turned.call, effect));
  return turned;
}

/** What the second module does. Without it, steps that make a link or a request fail, and no text message is sent. */
async function load<T>(
  { outgoing, log }: Deps,
  { program: { flow }, event }: Given,
  name: string,
  make: (module: Awaited<ReturnType<Deps["outgoing"]>>) => T | Promise<T>,
): Promise<T | undefined> {
  try {
    return await make(await outgoing());
  } catch (error) {
    log({ call: event.sid, flow, event: name, error: messageOf(error) });
    return undefined;
  }
}

/** Sends a request. One without a 2xx answer is logged, whatever exit the flow has for it. */
async function answerTo(
  deps: Deps,
  given: Given,
  { next }: Turn,
  request: ServiceRequest,
  deadline: number,
): Promise<Answer> {
  const { web, log } = deps;
  const { program, event } = given;
  const began = Date.now();
  const asked = await load(deps, given, "request", ({ ask }) => ask(web, request, deadline - Date.now()));
  const { answer, why: error } = asked ?? NOT_ASKED;
  const { status } = answer;
  if (!/^2..$/.test(status)) {
    const host = URL.parse(request.url)?.host ?? "";
    const where = { call: event.sid, flow: program.flow, step: next?.step };
    log({ ...where, event: "request", host, status, ms: Date.now() - began, error });
  }
  return answer;
}

const NOT_ASKED: Asked = { answer: { status: "failed", body: null } };

/** Performs an effect after the reply. Only a failure is logged. */
async function perform(deps: Deps, given: Given, call: Call, effect: Effect): Promise<void> {
  const failure = await failureOf(deps, given, call, effect);
  if (failure) deps.log({ call: given.event.sid, flow: given.program.flow, ...failure });
}

/** The part of the log line that is about an effect which failed. */
export type Failure =
  | Pick<LogLine, "event" | "step" | "host" | "status" | "ms" | "error" | "store">
  | undefined;

async function failureOf(deps: Deps, given: Given, call: Call, effect: Effect): Promise<Failure> {
  const { event } = given;
  switch (effect.effect) {
    case "message":
      return load(deps, given, `sms ${effect.key}`, (made) => made.sendEffect(deps, given, effect));
    case "persist": {
      const { store } = await writePersistent(deps.store, effect, call.caller ?? event.caller);
      return store === undefined ? undefined : { event: "keep", store };
    }
    case "request":
      // Answered within the turn.
      return undefined;
  }
}
