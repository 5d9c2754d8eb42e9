/** The variables of the flow, and which step saves each. */
import type { ExpressionType } from "../liquid/cel.ts";
import { Taken } from "../names.ts";
import type { Save } from "./results.ts";

/** A variable of the flow. */
export interface Variable {
  name: string;
  type: ExpressionType;
  default?: string | number | boolean | Record<string, never>;
  maxLength?: number;
  /** Whether a parameter of the call sets it. */
  isTaken?: boolean;
}

/** A value that a step has to save. */
export interface Saved {
  variable: Variable;
  save: Save;
}

/** The variables that are declared so far, by what each is for. */
export class Declared {
  readonly #taken = new Taken();
  readonly #byKey = new Map<string, Variable>();
  readonly #saved = new Map<string, Saved[]>();

  /** The variable for this. */
  get(key: string): Variable | undefined {
    return this.#byKey.get(key);
  }

  /** Declares a variable for this, under the name that is wished for if it is free. */
  declare(key: string, wish: string, variable: Omit<Variable, "name">): Variable {
    const declared = { ...variable, name: this.#taken.take(wish, "_") };
    this.#byKey.set(key, declared);
    return declared;
  }

  /** All variables that are read, in the order in which they were met. */
  get variables(): Variable[] {
    return [...this.#byKey.values()];
  }

  /** What the step of a widget has to save. */
  savedBy(widget: string): readonly Saved[] {
    return this.#saved.get(widget) ?? [];
  }

  /** A variable of the importer's own. */
  own(of: string, variable: Omit<Variable, "name">, wish = of): Variable {
    const key = `own ${of}`;
    return this.#byKey.get(key) ?? this.declare(key, wish, variable);
  }

  /** Takes a variable's default away, so that an answer without its value is invalid. */
  require(cel: string): void {
    for (const [key, variable] of this.#byKey) {
      if (cel !== `vars.${variable.name}`) continue;
      const { default: _, ...required } = variable;
      this.#byKey.set(key, required);
      for (const [widget, saved] of this.#saved)
        this.#saved.set(
          widget,
          saved.map((one) => (one.variable.name === variable.name ? { ...one, variable: required } : one)),
        );
    }
  }

  /** Whether a variable has this name. */
  has(name: string): boolean {
    return this.variables.some((one) => one.name === name);
  }

  /** Notes that the step of a widget has to save a value. */
  save(widget: string, saved: Saved): void {
    this.#saved.set(widget, [...this.savedBy(widget), saved]);
  }
}
