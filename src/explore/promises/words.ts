/** A call in words: what the caller does, and where it leads. */
import type { Edge, Exploration } from "../exploration.ts";
import { answersOn } from "../ways/way.ts";

/** `office open; key 2; silence → night`. */
export function callInWords(
  { begins }: Pick<Exploration, "begins">,
  way: readonly Edge[],
  at: string,
): string {
  const [first] = way;
  const begin = first === undefined ? "" : (begins[first.begin]?.label ?? "");
  const events = way.filter(({ event }) => event.kind !== "begins").map(eventInWords);
  const told = [withoutCarried(begin), ...events].filter((text) => text !== "");
  return `${told.length === 0 ? "the call begins" : told.join("; ")} → ${at}`;
}

function eventInWords(edge: Edge): string {
  const answers = answersOn(edge).map(({ label }) => `the service answers ${label}`);
  return [edge.event.label, ...answers].join(", ");
}

// Hours of a flow whose conditions a part reads carry its name there.
function withoutCarried(label: string): string {
  const all = label.split(", ").map((one) => one.replace(/^~[\w-]*:/, ""));
  return [...new Set(all)].join(", ");
}
