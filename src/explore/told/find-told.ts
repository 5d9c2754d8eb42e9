/**
 * Finds what a flow tells apart, by reading its ops. It does not follow the order of steps, so it can find more than matters,
 * but not less.
 */
import { scopeAt } from "../../engine/scope.ts";
import type { Expr, Op, Source, Template } from "../../program/op.ts";
import { opsIn } from "../../program/ops.ts";
import type { Program } from "../../program/program.ts";
import { compare } from "./compared.ts";
import { inexactIn, isCopy, patternsIn } from "./inexact.ts";
import type { Told, ToldApart } from "./told-apart.ts";
import { Notes } from "./told-notes.ts";
import { inProgram, readingsOf, slotKey, variableKey } from "./value-keys.ts";

/** Finds what a program tells apart. */
export function toldApart(program: Program): ToldApart {
  const notes = new Notes(program);
  new Finder(program, notes).run();
  return notes.result();
}

class Finder {
  readonly #program: Program;
  readonly #notes: Notes;

  constructor(program: Program, notes: Notes) {
    this.#program = program;
    this.#notes = notes;
  }

  run(): void {
    for (const [step, { blocks }] of Object.entries(this.#program.steps))
      for (const op of opsIn(Object.values(blocks).flat())) this.#op(step, op);
  }

  #op(step: string, op: Op): void {
    switch (op.op) {
      case "switch":
        this.#switch(step, op);
        break;
      case "match":
        this.#match(step, op);
        break;
      case "when":
        for (const { when } of op.cases) this.#expr(step, when, true);
        break;
      case "set":
        this.#set(step, op);
        break;
      case "twiml":
        this.#template(step, op.parts);
        break;
      case "run":
        this.#run(step, op);
        break;
      case "request":
        for (const source of [op.query, op.headers, op.form].flatMap((all) => Object.values(all ?? {})))
          this.#source(step, source);
        this.#template(step, op.url);
        break;
      case "send":
        for (const source of Object.values(op.form)) this.#source(step, source);
    }
  }

  /** Values go into a part's variables, and its results come back. */
  #run(step: string, op: Extract<Op, { op: "run" }>): void {
    const part = this.#program.parts?.[op.flow];
    if (!part) return;
    for (const [name, source] of Object.entries(op.with))
      this.#copy(step, source, variableKey(part, this.#program, name));
    for (const name of part.gives ?? []) {
      const to = `given ${step} ${name}`;
      const copy = { to, path: [], under: [], isChanged: false };
      this.#notes.copies.add(variableKey(part, this.#program, name), copy);
    }
  }

  #switch(step: string, { on, cases, ranges = [] }: Extract<Op, { op: "switch" }>): void {
    this.#source(step, on);
    this.#compute(step, on);
    for (const { key, path } of readingsOf(on, step, this.#program)) {
      for (const value of Object.keys(cases)) this.#notes.told.add(key, { path, side: { value } });
      for (const { from, to } of ranges) this.#notes.ranges.add(key, { from, to });
    }
  }

  #match(step: string, { on, phrases, cases }: Extract<Op, { op: "match" }>): void {
    this.#source(step, on);
    const firsts = cases.flatMap((_, index) => phrases.find(([, at]) => at === index)?.[0] ?? []);
    for (const phrase of firsts) this.#notes.phrases.add(step, phrase);
  }

  #set(step: string, { to, from, matches }: Extract<Op, { op: "set" }>): void {
    const scope = scopeAt(this.#program, step);
    this.#source(step, from);
    if (matches !== undefined) this.#compute(step, from);
    if (matches !== undefined)
      for (const { key, path } of readingsOf(from, step, this.#program))
        this.#pattern(key, { path, side: { matches } });
    if ("language" in to) return;
    const target =
      "slot" in to ? slotKey(scope, this.#program, to.slot) : variableKey(scope, this.#program, to.variable);
    this.#copy(step, from, target);
    const type = "variable" in to ? (scope.variables[to.variable]?.type ?? "string") : "string";
    if ("answer" in from && "path" in from) this.#notes.paths.add(step, { path: from.path, type });
    if ("param" in from && from.path)
      this.#notes.paths.add(`${step} ${from.param}`, { path: from.path, type });
  }

  #copy(step: string, from: Source, to: string, under: readonly string[] = []): void {
    const isChanged = "expr" in from && !isCopy(from.expr);
    for (const { key, path } of readingsOf(from, step, this.#program))
      this.#notes.copies.add(key, { to, path, under, isChanged });
    if ("map" in from)
      for (const [key, one] of Object.entries(from.map)) this.#copy(step, one, to, [...under, key]);
  }

  #template(step: string, parts: Template): void {
    for (const part of parts) {
      if (typeof part === "string" || "link" in part) continue;
      if ("hole" in part) this.#source(step, part.hole);
      else if ("attribute" in part) this.#source(step, part.from);
      else {
        this.#switch(step, {
          op: "switch",
          on: part.pick,
          cases: Object.fromEntries(Object.keys(part.cases).map((key) => [key, []])),
        });
        for (const variant of [...Object.values(part.cases), part.else]) this.#template(step, variant);
      }
    }
  }

  /** Notes what a source reads, and the comparisons in it. */
  #source(step: string, source: Source): void {
    if ("expr" in source) this.#expr(step, source.expr, false);
    if ("param" in source) this.#notes.params.add(step, source.param);
    if ("map" in source) for (const one of Object.values(source.map)) this.#source(step, one);
    if ("list" in source) for (const one of source.list) this.#source(step, one);
  }

  /** Notes what a source that decides something computes with. */
  #compute(step: string, source: Source): void {
    if (!("expr" in source) || isCopy(source.expr)) return;
    for (const { key } of readingsOf(source, step, this.#program)) this.#notes.computed.add(key);
  }

  #pattern(key: string, told: Told & { side: { matches: string } }): void {
    this.#notes.told.add(key, told);
    this.#notes.patterns.add(key, told.side.matches);
  }

  #expr(step: string, expr: Expr, isCondition: boolean): void {
    const scope = scopeAt(this.#program, step);
    for (const reading of inexactIn(expr, isCondition))
      this.#notes.computed.add(inProgram(reading, scope, this.#program).key);
    for (const { reading, pattern } of patternsIn(expr))
      this.#notes.patterns.add(inProgram(reading, scope, this.#program).key, pattern);
    compare(
      expr,
      (reading, side) => {
        const { key, path } = inProgram(reading, scope, this.#program);
        this.#notes.told.add(key, { path, side });
      },
      isCondition,
    );
  }
}
