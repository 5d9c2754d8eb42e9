/** Promises that a single point of a call breaks: `never`, `only` and `always`. */
import type { FlowPromise } from "../../flow/compile/promises.ts";
import type { EndWord } from "../../flow/model/promises.ts";
import type { CallEvent, Edge, Ending, Exploration } from "../exploration.ts";
import { wayTo } from "../ways/way.ts";
import { authored, type Marker, markerOf } from "./marked-steps.ts";
import { nearest } from "./search.ts";
import type { Verdict } from "./verdict.ts";

/** The endings that each word means. Twilio ends a call whose document it refuses. */
const ENDINGS: Readonly<Record<EndWord, ReadonlySet<Ending>>> = {
  hangup: new Set<Ending>(["hangup", "rejected", "apology", "problem"]),
  apology: new Set<Ending>(["apology", "problem"]),
};

/** How Twilio reports that two people have talked (TwiML Dial: `DialBridged`; of a conference, `answered`; TwiML Enqueue). */
function hasTalked({ params }: CallEvent): boolean {
  const { DialBridged, DialCallStatus, QueueResult } = params;
  return DialBridged === "true" || DialCallStatus === "answered" || QueueResult === "bridged";
}

/** Whether a call ends in one of the ways that the words mean. Neither a caller who hangs up nor the end of a conversation is one. */
function endsAs(event: CallEvent, ended: Ending | undefined, words: readonly EndWord[]): boolean {
  if (ended === undefined || event.kind === "hangup") return false;
  if (ended === "hangup" && hasTalked(event)) return false;
  return words.some((word) => ENDINGS[word].has(ended));
}

/** Decides one of them. @param promise its index among those that are watched */
export function decidePoints(
  one: Exclude<FlowPromise, { sort: "reach" }>,
  promise: number,
  exploration: Exploration,
): Verdict {
  const ends = targetOf(one).ends;
  const found = exploration.edges.map((edge) => ({
    edge,
    says: saysOf(edge, promise, ends, exploration, one),
  }));
  const broken = nearest(
    exploration,
    found.flatMap(({ edge, says }) => (says === "broken" ? [edge] : [])),
  );
  if (broken)
    return { is: "broken", way: wayTo(exploration, broken), at: placeOf(broken, promise, exploration) };
  const unknown = found.some(({ says }) => says === "unknown");
  if (unknown) return { is: "undecided", why: "the call can fail where the condition cannot be read" };
  const [cut] = exploration.cut;
  return cut ? { is: "undecided", why: cut.message } : { is: "kept" };
}

/** The step at which an edge breaks the promise, or how the call ends there. */
function placeOf({ asides, path: main, to }: Edge, promise: number, { nodes }: Exploration): string {
  const path = [...asides.flat(), ...main];
  const at = path.findIndex((step) => {
    const marker = markerOf(step);
    return marker?.promise === promise && marker.sign === "broken" && !marker.isEnd;
  });
  const step = at < 0 ? undefined : authored(path.slice(0, at)).at(-1);
  return step ?? (nodes[to]?.ended === "apology" ? "apology" : "hangup");
}

function targetOf(one: Exclude<FlowPromise, { sort: "reach" }>) {
  return one.sort === "never" ? one.of : one.sort === "always" ? one.before : one.at;
}

/** What an edge says about the promise. */
function saysOf(
  { event, path, asides, to }: Edge,
  promise: number,
  ends: readonly EndWord[],
  { nodes }: Exploration,
  { sort, while: condition }: FlowPromise,
): "broken" | "unknown" | undefined {
  const markersIn = (steps: readonly string[]): Marker[] =>
    steps.flatMap((step) => markerOf(step) ?? []).filter((one) => one.promise === promise);
  const markers = markersIn(path);
  // The end of an aside is not an end of the call.
  if ([...markersIn(asides.flat()), ...markers].some(({ sign, isEnd }) => sign === "broken" && !isEnd))
    return "broken";
  if (!endsAs(event, nodes[to]?.ended, ends)) return undefined;
  if (markers.some(({ sign, isEnd }) => sign === "broken" && isEnd)) return "broken";
  if (markers.some(({ isEnd }) => isEnd)) return undefined;
  return sort === "never" && condition === undefined ? "broken" : "unknown";
}
