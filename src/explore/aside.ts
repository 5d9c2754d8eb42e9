/** What can become of an aside: a document that a called person hears before the connection, or a caller in a queue. */
import type { Call, Place } from "../program/call.ts";
import type { Arrival, Mover } from "./advance.ts";
import type { AsideEnd } from "./answers/answer.ts";
import { VERBS } from "./answers/registry.ts";
import type { Begin, CallEvent } from "./exploration.ts";
import type { ToldApart } from "./told/told-apart.ts";

/** An aside needs few answers; one that keeps asking is left after these. */
const MOST_STATES = 60;

/** An aside that comes to a wait, or to its end, and the way there. */
interface Reached {
  arrival: Arrival;
  way: AsideEnd;
}

/** The ends of an aside that differ in how they end, in what they set, or in their steps. */
export function asideEnds(
  mover: Mover,
  told: ToldApart,
  place: Place,
  call: Call,
  begin: Begin,
  params: CallEvent["params"],
): AsideEnd[] {
  const ends = new Map<string, AsideEnd>();
  const seen = new Set<string>();
  const before = { by: "", labels: [], lines: [], paths: [], heard: [], answers: [], effects: [], call };
  const open = mover
    .resume(place, call, begin, params, true)
    .map((arrival): Reached => ({ arrival, way: after(before, arrival) }));
  for (const reached of open) {
    const key = stateOf(reached);
    if (seen.has(key) || seen.size >= MOST_STATES) continue;
    seen.add(key);
    if (reached.arrival.waiting) {
      open.push(...onwards(reached, mover, told, begin, params));
      continue;
    }
    const { way, arrival } = reached;
    const by = arrival.by ?? "Hangup";
    const end = JSON.stringify([by, way.call.vars, way.call.kept, way.call.language, way.paths]);
    if (!ends.has(end)) ends.set(end, { ...way, by });
  }
  return [...ends.values()];
}

/** What tells two places of an aside apart. */
function stateOf({ arrival: { waiting, by }, way: { call } }: Reached): string {
  return JSON.stringify([waiting?.document.text, waiting?.at, by, call.vars, call.slots]);
}

/** Where the answers to a wait lead. */
function onwards(
  { arrival: { waiting }, way }: Reached,
  mover: Mover,
  told: ToldApart,
  begin: Begin,
  params: CallEvent["params"],
): Reached[] {
  if (!waiting) return [];
  const { element, step } = waiting;
  // What another leg could do beside this one is nothing that a flow asks for.
  const asking = { element, step, call: way.call, told, queue: {}, besides: () => [] };
  const answers = VERBS[element.name]?.answers(asking) ?? [];
  return answers.flatMap(({ event, next }) => {
    const arrivals =
      typeof next === "object"
        ? mover.resume({ step, block: next.to.link }, way.call, begin, { ...params, ...event.params }, true)
        : mover.playOn(waiting, way.call, begin, true);
    return arrivals.map((arrival) => ({ arrival, way: after(way, arrival, event) }));
  });
}

function after(way: AsideEnd, { call, path, heard, answers, effects }: Arrival, event?: CallEvent): AsideEnd {
  return {
    by: way.by,
    labels: event ? [...way.labels, event.label] : way.labels,
    lines: event ? [...way.lines, ...event.lines] : way.lines,
    paths: [...way.paths, path],
    heard: [...way.heard, ...heard],
    answers: [...way.answers, ...answers],
    effects: [...way.effects, ...effects],
    call,
  };
}
