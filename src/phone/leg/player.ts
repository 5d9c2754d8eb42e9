/**
 * Plays documents on a leg: verb after verb, document after document, until nothing is left or the person is gone.
 */

import type { Element } from "../twiml/element.ts";
import { sendCallbacks } from "./callbacks.ts";
import { fetchDocument, type TwimlDocument } from "./document.ts";
import { type CallerLeg, isGone, type Leg, paramsOf, reportProblems, type WebhookRequest } from "./leg.ts";

/** Why a leg's documents ended. */
export type End =
  /** The last document ran out of verbs. */
  | "ran out"
  /** A verb hung up. */
  | "hung up"
  /** The person is gone. */
  | "gone"
  /** The caller left the queue. */
  | "left"
  | "problem";

/** What a verb leads to: the next verb, another document, or the end. */
export type Step = "next" | { fetch: WebhookRequest } | { end: End };

/** Plays one verb. */
export type Verb<L extends Leg> = (leg: L, element: Element, document: TwimlDocument) => Step | Promise<Step>;

/** The verbs that a leg may play, by name. */
export type Verbs<L extends Leg> = Readonly<Record<string, Verb<L>>>;

/** The most documents in a row that ask for no input. */
const MOST_WITHOUT_INPUT = 100;

/** Plays the document that `first` fetches and all that follow from it. */
export async function play<L extends Leg>(leg: L, first: WebhookRequest, verbs: Verbs<L>): Promise<End> {
  let next = first;
  for (;;) {
    if (leg.call.sinceInput++ >= MOST_WITHOUT_INPUT) return loops(leg);
    const document = await fetchDocument(leg, next);
    await sendCallbacks(leg.call, leg);
    if (!document) return "problem";
    if (leg.call.gone) return "gone";
    answer(leg, document);
    const step = await playDocument(leg, document, verbs);
    if (step === "next") return "ran out";
    if ("end" in step) return step.end;
    next = step.fetch;
  }
}

/** Plays one document until it runs out or leads elsewhere. */
export async function playDocument<L extends Leg>(
  leg: L,
  document: TwimlDocument,
  verbs: Verbs<L>,
): Promise<Step> {
  for (const element of document.verbs) {
    const verb = verbs[element.name];
    const step = verb ? await verb(leg, element, document) : await unplayable(leg, element);
    if (isGone(leg)) return { end: "gone" };
    const moved = movedFrom(leg);
    if (moved) return { fetch: moved };
    if (step !== "next") return step;
  }
  return "next";
}

/** Twilio, "Modify calls in progress": the rest of the document is not played. */
function movedFrom(leg: Leg & Pick<CallerLeg, "movedTo">): WebhookRequest | undefined {
  const { movedTo: url } = leg;
  if (url === undefined) return undefined;
  delete leg.movedTo;
  return { url, method: "POST", params: paramsOf(leg) };
}

/** TwiML Reject: any document that does not begin with a `<Reject>` answers the call. */
function answer(leg: Leg, document: TwimlDocument): void {
  if (leg.status !== "ringing" || document.verbs[0]?.name === "Reject") return;
  leg.status = "in-progress";
  leg.since = leg.call.line.clock.now();
}

async function unplayable(leg: Leg, element: Element): Promise<Step> {
  const message = `The carrier does not support <${element.name}> here yet.`;
  await reportProblems(leg, [{ element: element.name, message }]);
  return { end: "problem" };
}

async function loops(leg: Leg): Promise<End> {
  const message = `${MOST_WITHOUT_INPUT} documents in a row played without asking for input.`;
  await reportProblems(leg, [{ element: "Response", message }]);
  return "problem";
}
