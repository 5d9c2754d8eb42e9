/**
 * What a flow tells apart: for each value that it takes from outside, the constants that it compares that value with, there
 * or after it was copied. It does not follow the order of steps, so it can find more than matters, but not less.
 */
import { scopeAt } from "../engine/scope.ts";
import type { Expr, Op, Program, Scope, Source, Template } from "../program/program.ts";
import { compare, type Reading, readingOf, readingsIn, type Side } from "./compared.ts";
import { inexactIn, isCopy, patternsIn } from "./inexact.ts";
import { innerOf } from "./liveness.ts";

/** A side, and where in the value it is. */
export interface Told {
  path: readonly string[];
  side: Side;
}

/** Digits that are told apart by their range. */
export interface KeyRange {
  from: string;
  to: string;
}

/** What a flow tells apart of the values that come to it. */
export interface ToldApart {
  /** Of a value: `heard <step>`, `param <step> <name>`, `answer <step> status`, `answer <step> body`, `caller.number` … */
  of(key: string): readonly Told[];
  /** Ranges of digits, of a value. */
  rangesOf(key: string): readonly KeyRange[];
  /** One phrase for each choice of a step that is made by speech. */
  phrasesAt(step: string): readonly string[];
  /** The names of the parameters that a step reads. */
  paramsAt(step: string): readonly string[];
  /** The paths of an answer's body that a step reads, with the type of the variable that takes it. */
  pathsAt(step: string): readonly { path: readonly string[]; type: string }[];
  /** The values from outside that the flow computes with: their sides are not all known. */
  inexact: readonly string[];
}

/** Finds what a program tells apart. */
export function toldApart(program: Program): ToldApart {
  const finder = new Finder(program);
  for (const [step, { blocks }] of Object.entries(program.steps))
    for (const ops of Object.values(blocks)) finder.read(step, ops);
  return finder.result();
}

interface Copy {
  to: string;
  /** Where in the value that it is copied from. */
  path: readonly string[];
  /** Where in the value that it is copied to. */
  under: readonly string[];
  /** Whether the value is changed on the way. */
  isChanged: boolean;
}

class Finder {
  readonly #program: Program;
  readonly #told = new Map<string, Told[]>();
  readonly #ranges = new Map<string, KeyRange[]>();
  readonly #phrases = new Map<string, string[]>();
  readonly #params = new Map<string, Set<string>>();
  readonly #paths = new Map<string, { path: readonly string[]; type: string }[]>();
  readonly #copies = new Map<string, Copy[]>();
  readonly #computed = new Set<string>();
  readonly #patterns = new Map<string, string[]>();

  constructor(program: Program) {
    this.#program = program;
  }

  read(step: string, ops: readonly Op[]): void {
    for (const op of ops) {
      this.#op(step, op);
      for (const inner of innerOf(op)) this.read(step, inner);
    }
  }

