/**
 * A Program that visits a generated step wherever a promise has something to say, and behaves the same otherwise. So the
 * engine itself decides each condition, at the very moment, and the explorer keeps alive what the conditions read.
 */

import type { Expr, Op } from "../../program/op.ts";
import type { Program, Scope, Step } from "../../program/program.ts";
import { Checks, seen } from "./checks.ts";
import { type Owned, type Points, pointsOf } from "./probes.ts";
import { type Cargo, handedOn, readsIn, readsInput, scopeOf, withCargo } from "./threaded.ts";

/** The entrances of a step: an exit leads to one of them. */
const ENTRANCES: ReadonlySet<string> = new Set(["enter", "retry"]);
/** Fails as the flow does without a handler, after the promises about the call's end. */
const APOLOGY = "~apology";

/** The Program with its promises' checks in it. */
export function watched(program: Program, promises: readonly Owned[]): Program {
  const points = pointsOf(promises, (owner) => {
    const { start } = scopeOf(program, owner);
    return owner === "" ? start : start.slice(owner.length + 1);
  });
  const cargo = cargoOf(program, promises);
  const bits = promises.flatMap(({ promise }, index) => (promise.sort === "always" ? [seen(index)] : []));
  const watch = new Watch(program, points, cargo, bits);
  return {
    ...program,
    ...watch.scope(program, ""),
    ...watch.handlers(),
    parts: watch.parts(),
    steps: watch.steps(),
  };
}

/** The conditions of a promise. */
export function conditionsOf({ promise }: Owned): Expr[] {
  const own = promise.while === undefined ? [] : [promise.while];
  return promise.sort === "only" ? [...own, promise.condition] : own;
}

/** What travels into parts: what the promises of each flow read. */
function cargoOf({ parts = {} }: Program, promises: readonly Owned[]): Cargo[] {
  if (Object.keys(parts).length === 0) return [];
  const owners = [...new Set(promises.map(({ owner }) => owner))];
  return owners.map((owner) => ({
    owner,
    reads: readsIn(promises.filter((one) => one.owner === owner).flatMap(conditionsOf)),
  }));
}

class Watch {
  readonly #program: Program;
  readonly #points: Points;
  readonly #cargo: readonly Cargo[];
  readonly #bits: readonly string[];
  readonly #checks = new Checks();

  constructor(program: Program, points: Points, cargo: readonly Cargo[], bits: readonly string[]) {
    this.#program = program;
    this.#points = points;
    this.#cargo = cargo;
    this.#bits = bits;
  }

  scope<S extends Scope>(
    scope: S,
    owner: string,
  ): Pick<S, "variables" | "hours"> & Partial<Pick<S, "gives">> {
    const { variables, hours } = owner === "" ? scope : withCargo(scope, this.#cargo, this.#program);
    const bits = this.#bits.map((name) => [name, { type: "bool", default: false }] as const);
    return {
      variables: { ...variables, ...Object.fromEntries(bits) },
      hours,
      ...(owner !== "" && { gives: [...(scope.gives ?? []), ...this.#bits] }),
    };
  }

  parts(): Record<string, Scope> {
    const { parts = {} } = this.#program;
    return Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [name, { ...part, ...this.scope(part, name) }]),
    );
  }

  /** A call that fails without a handler comes to the apology through a step that can be seen. */
  handlers(): Partial<Pick<Program, "onError" | "keepsInput">> {
    const conditions = [
      ...this.#points.entered.values(),
      ...this.#points.resumed.values(),
      this.#points.ended,
    ]
      .flat()
      .flatMap((probe) => ("when" in probe && probe.when !== undefined ? [probe.when] : []));
    const isNeeded = this.#points.ended.length > 0 && this.#program.onError === undefined;
    return {
      ...(isNeeded && { onError: APOLOGY }),
      ...(conditions.some(readsInput) && { keepsInput: true as const }),
    };
  }

  steps(): Record<string, Step> {
    const own = Object.entries(this.#program.steps).map(([name, step]): [string, Step] => [
      name,
      this.#step(name, step),
    ]);
    if (this.#points.ended.length > 0 && this.#program.onError === undefined) {
      const fail: Op = { op: "fail", why: "it failed before" };
      own.push([APOLOGY, { blocks: { enter: this.#checks.chain(this.#points.ended, "", "end", [fail]) } }]);
    }
    return Object.fromEntries([...own, ...this.#checks.steps]);
  }

  #step(name: string, step: Step): Step {
    const flow = flowOf(name);
    const blocks: [string, Op[]][] = [];
    const entered = this.#points.entered.get(name) ?? [];
    const resumed = this.#points.resumed.get(name) ?? [];
    const returns = this.#returnsIn(step);
    for (const [block, written] of Object.entries(step.blocks)) {
      const ops = [
        ...(returns.has(block) ? this.#takeBack() : []),
        ...written.flatMap((op) => this.#op(op, flow)),
      ];
      const isEntrance = ENTRANCES.has(block);
      const probes = isEntrance ? entered : resumed;
      if (probes.length === 0) {
        blocks.push([block, ops]);
        continue;
      }
      const inner = `~${block}`;
      const onward: Op[] = [{ op: "goto", step: name, block: inner }];
      // A block that takes an answer stays readable: what the flow tells apart is read from it.
      blocks.push([
        block,
        isEntrance
          ? this.#checks.chain(probes, flow, "", onward)
          : this.#checks.inline(probes, flow, onward, ops),
      ]);
      blocks.push([inner, ops]);
    }
    return { ...step, blocks: Object.fromEntries(blocks) };
  }

  /** The blocks that continue after a part. */
  #returnsIn({ blocks }: Step): ReadonlySet<string> {
    if (this.#bits.length === 0) return new Set();
    return new Set(
      Object.values(blocks).flatMap((ops) => ops.flatMap((op) => (op.op === "run" ? [op.block] : []))),
    );
  }

  #takeBack(): Op[] {
    return this.#bits.map((name) => ({
      op: "set",
      to: { variable: name },
      from: { given: name },
      otherwise: [],
    }));
  }

  #op(op: Op, flow: string): Op[] {
    const inner = (ops: readonly Op[]): Op[] => ops.flatMap((one) => this.#op(one, flow));
    switch (op.op) {
      case "end":
        return this.#checks.chain(this.#points.ended, flow, "end", [op]);
      case "run": {
        const bits = this.#bits.map((name) => [name, { expr: ["$", "vars", name] }] as const);
        const run = handedOn(op, this.#cargo, flow);
        return [{ ...run, with: { ...run.with, ...Object.fromEntries(bits) } }];
      }
      case "switch":
        return [
          {
            ...op,
            cases: Object.fromEntries(Object.entries(op.cases).map(([key, ops]) => [key, inner(ops)])),
            ...(op.ranges && { ranges: op.ranges.map((range) => ({ ...range, ops: inner(range.ops) })) }),
          },
        ];
      case "match":
        return [{ ...op, cases: op.cases.map(inner) }];
      case "when":
        return [{ ...op, cases: op.cases.map(({ when, ops }) => ({ when, ops: inner(ops) })) }];
      case "set":
        return [{ ...op, ...(op.otherwise && { otherwise: inner(op.otherwise) }) }];
      case "send":
        return [{ ...op, ...(op.otherwise && { otherwise: inner(op.otherwise) }) }];
      default:
        return [op];
    }
  }
}

function flowOf(step: string): string {
  const dot = step.indexOf(".");
  return dot < 0 ? "" : step.slice(0, dot);
}
