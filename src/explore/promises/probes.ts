/** What a promise has to be told about a call: the points at which it is checked, and what each point says. */
import type { Target } from "../../flow/analysis/promised.ts";
import type { FlowPromise } from "../../flow/compile/promises.ts";
import type { Expr } from "../../program/op.ts";

/** A promise of a Program: its own flow's, or that of a part. */
export interface Owned {
  promise: FlowPromise;
  /** The flow that makes it: empty for the Program's own, else the name of a part. */
  owner: string;
  file: string;
}

/** What a point of a call says about a promise. */
export type Sign = "broken" | "from" | "at" | "to";

/** One thing to do when a call comes to a point. */
export type Probe = { promise: number; owner: string } & (
  | { note: "seen" }
  | { note: Sign; when: Expr | undefined; unless?: "seen" }
);

/** The points of a call at which something is checked, by the names of steps. */
export interface Points {
  /** When a step is entered. */
  entered: ReadonlyMap<string, readonly Probe[]>;
  /** When a step that waits is resumed. */
  resumed: ReadonlyMap<string, readonly Probe[]>;
  /** When the call ends. */
  ended: readonly Probe[];
}

/** The steps of a target, as the Program names them. */
export function stepsOf({ steps }: Target, owner: string): string[] {
  return steps.map((step) => (owner === "" || step.includes(".") ? step : `${owner}.${step}`));
}

/** The points of all promises. @param startOf the first step of a flow */
export function pointsOf(promises: readonly Owned[], startOf: (owner: string) => string): Points {
  const entered = new Map<string, Probe[]>();
  const resumed = new Map<string, Probe[]>();
  const ended: Probe[] = [];
  const add = (to: Map<string, Probe[]>, step: string, probe: Probe): void =>
    void to.set(step, [...(to.get(step) ?? []), probe]);
  for (const [index, { promise, owner }] of promises.entries()) {
    for (const { target, probe, where } of wanted(promise, index, owner, startOf)) {
      for (const step of stepsOf(target, owner)) add(where === "resumed" ? resumed : entered, step, probe);
      if (target.ends.length > 0 && where !== "resumed") ended.push(probe);
    }
  }
  // What a step is checked for comes before what it is remembered for.
  for (const [step, probes] of entered)
    entered.set(
      step,
      probes.toSorted((one, other) => order(one) - order(other)),
    );
  return { entered, resumed, ended };
}

function order({ note }: Probe): number {
  return note === "seen" ? 1 : 0;
}

interface Wanted {
  target: Target;
  probe: Probe;
  where: "entered" | "resumed";
}

function wanted(
  promise: FlowPromise,
  index: number,
  owner: string,
  startOf: (owner: string) => string,
): Wanted[] {
  const about = { promise: index, owner };
  const when = promise.while;
  const where = "entered";
  switch (promise.sort) {
    case "never":
      return [{ target: promise.of, probe: { ...about, note: "broken", when }, where }];
    case "only":
      return [
        { target: promise.at, probe: { ...about, note: "broken", when: ["!", promise.condition] }, where },
      ];
    case "always":
      return [
        { target: promise.first, probe: { ...about, note: "seen" }, where },
        { target: promise.before, probe: { ...about, note: "broken", when, unless: "seen" }, where },
      ];
    case "reach": {
      const from = promise.from ?? { steps: [startOf(owner)], ends: [] };
      return [
        { target: from, probe: { ...about, note: "from", when }, where },
        { target: from, probe: { ...about, note: "at", when }, where: "resumed" },
        { target: promise.to, probe: { ...about, note: "to", when: undefined }, where },
      ];
    }
  }
}
