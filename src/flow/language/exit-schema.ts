/** The schemas of exits: where a step continues. */

import { NAME } from "./name.ts";
import { Keys, marked, Shaped } from "./schema.ts";
import { type Static, Type } from "./type.ts";

/** Words that are exits of their own and cannot name a step. */
export const EXIT_WORDS = ["hangup", "repeat", "back", "return"] as const;

/** A step's name. */
export const StepName = Shaped(NAME, "a lower-case word with hyphens, such as front-desk");

const exitOptions = { ...marked("exit"), title: "exit" };

/** Where to go next: a step, one of the words, or another try at a gather. */
export const Exit = Type.Union(
  [
    Type.String({ minLength: 1, "x-says": "the name of a step" }),
    Keys({ retry: Type.String({ ...marked("retry"), minLength: 1 }) }),
  ],
  exitOptions,
);

export type Exit = Static<typeof Exit>;

/** Whether a marked value is an exit, as far as its shape goes. */
export function isExit(value: unknown): value is Exit {
  return (
    typeof value === "string" ||
    (typeof value === "object" && value !== null && "retry" in value && typeof value.retry === "string")
  );
}

/** Exits by the value of the expression in `on`. */
export const CasesOf = Type.Record(Type.String(), Exit, { ...marked("cases"), minProperties: 1 });

/** Keys of a step whose own keys already say when an exit is taken: they add nothing to its name. */
export const EXIT_GROUPS: ReadonlySet<string> = new Set(["next", "status", "cases"]);

/** Twilio's outcomes to exits, `else` for all the rest. */
export function Status<const W extends string[]>(...outcomes: W) {
  const exits = Object.fromEntries([...outcomes, "else"].map((word) => [word, Type.Optional(Exit)]));
  return Type.Unsafe<Partial<Record<W[number] | "else", Exit>>>(Keys(exits));
}
