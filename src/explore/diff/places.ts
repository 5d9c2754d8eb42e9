/** The places of a flow, by what callers can tell them by, and a call at each. */
import type { Edge, Exploration } from "../exploration.ts";
import { wayTo } from "../ways/way.ts";
import { type NameOf, type Target, targetOf } from "./target.ts";
import type { Standing } from "./walk.ts";

/** A place of a flow. */
export interface Place {
  step: string;
  /** A call that waits there; absent if the call has ended. */
  standing?: Standing;
  /** The shortest way there. */
  way: () => readonly Edge[];
}

/** The places of a flow. */
export interface Places {
  at(signature: string): readonly Place[];
}

/** No places: every difference between two flows is one within a place. */
export const NO_PLACES: Places = { at: () => [] };

/** Finds the places of an explored flow. */
export function placesOf(exploration: Exploration, nameOf: NameOf): Places {
  const { edges, nodes, waits } = exploration;
  const found = new Map<string, Map<string, Place>>();
  for (const edge of edges) {
    const node = nodes[edge.to];
    const here = waits.get(edge.to);
    if (!node || (!here && edge.event.kind === "hangup")) continue;
    const { ended, call } = node;
    const { path, heard, effects, answers } = edge;
    const arrival = {
      call,
      path: [...path],
      heard: [...heard],
      effects: [...effects],
      answers: [...answers],
    };
    const target = targetOf(
      { ...arrival, ...(ended && { ended }), ...(here && { waiting: here.waiting }) },
      nameOf,
    );
    const known = found.get(target.signature) ?? new Map<string, Place>();
    found.set(target.signature, known);
    if (known.has(target.step)) continue;
    const standing = here && { waiting: here.waiting, call };
    known.set(target.step, {
      step: target.step,
      ...(standing && { standing }),
      way: () => wayTo(exploration, edge),
    });
  }
  return { at: (signature) => [...(found.get(signature)?.values() ?? [])] };
}

/** Places of the other flow at which callers are, if not here: those at another step, with the same words. */
export function elsewhere(places: Places, target: Target, other: Target): readonly Place[] {
  return places.at(target.signature).filter(({ step }) => step !== other.step);
}
