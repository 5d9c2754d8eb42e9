/** The switch of the mutants in this process: `globalThis.mutation`, which the sources written by schemata.ts ask. */

/** Evaluations of one mutant after which a test that it keeps from ending is stopped, beyond those of the original. */
const MORE_HITS = 50_000;

/** Which mutant is on, and which were reached. */
export interface Switch {
  /** Whether this mutant is on. */
  on(id: number): boolean;
  /** Whether the mutant that is on is one of these. */
  among(first: number, last: number): boolean;
  /** The value of the constant that the mutant changes. */
  value(): unknown;
  /** The values of constants, by mutant. */
  values(values: readonly (readonly [id: number, value: () => unknown])[]): void;
  /** Switches a mutant on, until `none`. It throws if it is reached far more often than the original was. */
  use(id: number, hits: number): void;
  none(): void;
  /** Whether the mutant that was on last was reached at all: what the process remembers can keep it from that. */
  wasReached(): boolean;
  /** How often each mutant was reached since the last call. */
  reached(): ReadonlyMap<number, number>;
}

declare global {
  var mutation: Switch;
}

/** Puts a switch into this process, with this mutant on; whether it counts what is reached. */
export function installSwitch(active: number, isCounting: boolean): void {
  let on = active;
  let left = Number.POSITIVE_INFINITY;
  let wasReached = false;
  let hits = new Map<number, number>();
  let value: { id: number; of: unknown } | undefined;
  const values = new Map<number, () => unknown>();
  const count = (id: number): void => {
    hits.set(id, (hits.get(id) ?? 0) + 1);
  };
  const isOn = (): true => {
    wasReached = true;
    if (left-- <= 0) throw new Error("The mutant runs in a circle.");
    return true;
  };
  globalThis.mutation = {
    on: (id) => {
      if (isCounting) count(id);
      return on === id && isOn();
    },
    among: (first, last) => {
      if (isCounting) for (let id = first; id <= last; id++) count(id);
      return on >= first && on <= last && isOn();
    },
    value: () => {
      if (value?.id !== on) value = { id: on, of: values.get(on)?.() };
      return value.of;
    },
    values: (more) => {
      for (const [id, one] of more) values.set(id, one);
    },
    use: (id, usual) => {
      on = id;
      left = usual * 10 + MORE_HITS;
      wasReached = false;
      value = undefined;
    },
    none: () => {
      on = 0;
      left = Number.POSITIVE_INFINITY;
    },
    wasReached: () => wasReached,
    reached: () => {
      const before = hits;
      hits = new Map();
      return before;
    },
  };
}
