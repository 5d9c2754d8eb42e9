/**
 * `<Enqueue>`: lets the caller wait for somebody, connects the two, and requests the action with the outcome. Source: TwiML
 * Enqueue.
 */

import { requestFor, type TwimlDocument } from "../leg/document.ts";
import { followAction } from "../leg/follow-action.ts";
import { type CallerLeg, emit, hangUp, type Params } from "../leg/leg.ts";
import type { Bridged } from "../leg/moment.ts";
import type { Step } from "../leg/player.ts";
import { send } from "../leg/webhook.ts";
import { type Element, wordsOf } from "../twiml/element.ts";
import { QUEUE_VERBS, queueParams, type WaitEnd, wait } from "./waiting.ts";

/** Plays an `<Enqueue>`. */
export async function enqueue(leg: CallerLeg, element: Element, document: TwimlDocument): Promise<Step> {
  const { waitUrl, waitUrlMethod, workflowSid } = element.attributes;
  const sid = leg.call.sids("QU");
  // With a workflow the element holds a task, and the workflow chooses the queue.
  const name = workflowSid ?? wordsOf(element).trim();
  const { end, seconds } = await wait(leg, {
    place: "queue",
    name,
    verbs: QUEUE_VERBS,
    repeats: true,
    request: (waited) =>
      waitUrl === undefined || waitUrl === ""
        ? undefined
        : requestFor(leg, document, waitUrl, waitUrlMethod, queueParams(leg, sid, waited)),
  });
  if (end === "bridged") await talk(leg, name);
  const step = await followAction(leg, element, document, paramsOf(end, sid, seconds));
  // The waiting document hung up: the action is requested but not played.
  if (end !== "hangup" || leg.call.gone || typeof step !== "object" || !("fetch" in step)) return step;
  await send(leg, step.fetch);
  return { end: "hung up" };
}

function paramsOf(end: WaitEnd, sid: string, seconds: number): Params {
  // TwiML Enqueue: a caller who never entered the queue has no QueueSid and QueueTime.
  const place =
    end === "queue-full" || end === "system-error" ? {} : { QueueSid: sid, QueueTime: `${seconds}` };
  return { QueueResult: end, ...place };
}

async function talk(leg: CallerLeg, name: string): Promise<void> {
  const bridged: Bridged = { kind: "bridged", callee: { kind: "queue", target: name }, timeLimit: 14_400 };
  await emit(leg, bridged);
  const { seconds, by } = await leg.handset.talk(bridged);
  leg.call.line.clock.pass(seconds);
  if (by === "caller") hangUp(leg);
}
