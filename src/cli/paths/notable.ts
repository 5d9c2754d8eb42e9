/** The ways that stand out of all calls: the soonest choice and person, and the longest calls. */
import type { Edge, Exploration, Heard } from "../../explore/exploration.ts";
import { type Forward, longestWay } from "../../explore/ways/longest.ts";
import { type Soonest, soonest } from "../../explore/ways/soonest.ts";

/** Ways of an exploration. */
export interface NotableWays {
  /** Until callers can choose; absent if they never can. */
  choice?: Soonest;
  /** Until somebody is rung or callers wait in a queue, and whom or what that is; absent if it never happens. */
  person?: Soonest & { to: readonly string[] };
  /** The most answers, and the most seconds. */
  longest: { answers: Edge[]; seconds: Edge[] };
}

/** @param forward the exploration without its circles */
export function notableWays(exploration: Exploration, forward: Forward): NotableWays {
  const choice = soonest(exploration, began("Gather"));
  const person = soonest(exploration, began("Dial", "Enqueue"));
  return {
    ...(choice && { choice }),
    ...(person && { person: { ...person, to: dialled(person.way) } }),
    longest: {
      answers: longestWay(forward, () => 1),
      seconds: longestWay(forward, ({ seconds }) => seconds),
    },
  };
}

function began(...verbs: string[]): (heard: Heard) => boolean {
  return (heard) => heard.kind === "began" && verbs.includes(heard.verb);
}

function dialled(way: readonly Edge[]): readonly string[] {
  const all = (way.at(-1)?.heard ?? []).flatMap((one) => (one.kind === "began" ? one.to : []));
  return [...new Set(all)];
}
