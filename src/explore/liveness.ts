/**
 * The state of a call that can still matter at a block: a backward analysis over the Program's ops. Calls that differ only in
 * what cannot matter are one.
 */
import { scopeAt, scopesOf } from "../engine/scope.ts";
import { innerOf } from "../program/ops.ts";
import type { Op, Place, Program, Scope, Source, Template } from "../program/program.ts";
import { type Reads, readExpr, readSource, readTemplate } from "./reads.ts";

/**
 * What can still matter, by key, and whether its value decides something; if not, it matters only whether it is empty.
 * `vars.…`, `slot.…` and `trail` are of the flow that runs there, all other keys of the call.
 */
export type Live = ReadonlyMap<string, boolean>;

/** Finds what is live where a call continues. */
export type Liveness = (place: Place) => Live;

const NOTHING: Live = new Map();

/** Analyses a program. */
export function livenessOf(program: Program): Liveness {
  const analysis = new Analysis(program);
  analysis.run();
  return ({ step, block }) => analysis.at(step, block);
}

/** Whether a key is of the flow that runs, and not of the call. */
function isLocal(key: string): boolean {
  return key.startsWith("vars.") || key.startsWith("slot.") || key === "trail" || key === "vars";
}

function add(to: Map<string, boolean>, from: Live, keep: (key: string) => boolean = () => true): void {
  for (const [key, decides] of from) if (keep(key)) to.set(key, decides || to.get(key) === true);
}

/** What ops need to know of the block that they are in. */
interface Where {
  step: string;
  scope: Scope;
}

/** The fixed point: what is live at a block grows until nothing changes. */
class Analysis {
  readonly #program: Program;
  readonly #live = new Map<string, Map<string, boolean>>();
  /** The blocks that a block's liveness goes into. */
  readonly #before = new Map<string, Set<string>>();
  readonly #menus = new Map<Scope, string[]>();
  readonly #returns = new Map<Scope, { place: string; isSideRoad: boolean }[]>();
  #current = "";

  constructor(program: Program) {
    this.#program = program;
    for (const scope of scopesOf(program)) {
      this.#menus.set(scope, []);
      this.#returns.set(scope, []);
    }
    for (const [step, { blocks }] of Object.entries(program.steps)) {
      for (const ops of Object.values(blocks)) this.#note(step, ops);
    }
  }

  at(step: string, block: string): Live {
    return this.#live.get(nameOf(step, block)) ?? NOTHING;
  }

