/** The numerals that a Program needs: those of its languages, as far as its gathers read them. */
import type { Numerals } from "../../program/numerals.ts";
import type { Checked } from "../analysis/checked.ts";
import { numeralsOf } from "../language/numerals.ts";

/** The largest numeral: of a menu whose choices are single keys, and of every other gather. */
const [KEY, ANY] = [9, 99];

/**
 * A Program's numerals, if anything in its steps is heard as digits.
 * @param languages every language that the call can be in
 */
export function numeralsFor(
  steps: unknown,
  flows: readonly Checked[],
  languages: readonly string[],
): { numerals?: Numerals } {
  const largest = largestHeard(steps);
  return largest === 0 ? {} : { numerals: numeralsOf([...languages, ...flows.flatMap(recognised)], largest) };
}

/** The languages of recognition that single steps name. */
function recognised({ flow }: Checked): string[] {
  return flow.steps.flatMap(({ body }) =>
    typeof body === "object" && body !== null && "language" in body && typeof body.language === "string"
      ? [body.language]
      : [],
  );
}

function largestHeard(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  if ("heard" in value) return value.heard === "text" ? 0 : ANY;
  if ("on" in value && largestHeard(value.on) > 0) return picksByKey(value) ? KEY : ANY;
  let most = 0;
  for (const one of Object.values(value)) most = Math.max(most, largestHeard(one));
  return most;
}

/** Whether a `switch` has only single keys. */
function picksByKey(op: object): boolean {
  const cases = "cases" in op && typeof op.cases === "object" ? Object.keys(op.cases ?? {}) : [];
  const ranges: unknown[] = "ranges" in op && Array.isArray(op.ranges) ? op.ranges : [];
  const isShort = (range: unknown): boolean =>
    typeof range === "object" && range !== null && "from" in range && String(range.from).length === 1;
  return cases.every((key) => key.length === 1) && ranges.every(isShort);
}
