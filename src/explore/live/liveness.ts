/**
 * The state of a call that can still matter at a block: a backward analysis over the Program's ops. Calls that differ only in
 * what cannot matter are one.
 */
import { scopeAt, scopesOf } from "../../engine/scope.ts";
import type { Place } from "../../program/call.ts";
import type { Program } from "../../program/program.ts";
import { addLive, blockName, isLocal, type Live } from "./live.ts";
import { LiveBefore, type Where } from "./live-before.ts";

/** Finds what is live where a call continues. */
export type Liveness = (place: Place) => Live;

const NOTHING: Live = new Map();

/** Analyses a program. */
export function livenessOf(program: Program): Liveness {
  const analysis = new Analysis(program);
  analysis.run();
  return ({ step, block }) => analysis.at(step, block);
}

/** The fixed point: what is live at a block grows until nothing changes. */
class Analysis {
  readonly #program: Program;
  readonly #ops: LiveBefore;
  readonly #live = new Map<string, Map<string, boolean>>();
  /** The blocks that a block's liveness goes into. */
  readonly #before = new Map<string, Set<string>>();
  #current = "";

  constructor(program: Program) {
    this.#program = program;
    this.#ops = new LiveBefore(program, (block) => this.#after(block));
  }

  at(step: string, block: string): Live {
    return this.#live.get(blockName(step, block)) ?? NOTHING;
  }

  run(): void {
    const blocks = Object.entries(this.#program.steps).flatMap(([step, { blocks }]) =>
      Object.entries(blocks).map(([block, ops]) => ({ name: blockName(step, block), step, ops })),
    );
    const known = new Map(blocks.map((one) => [one.name, one]));
    const waiting = new Set(blocks.map(({ name }) => name).reverse());
    for (const name of waiting) {
      waiting.delete(name);
      const block = known.get(name);
      if (!block) continue;
      this.#current = name;
      const where = { step: block.step, scope: scopeAt(this.#program, block.step) };
      const live = this.#ops.list(block.ops, NOTHING, where);
      this.#addHandlers(live, where);
      if (!this.#grows(name, live)) continue;
      for (const before of this.#before.get(name) ?? []) waiting.add(before);
    }
  }

  #grows(name: string, live: Live): boolean {
    const known = this.#live.get(name);
    this.#live.set(name, new Map(live));
    return (
      known === undefined || live.size > known.size || [...live].some(([key, one]) => known.get(key) !== one)
    );
  }

  /** What is live at another block, which this one now depends on. */
  #after(name: string): Live {
    const before = this.#before.get(name) ?? new Set();
    before.add(this.#current);
    this.#before.set(name, before);
    return this.#live.get(name) ?? NOTHING;
  }

  // Any op can fail, and a caller can hang up anywhere.
  #addHandlers(live: Map<string, boolean>, { scope }: Where): void {
    for (const one of scopesOf(this.#program)) {
      for (const step of [one.onError, one.onHangup]) {
        if (step === undefined) continue;
        addLive(
          live,
          this.#after(blockName(step, "enter")),
          one === scope ? undefined : (key) => !isLocal(key),
        );
      }
    }
  }
}
