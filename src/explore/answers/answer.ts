/** What can come when a call waits at a verb, and where it continues. */
import type { Effect } from "../../engine/effect.ts";
import type { ScriptStep } from "../../phone/script/scenario.ts";
import type { Element } from "../../phone/twiml/element.ts";
import type { Call } from "../../program/call.ts";
import { type Continuation, continuationIn } from "../document.ts";
import type { CallEvent, Heard, ServiceAnswer } from "../exploration.ts";
import type { ToldApart } from "../told/told-apart.ts";

/** An end of an aside, by the shortest way to it. */
export interface AsideEnd {
  /** The verb that ended it; empty if its document ran out: then the legs are connected, or the wait continues. */
  by: string;
  /** What is done there, and the lines of a script for it. */
  labels: readonly string[];
  lines: readonly ScriptStep[];
  paths: readonly (readonly string[])[];
  /** What is heard there. */
  heard: readonly Heard[];
  answers: readonly ServiceAnswer[];
  effects: readonly Effect[];
  /** The aside's copy of the call. */
  call: Call;
}

/** A call that waits at a verb. */
export interface Asked {
  element: Element;
  /** The step that its continuation URLs belong to. */
  step: string;
  call: Call;
  told: ToldApart;
  /** The caller's place in queues, as far as the begin of the call says it. */
  queue: CallEvent["params"];
  /** What can become of an aside: of the document at this URL, which another leg hears, or the caller who waits. */
  besides(url: string | undefined, params: CallEvent["params"]): AsideEnd[];
}

/** What follows an event: a block of the flow, the next verb, the same wait, or another application. */
export type Next = { to: Continuation } | "next" | "stays" | "elsewhere";

/** Something that can come, and what follows it. */
export interface Answer {
  event: CallEvent;
  next: Next;
  /** It is there for all input that the flow does not tell apart. */
  isOther?: true;
  /** What ran beside the call before it. */
  aside?: AsideEnd;
}

/** The answers at one verb, and whom or what it names. */
export interface Verb {
  answers(asked: Asked): Answer[];
  /** What Twilio reports to the action if the caller hangs up meanwhile; without it, only the status callback tells. */
  hangUp?: CallEvent["params"];
  /** Whom or what the verb names: what is dialled, the queue. */
  names?(element: Element): readonly string[];
}

/** What follows if the verb's action is requested. */
export function actionOf({ attributes }: Element): Next {
  if (attributes.action === undefined) return "next";
  const to = continuationIn(attributes.action);
  return to ? { to } : "elsewhere";
}

/** An outcome that Twilio or somebody else reports to the action. */
export function outcome(
  element: Element,
  label: string,
  params: CallEvent["params"],
  ...lines: CallEvent["lines"]
): Answer {
  return { event: { kind: "outcome", label, params, lines }, next: actionOf(element) };
}