  result(): ToldApart {
    return {
      of: (key) =>
        unique(this.#closed(key, this.#told, ({ path }) => path).map(({ path, one }) => ({ ...one, path }))),
      rangesOf: (key) => unique(this.#closed(key, this.#ranges, () => []).map(({ one }) => one)),
      phrasesAt: (step) => this.#phrases.get(step) ?? [],
      paramsAt: (step) => [...(this.#params.get(step) ?? [])],
      pathsAt: (step) => this.#paths.get(step) ?? [],
      inexact: this.#outside().filter((key) => this.#isInexact(key) || this.#isUntried(key)),
    };
  }

  /** The values that come from outside: answers, what is kept, what a call begins with. */
  #outside(): string[] {
    const keys = [this.#told, this.#ranges, this.#copies, this.#patterns].flatMap((map) => [...map.keys()]);
    const taken = (this.#program.takes ?? []).map((name) => variableKey(this.#program, this.#program, name));
    return [...new Set([...keys, ...this.#computed])].filter(
      (key) => /^(heard|param|answer|secrets|kept|caller|input|queue)\b/.test(key) || taken.includes(key),
    );
  }

  /** Whether a value is compared that every call of an exploration has alike. */
  #isUntried(key: string): boolean {
    const [, step = "", param] = key.split(" ");
    const isFromQueue = param === "QueueTime" && this.#params.get(step)?.has("DialCallStatus") === true;
    const isAlike = key === "input.confidence" || param === "Confidence" || isFromQueue;
    const sides = isAlike || key === "caller.number" ? this.#closed(key, this.#told, ({ path }) => path) : [];
    return sides.some(({ one }) => isAlike || "matches" in one.side);
  }

  #isInexact(key: string): boolean {
    const copies = this.#closed(key, this.#copies, () => []);
    const reached = [key, ...copies.map(({ one }) => one.to)];
    const changed = copies.filter(({ one }) => one.isChanged).map(({ one }) => one.to);
    const after = changed.flatMap((to) => [
      to,
      ...this.#closed(to, this.#copies, () => []).map(({ one }) => one.to),
    ]);
    const patterns = new Set(reached.flatMap((one) => this.#patterns.get(one) ?? []));
    const isTold = (one: string): boolean => this.#told.has(one) || this.#ranges.has(one);
    return reached.some((one) => this.#computed.has(one)) || patterns.size > 1 || after.some(isTold);
  }

  /** What is noted of a value and of those that it is copied to, with the place in the first one. */
  #closed<Noted>(
    key: string,
    noted: ReadonlyMap<string, readonly Noted[]>,
    pathOf: (one: Noted) => readonly string[],
  ) {
    const found: { path: readonly string[]; one: Noted }[] = [];
    const seen = new Set<string>();
    const waiting: Copy[] = [{ to: key, path: [], under: [], isChanged: false }];
    for (const at of waiting) {
      if (seen.has(at.to)) continue;
      seen.add(at.to);
      for (const one of noted.get(at.to) ?? []) {
        const rest = without(at.under, pathOf(one));
        if (rest) found.push({ path: [...at.path, ...rest], one });
      }
      for (const { to, path, under, isChanged } of this.#copies.get(at.to) ?? []) {
        const rest = without(at.under, path);
        if (rest) waiting.push({ to, path: [...at.path, ...rest], under, isChanged });
      }
    }
    return found;
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
      case "run": {
        const part = this.#program.parts?.[op.flow];
        for (const [name, source] of Object.entries(op.with))
          if (part) this.#copy(step, source, variableKey(part, this.#program, name));
        for (const name of part?.gives ?? [])
          if (part)
            noteIn(this.#copies, variableKey(part, this.#program, name), {
              to: `given ${step} ${name}`,
              path: [],
              under: [],
              isChanged: false,
            });
        return;
      }
      case "request":
        for (const source of [op.query, op.headers, op.form].flatMap((all) => Object.values(all ?? {})))
          this.#source(step, source);
        this.#template(step, op.url);
        break;
      case "send":
        for (const source of Object.values(op.form)) this.#source(step, source);
        return;
      default:
        return;
    }
  }

  #switch(step: string, { on, cases, ranges = [] }: Extract<Op, { op: "switch" }>): void {
    this.#source(step, on);
    this.#compute(step, on);
    for (const { key, path } of this.#readings(step, on)) {
      for (const value of Object.keys(cases)) noteIn(this.#told, key, { path, side: { value } });
      for (const { from, to } of ranges) noteIn(this.#ranges, key, { from, to });
    }
  }

  #match(step: string, { on, phrases, cases }: Extract<Op, { op: "match" }>): void {
    this.#source(step, on);
    const firsts = cases.flatMap((_, index) => phrases.find(([, at]) => at === index)?.[0] ?? []);
    for (const phrase of firsts) noteIn(this.#phrases, step, phrase);
  }

  #set(step: string, { to, from, matches }: Extract<Op, { op: "set" }>): void {
    const scope = scopeAt(this.#program, step);
    this.#source(step, from);
    if (matches !== undefined) this.#compute(step, from);
    if (matches !== undefined)
      for (const { key, path } of this.#readings(step, from)) this.#pattern(key, { path, side: { matches } });
    if ("language" in to) return;
    const target =
      "slot" in to ? slotKey(scope, this.#program, to.slot) : variableKey(scope, this.#program, to.variable);
    this.#copy(step, from, target);
    const type = "variable" in to ? (scope.variables[to.variable]?.type ?? "string") : "string";
    if ("answer" in from && "path" in from) noteIn(this.#paths, step, { path: from.path, type });
    if ("param" in from && from.path) noteIn(this.#paths, `${step} ${from.param}`, { path: from.path, type });
  }

  #copy(step: string, from: Source, to: string, under: readonly string[] = []): void {
    const isChanged = "expr" in from && !isCopy(from.expr);
    for (const { key, path } of this.#readings(step, from))
      noteIn(this.#copies, key, { to, path, under, isChanged });
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
    if ("param" in source) noteIn2(this.#params, step, source.param);
    if ("map" in source) for (const one of Object.values(source.map)) this.#source(step, one);
    if ("list" in source) for (const one of source.list) this.#source(step, one);
  }

  /** Notes what a source that decides something computes with. */
  #compute(step: string, source: Source): void {
    if (!("expr" in source) || isCopy(source.expr)) return;
    for (const { key } of this.#readings(step, source)) this.#computed.add(key);
  }

  #pattern(key: string, told: Told & { side: { matches: string } }): void {
    noteIn(this.#told, key, told);
    noteIn(this.#patterns, key, told.side.matches);
  }

  #expr(step: string, expr: Expr, isCondition: boolean): void {
    const scope = scopeAt(this.#program, step);
    for (const reading of inexactIn(expr, isCondition))
      this.#computed.add(ofScope(reading, scope, this.#program).key);
    for (const { reading, pattern } of patternsIn(expr))
      noteIn(this.#patterns, ofScope(reading, scope, this.#program).key, pattern);
    compare(
      expr,
      (reading, side) => {
        const { key, path } = ofScope(reading, scope, this.#program);
        noteIn(this.#told, key, { path, side });
      },
      isCondition,
    );
  }

  /** The values from outside, variables and slots that a source gives as they are. */
  #readings(step: string, source: Source): Reading[] {
    const scope = scopeAt(this.#program, step);
    if ("param" in source) return [{ key: `param ${step} ${source.param}`, path: source.path ?? [] }];
    if ("heard" in source) return [{ key: `heard ${step}`, path: [] }];
    if ("slot" in source) return [{ key: slotKey(scope, this.#program, source.slot), path: [] }];
    if ("env" in source) return [{ key: `secrets.${source.env}`, path: [] }];
    if ("answer" in source)
      return "path" in source
        ? [{ key: `answer ${step} body`, path: source.path }]
        : [{ key: `answer ${step} ${source.answer}`, path: [] }];
    if ("given" in source) return [{ key: `given ${step} ${source.given}`, path: [] }];
    if (!("expr" in source)) return [];
    const own = readingOf(source.expr);
    return (own ? [own] : readingsIn(source.expr)).map((reading) => ofScope(reading, scope, this.#program));
  }
}

/** A path below another; undefined if it is not below it. */
function without(under: readonly string[], path: readonly string[]): readonly string[] | undefined {
  return under.every((key, at) => path[at] === key) ? path.slice(under.length) : undefined;
}

function ofScope({ key, path }: Reading, scope: Scope, program: Program): Reading {
  if (!key.startsWith("vars.")) return { key, path };
  return { key: variableKey(scope, program, key.slice("vars.".length)), path };
}

/** The key of a variable of a flow or a part. A persistent one is the same in all of them. */
export function variableKey(scope: Scope, program: Program, name: string): string {
  const keep = scope.variables[name]?.keep;
  return keep === undefined ? `vars ${nameOf(scope, program)} ${name}` : `kept.${keep}`;
}

function slotKey(scope: Scope, program: Program, name: string): string {
  return `slot ${nameOf(scope, program)} ${name}`;
}

function nameOf(scope: Scope, program: Program): string {
  return Object.entries(program.parts ?? {}).find(([, part]) => part === scope)?.[0] ?? "";
}

function noteIn<Noted>(map: Map<string, Noted[]>, key: string, one: Noted): void {
  const known = map.get(key);
  if (known) known.push(one);
  else map.set(key, [one]);
}

function noteIn2(map: Map<string, Set<string>>, key: string, one: string): void {
  map.set(key, (map.get(key) ?? new Set()).add(one));
}

function unique<One>(all: readonly One[]): One[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}
