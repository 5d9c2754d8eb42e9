/** What is noted of a program's values while its ops are read, and what follows for the values from outside. */
import type { Program } from "../../program/program.ts";
import type { KeyRange, ReadPath, Told, ToldApart } from "./told-apart.ts";
import { variableKey } from "./value-keys.ts";

/** One value, or a place in it, is copied to another. */
export interface Copy {
  to: string;
  /** Where in the value that it is copied from. */
  path: readonly string[];
  /** Where in the value that it is copied to. */
  under: readonly string[];
  /** Whether the value is changed on the way. */
  isChanged: boolean;
}

/** Notes by the keys of values or steps. */
export class Notes {
  /** The sides of a value. */
  readonly told = new Lists<Told>();
  readonly ranges = new Lists<KeyRange>();
  readonly copies = new Lists<Copy>();
  /** The patterns that a value is matched with. */
  readonly patterns = new Lists<string>();
  /** One phrase for each choice of a step. */
  readonly phrases = new Lists<string>();
  /** The parameters that a step reads. */
  readonly params = new Lists<string>();
  /** The paths that a step reads in an answer's body. */
  readonly paths = new Lists<ReadPath>();
  /** The values that something is computed with. */
  readonly computed = new Set<string>();
  readonly #program: Program;

  constructor(program: Program) {
    this.#program = program;
  }

  /** What the flow tells apart, by all that is noted. */
  result(): ToldApart {
    return {
      of: (key) => unique(this.#sidesOf(key).map(({ path, one }) => ({ ...one, path }))),
      rangesOf: (key) => unique(this.#closed(key, this.ranges, () => []).map(({ one }) => one)),
      phrasesAt: (step) => this.phrases.of(step),
      paramsAt: (step) => [...new Set(this.params.of(step))],
      pathsAt: (step) => this.paths.of(step),
      inexact: this.#outside().filter((key) => this.#isInexact(key) || this.#isUntried(key)),
    };
  }

  /** The values that come from outside: answers, what is kept, what a call begins with. */
  #outside(): string[] {
    const keys = [this.told, this.ranges, this.copies, this.patterns].flatMap((lists) => lists.keys());
    const taken = (this.#program.takes ?? []).map((name) => variableKey(this.#program, this.#program, name));
    return [...new Set([...keys, ...this.computed])].filter(
      (key) => /^(heard|param|answer|secrets|kept|caller|input|queue)\b/.test(key) || taken.includes(key),
    );
  }

  /** Whether a value is compared that every call of an exploration has alike. */
  #isUntried(key: string): boolean {
    const [, step = "", param] = key.split(" ");
    const isFromQueue = param === "QueueTime" && this.params.of(step).includes("DialCallStatus");
    const isAlike = key === "input.confidence" || param === "Confidence" || isFromQueue;
    const sides = isAlike || key === "caller.number" ? this.#sidesOf(key) : [];
    return sides.some(({ one }) => isAlike || "matches" in one.side);
  }

  #isInexact(key: string): boolean {
    const copies = this.#copiesOf(key);
    const reached = [key, ...copies.map(({ to }) => to)];
    const changed = copies.filter(({ isChanged }) => isChanged).map(({ to }) => to);
    const after = changed.flatMap((to) => [to, ...this.#copiesOf(to).map((copy) => copy.to)]);
    const patterns = new Set(reached.flatMap((one) => this.patterns.of(one)));
    const isTold = (one: string): boolean => this.told.of(one).length > 0 || this.ranges.of(one).length > 0;
    return reached.some((one) => this.computed.has(one)) || patterns.size > 1 || after.some(isTold);
  }

  #sidesOf(key: string) {
    return this.#closed(key, this.told, ({ path }) => path);
  }

  #copiesOf(key: string): Copy[] {
    return this.#closed(key, this.copies, () => []).map(({ one }) => one);
  }

  /** What is noted of a value and of those that it is copied to, with the place in the first one. */
  #closed<Noted>(key: string, noted: Lists<Noted>, pathOf: (one: Noted) => readonly string[]) {
    const found: { path: readonly string[]; one: Noted }[] = [];
    const seen = new Set<string>();
    const waiting: Copy[] = [{ to: key, path: [], under: [], isChanged: false }];
    for (const at of waiting) {
      if (seen.has(at.to)) continue;
      seen.add(at.to);
      for (const one of noted.of(at.to)) {
        const rest = without(at.under, pathOf(one));
        if (rest) found.push({ path: [...at.path, ...rest], one });
      }
      for (const { to, path, under, isChanged } of this.copies.of(at.to)) {
        const rest = without(at.under, path);
        if (rest) waiting.push({ to, path: [...at.path, ...rest], under, isChanged });
      }
    }
    return found;
  }
}

/** Lists by key. */
class Lists<One> {
  readonly #lists = new Map<string, One[]>();

  add(key: string, one: One): void {
    const known = this.#lists.get(key);
    if (known) known.push(one);
    else this.#lists.set(key, [one]);
  }

  of(key: string): readonly One[] {
    return this.#lists.get(key) ?? [];
  }

  keys(): string[] {
    return [...this.#lists.keys()];
  }
}

/** A path below another; undefined if it is not below it. */
function without(under: readonly string[], path: readonly string[]): readonly string[] | undefined {
  return under.every((key, at) => path[at] === key) ? path.slice(under.length) : undefined;
}

function unique<One>(all: readonly One[]): One[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}