  run(): void {
    const blocks = Object.entries(this.#program.steps).flatMap(([step, { blocks }]) =>
      Object.entries(blocks).map(([block, ops]) => ({ name: nameOf(step, block), step, ops })),
    );
    const known = new Map(blocks.map((one) => [one.name, one]));
    const waiting = new Set(blocks.map(({ name }) => name).reverse());
    for (const name of waiting) {
      waiting.delete(name);
      const block = known.get(name);
      if (!block) continue;
      this.#current = name;
      const where = { step: block.step, scope: scopeAt(this.#program, block.step) };
      const live = this.#list(block.ops, NOTHING, where);
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

  /** The menus and the places to return to, which `back` and `return` lead to. */
  #note(step: string, ops: readonly Op[]): void {
    const scope = scopeAt(this.#program, step);
    for (const op of ops) {
      if (op.op === "mark") this.#menus.get(scope)?.push(step);
      if (op.op === "goto" && op.back !== undefined)
        this.#returns.get(scope)?.push({ place: nameOf(step, op.back), isSideRoad: true });
      const part = op.op === "run" ? this.#program.parts?.[op.flow] : undefined;
      if (part && op.op === "run")
        this.#returns.get(part)?.push({ place: nameOf(step, op.block), isSideRoad: false });
      for (const inner of innerOf(op)) this.#note(step, inner);
    }
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
        add(live, this.#after(nameOf(step, "enter")), one === scope ? undefined : (key) => !isLocal(key));
      }
    }
  }

  #list(ops: readonly Op[], after: Live, where: Where): Map<string, boolean> {
    let live = new Map(after);
    for (const op of [...ops].reverse()) live = this.#op(op, live, where);
    return live;
  }

  #op(op: Op, after: Map<string, boolean>, where: Where): Map<string, boolean> {
    const { step } = where;
    switch (op.op) {
      case "twiml":
        this.#template(op.parts, after, where);
        return after;
      case "set":
        return this.#set(op, after, where);
      case "switch":
      case "match":
        this.#source(op.on, true, after, where);
        return this.#either(op, after, where);
      case "when":
        for (const { when } of op.cases) readExpr(when, true, this.#into(after, where));
        return this.#either(op, after, where);
      case "mark":
        return after;
      case "fail":
      case "end":
        return new Map();
      case "wait":
        return new Map(this.#after(nameOf(step, op.block)));
      case "goto": {
        const live = new Map(this.#after(nameOf(op.step ?? step, op.block ?? "enter")));
        if (op.back !== undefined) add(live, this.#after(nameOf(step, op.back)));
        return live;
      }
      default:
        return this.#leaving(op, after, where);
    }
  }

  #leaving(
    op: Extract<Op, { op: "back" | "run" | "return" | "request" | "send" }>,
    after: Map<string, boolean>,
    where: Where,
  ): Map<string, boolean> {
    const { step, scope } = where;
    if (op.op === "send") {
      for (const source of Object.values(op.form)) this.#source(source, false, after, where);
      if (op.delivery !== undefined) add(after, this.#after(nameOf(step, op.delivery)));
      return op.otherwise ? this.#either(op, after, where) : after;
    }
    const live = new Map<string, boolean>();
    if (op.op === "back") {
      live.set("trail", true);
      for (const menu of [step, ...(this.#menus.get(scope) ?? [])])
        add(live, this.#after(nameOf(menu, "enter")));
    } else if (op.op === "return") {
      for (const { place, isSideRoad } of this.#returns.get(scope) ?? [])
        add(live, this.#after(place), isSideRoad ? undefined : (key) => !isLocal(key));
      for (const name of scope.gives ?? []) this.#into(live, where)(`vars.${name}`, true);
    } else if (op.op === "run") {
      add(live, this.#after(nameOf(step, op.block)));
      const part = this.#program.parts?.[op.flow];
      if (part) this.#run(op.with, part, live, where);
    } else {
      this.#template(op.url, live, where);
      this.#template(op.later, live, where);
      const sent = [op.query, op.headers, op.form].flatMap((sources) => Object.values(sources ?? {}));
      for (const source of [...sent, ...(op.json ? [op.json] : [])]) this.#source(source, false, live, where);
      add(live, this.#after(nameOf(step, op.block)));
    }
    return live;
  }

  #run(given: Readonly<Record<string, Source>>, part: Scope, live: Map<string, boolean>, where: Where): void {
    const inside = this.#after(nameOf(part.start, "enter"));
    add(live, inside, (key) => !isLocal(key));
    for (const [name, source] of Object.entries(given)) {
      const isText = part.variables[name]?.type === "string";
      const decides = inside.get(`vars.${name}`) ?? inside.get("vars");
      if (decides !== undefined || !isText) this.#source(source, decides === true || !isText, live, where);
    }
  }

  #set(op: Extract<Op, { op: "set" }>, after: Map<string, boolean>, where: Where): Map<string, boolean> {
    const live = new Map(after);
    const key = keyOf(op, where.scope);
    const isRead = live.has(key) || (key.startsWith("vars.") && live.has("vars"));
    const decides = live.get(key) ?? live.get("vars") ?? false;
    live.delete(key);
    if (op.otherwise) add(live, this.#list(op.otherwise, after, where));
    const canFail = op.matches !== undefined || !isAnyText(op, where.scope);
    if (isRead || canFail) this.#source(op.from, decides || canFail, live, where);
    return live;
  }

  /** One of the lists of an op runs, or none of them. */
  #either(op: Op, after: Map<string, boolean>, where: Where): Map<string, boolean> {
    const live = new Map(after);
    for (const inner of innerOf(op)) add(live, this.#list(inner, after, where));
    return live;
  }

  #template(parts: Template, live: Map<string, boolean>, where: Where): void {
    readTemplate(parts, this.#into(live, where), (block) =>
      add(live, this.#after(nameOf(where.step, block))),
    );
  }

  #source(source: Source, decides: boolean, live: Map<string, boolean>, where: Where): void {
    readSource(source, decides, this.#into(live, where));
  }

  #into(live: Map<string, boolean>, { scope }: Where): Reads {
    return (key, decides) => {
      const own = persistentKey(key, scope) ?? key;
      live.set(own, decides || live.get(own) === true);
    };
  }
}

function nameOf(step: string, block: string): string {
  return `${step} ${block}`;
}

function persistentKey(key: string, { variables }: Scope): string | undefined {
  const keep = key.startsWith("vars.") ? variables[key.slice("vars.".length)]?.keep : undefined;
  return keep === undefined ? undefined : `kept.${keep}`;
}

function keyOf({ to }: Extract<Op, { op: "set" }>, scope: Scope): string {
  if ("slot" in to) return `slot.${to.slot}`;
  if ("language" in to) return "language";
  return persistentKey(`vars.${to.variable}`, scope) ?? `vars.${to.variable}`;
}

/** Whether any value fits the target. */
function isAnyText({ to, from }: Extract<Op, { op: "set" }>, { variables }: Scope): boolean {
  if (!("variable" in to)) return true;
  return variables[to.variable]?.type === "string" || "value" in from || "map" in from;
}
