/** What is live before an op, by what is live after it. */

import type { Op, Source, Template } from "../../program/op.ts";
import { innerOf } from "../../program/ops.ts";
import type { Program, Scope } from "../../program/program.ts";
import { type Reads, readExpr, readSource, readTemplate } from "../reads.ts";
import { leadsBack } from "./leads-back.ts";
import { addLive, blockName, isLocal, type Live, persistentKey } from "./live.ts";

/** What ops need to know of the block that they are in. */
export interface Where {
  step: string;
  scope: Scope;
}

/** Goes through ops backwards. */
export class LiveBefore {
  readonly #program: Program;
  readonly #after: (block: string) => Live;
  readonly #back: ReturnType<typeof leadsBack>;

  /** `after` is what is live at another block, which the block of the ops then depends on. */
  constructor(program: Program, after: (block: string) => Live) {
    this.#program = program;
    this.#after = after;
    this.#back = leadsBack(program);
  }

  /** What is live before ops, by what is live after them. */
  list(ops: readonly Op[], after: Live, where: Where): Map<string, boolean> {
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
        return new Map(this.#after(blockName(step, op.block)));
      case "goto": {
        const live = new Map(this.#after(blockName(op.step ?? step, op.block ?? "enter")));
        if (op.back !== undefined) addLive(live, this.#after(blockName(step, op.back)));
        return live;
      }
      case "send":
        return this.#send(op, after, where);
      default:
        return this.#leaving(op, where);
    }
  }

  #send(op: Extract<Op, { op: "send" }>, after: Map<string, boolean>, where: Where): Map<string, boolean> {
    for (const source of Object.values(op.form)) this.#source(source, false, after, where);
    if (op.delivery !== undefined) addLive(after, this.#after(blockName(where.step, op.delivery)));
    return op.otherwise ? this.#either(op, after, where) : after;
  }

  /** What is live before an op that ends its block, which depends on where the call continues. */
  #leaving(
    op: Extract<Op, { op: "back" | "run" | "return" | "request" }>,
    where: Where,
  ): Map<string, boolean> {
    const { step, scope } = where;
    const live = new Map<string, boolean>();
    if (op.op === "back") {
      live.set("trail", true);
      for (const menu of [step, ...(this.#back.get(scope)?.menus ?? [])])
        addLive(live, this.#after(blockName(menu, "enter")));
    } else if (op.op === "return") {
      for (const { block, isSideRoad } of this.#back.get(scope)?.returns ?? [])
        addLive(live, this.#after(block), isSideRoad ? undefined : (key) => !isLocal(key));
      for (const name of scope.gives ?? []) this.#into(live, where)(`vars.${name}`, true);
    } else {
      addLive(live, this.#after(blockName(step, op.block)));
      if (op.op === "request") this.#request(op, live, where);
      else this.#run(op, live, where);
    }
    return live;
  }

  #request(op: Extract<Op, { op: "request" }>, live: Map<string, boolean>, where: Where): void {
    this.#template(op.url, live, where);
    this.#template(op.later, live, where);
    const sent = [op.query, op.headers, op.form].flatMap((sources) => Object.values(sources ?? {}));
    for (const source of [...sent, ...(op.json ? [op.json] : [])]) this.#source(source, false, live, where);
  }

  #run(op: Extract<Op, { op: "run" }>, live: Map<string, boolean>, where: Where): void {
    const part = this.#program.parts?.[op.flow];
    if (!part) return;
    const inside = this.#after(blockName(part.start, "enter"));
    addLive(live, inside, (key) => !isLocal(key));
    for (const [name, source] of Object.entries(op.with)) {
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
    if (op.otherwise) addLive(live, this.list(op.otherwise, after, where));
    const canFail = op.matches !== undefined || !isAnyText(op, where.scope);
    if (isRead || canFail) this.#source(op.from, decides || canFail, live, where);
    return live;
  }

  /** One of the lists of an op runs, or none of them. */
  #either(op: Op, after: Map<string, boolean>, where: Where): Map<string, boolean> {
    const live = new Map(after);
    for (const inner of innerOf(op)) addLive(live, this.list(inner, after, where));
    return live;
  }

  #template(parts: Template, live: Map<string, boolean>, where: Where): void {
    readTemplate(parts, this.#into(live, where), (block) =>
      addLive(live, this.#after(blockName(where.step, block))),
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
