/**
 * `<Dial>`: rings others, plays a document to the person who picks up, connects the legs and requests the action with
 * the outcome. Source: TwiML Dial. The first person to pick up ends the ringing, even if that leg then hangs up
 * unconnected; with `sequential` the next noun rings only if nobody picked up.
 */

import { requestFor, type TwimlDocument } from "../leg/document.ts";
import { followAction } from "../leg/follow-action.ts";
import type { CalledHandset } from "../leg/handset.ts";
import { type CallerLeg, emit, hangUp, type Params, secondsOf } from "../leg/leg.ts";
import type { Bridged, Ringing } from "../leg/moment.ts";
import { nounsOf } from "../leg/noun.ts";
import type { Step } from "../leg/player.ts";
import { aboutTape, makeTape, reportTape } from "../leg/tape.ts";
import type { Element } from "../twiml/element.ts";
import { type CalledLeg, newCallee, pickUp, report } from "./callee.ts";
import { ROOM_VERBS, type WaitEnd, wait } from "./waiting.ts";

/** Plays a `<Dial>`. */
export async function dial(leg: CallerLeg, element: Element, document: TwimlDocument): Promise<Step> {
  const outcome = await ringAll(leg, element, document);
  return followAction(leg, element, document, outcome);
}

/** The action's parameters for a dial. */
async function ringAll(leg: CallerLeg, element: Element, document: TwimlDocument): Promise<Params> {
  const { callerId = leg.standard.From ?? "", sequential } = element.attributes;
  const callees = nounsOf(element).map((noun) => newCallee(leg, noun, document, callerId));
  const rounds = sequential === "true" ? callees.map((callee) => [callee]) : [callees];
  let outcome: Params = { DialCallStatus: "failed", DialBridged: "false" };
  for (const round of rounds) {
    if (round.length === 0) break;
    const { answered, params } = await ring(leg, element, round);
    outcome = params;
    if (answered || leg.call.gone) break;
  }
  return outcome;
}

interface Round {
  answered: boolean;
  params: Params;
}

async function ring(leg: CallerLeg, element: Element, callees: CalledLeg[]): Promise<Round> {
  const ringing: Ringing = {
    kind: "ringing",
    callees: callees.map((callee) => callee.noun.callee),
    timeout: Number(element.attributes.timeout ?? 30),
    callerId: callees[0]?.standard.From ?? "",
  };
  for (const callee of callees) await report(callee, "initiated");
  for (const callee of callees) await report(callee, "ringing");
  await emit(leg, ringing);
  const answer = leg.call.gone ? "hangup" : await leg.handset.ring(ringing);
  leg.call.sinceInput = 0;
  if (typeof answer === "object" && "handset" in answer) return connect(leg, element, callees, answer);
  if (answer === "hangup") hangUp(leg);
  const status = answer === "hangup" ? "canceled" : answer.status;
  if (status === "no-answer") leg.call.line.clock.pass(ringing.timeout);
  for (const callee of callees) await report(callee, "completed", status);
  const params = { DialCallStatus: status, DialCallSid: callees.at(-1)?.sid ?? "", DialBridged: "false" };
  return { answered: false, params };
}

async function connect(
  leg: CallerLeg,
  element: Element,
  callees: CalledLeg[],
  answer: { answered: number; handset: CalledHandset; left?: string },
): Promise<Round> {
  const taken = callees[answer.answered];
  if (!taken) throw new RangeError(`${callees.length} were rung; there is no callee ${answer.answered}.`);
  for (const callee of callees) if (callee !== taken) await report(callee, "completed", "canceled");
  const waited = await waitInRoom(leg, taken);
  if (waited !== "bridged") {
    return { answered: true, params: { DialCallStatus: waited === "hangup" ? "answered" : "failed" } };
  }
  const bridged = (await pickUp(taken, answer.handset)) && answer.left === undefined;
  const talked = bridged ? await talk(leg, element, taken) : 0;
  const tape = taped(leg, element, taken, talked);
  taken.status = "completed";
  await report(taken, "completed");
  if (taken.noun.callee.kind === "conference")
    return { answered: true, params: { DialCallStatus: "answered" } };
  const params = {
    DialCallStatus: answer.left ?? "completed",
    DialCallSid: taken.sid,
    DialCallDuration: `${secondsOf(taken)}`,
    DialBridged: `${bridged}`,
    ...(taken.noun.callee.kind === "queue" && dequeueParams(taken)),
    ...tape,
  };
  return { answered: true, params };
}

/** TwiML Dial, "Queue": the action's parameters for the queue; Twilio misspells one of them. */
function dequeueParams({ call, sid }: CalledLeg): Params {
  return { QueueSid: call.sids("QU"), QueueTime: "0", DequeingCallSid: sid };
}

/** Plays a conference's waiting room until it begins; other nouns have none. */
async function waitInRoom(leg: CallerLeg, { noun, document }: CalledLeg): Promise<WaitEnd> {
  const { waitUrl, waitMethod } = noun.attributes;
  if (noun.callee.kind !== "conference" || !waitUrl) return "bridged";
  const { end } = await wait(leg, {
    place: "conference",
    name: noun.callee.target,
    verbs: ROOM_VERBS,
    repeats: false,
    request: () => requestFor(leg, document, waitUrl, waitMethod),
  });
  return end;
}

/** Seconds that the legs were connected. */
async function talk(leg: CallerLeg, element: Element, callee: CalledLeg): Promise<number> {
  const timeLimit = Number(element.attributes.timeLimit ?? 14_400);
  const bridged: Bridged = { kind: "bridged", callee: callee.noun.callee, timeLimit };
  await emit(leg, bridged);
  const { seconds, by } = await leg.handset.talk(bridged);
  const talked = Math.min(seconds, timeLimit);
  leg.call.line.clock.pass(talked);
  if (by === "caller" && seconds <= timeLimit) hangUp(leg);
  return talked;
}

/** The action's parameters for the recording that `record` asks for. */
function taped(leg: CallerLeg, element: Element, callee: CalledLeg, seconds: number): Params {
  const { record = "do-not-record" } = element.attributes;
  if (seconds === 0 || record === "do-not-record" || record === "false") return {};
  const tape = makeTape(leg, seconds, "DialVerb", record.endsWith("-dual") ? 2 : 1);
  reportTape(leg, element, callee.document, tape);
  return aboutTape(tape);
}
