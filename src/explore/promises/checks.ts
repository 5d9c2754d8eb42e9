/** The ops that check promises at a point of a call, and the generated steps that say what they found. */
import type { Expr, Op } from "../../program/op.ts";
import type { Step } from "../../program/program.ts";
import { markerName } from "./marked-steps.ts";
import type { Probe } from "./probes.ts";
import { carriedExpr, isUnder } from "./threaded.ts";

/** The variable that remembers that a promise's first step was taken. */
export function seen(promise: number): string {
  return `~seen-${promise}`;
}

/** Checks for one Program: each visits generated steps, which it collects. */
export class Checks {
  /** The generated steps so far, by name. */
  readonly steps: [string, Step][] = [];
  #count = 0;

  /** The ops that do all that the probes say, and then continue with `tail`. */
  chain(probes: readonly Probe[], flow: string, point: string, tail: Op[]): Op[] {
    const [probe, ...others] = probes;
    if (!probe) return tail;
    // The Program's own flow never runs below a part.
    if (flow === "" && probe.owner !== "") return this.chain(others, flow, point, tail);
    const rest = this.chain(others, flow, point, tail);
    if (probe.note === "seen")
      return [{ op: "set", to: { variable: seen(probe.promise) }, from: { value: true } }, ...rest];
    const mark = this.#visit(probe.note, probe.promise, flow, point, rest);
    const test = testOf(probe, flow);
    if (test === undefined) return mark;
    return this.#visit("check", probe.promise, flow, point, [
      { op: "when", cases: [{ when: test, ops: mark }] },
      ...rest,
    ]);
  }

  /** The same, with the conditions in the block itself, where the explorer reads what the flow tells apart. */
  inline(probes: readonly Probe[], flow: string, onward: Op[], written: readonly Op[]): Op[] {
    const [probe, ...others] = probes;
    if (!probe) return [...written];
    const rest = this.inline(others, flow, onward, written);
    if (probe.note === "seen" || (flow === "" && probe.owner !== "")) return rest;
    const after = this.inline(others, flow, onward, onward);
    const mark = this.#visit(probe.note, probe.promise, flow, "", after);
    return [{ op: "when", cases: [{ when: testOf(probe, flow) ?? true, ops: mark }] }, ...rest];
  }

  /** The ops that visit a new step, which does the rest. */
  #visit(
    sign: Parameters<typeof markerName>[1],
    promise: number,
    flow: string,
    point: string,
    rest: Op[],
  ): Op[] {
    const name = markerName(flow === "" ? "" : `${flow}.`, sign, promise, `${point}${this.#count++}`);
    this.steps.push([name, { blocks: { enter: rest } }]);
    return [{ op: "goto", step: name }];
  }
}

/** The condition of a probe, as the flow at its point reads it; undefined if it always says something. */
function testOf(probe: Exclude<Probe, { note: "seen" }>, flow: string): Expr | undefined {
  const { owner, promise, when, unless } = probe;
  const isElsewhere = flow !== owner;
  const own = when === undefined || !isElsewhere ? when : carriedExpr(when, owner);
  const all = [
    ...(isElsewhere ? [isUnder(owner)] : []),
    ...(unless === undefined ? [] : [["!", ["$", "vars", seen(promise)]]]),
    ...(own === undefined ? [] : [own]),
  ];
  return all.reduce<Expr | undefined>(
    (both, one) => (both === undefined ? one : ["&&", both, one]),
    undefined,
  );
}
