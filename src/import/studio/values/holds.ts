/** Whether a condition of a Split Based On is true. */
import { type Compared, valuesOf } from "./compared.ts";

type Holds = (text: string, condition: Compared) => boolean;

const not =
  (holds: Holds): Holds =>
  (text, condition) =>
    !holds(text, condition);
const equal: Holds = (text, { value }) => text === value.trim();
const anyOf: Holds = (text, condition) => valuesOf(condition).includes(text);
const blank: Holds = (text) => text === "";
const contains: Holds = (text, { value }) => text.includes(value);
const starts: Holds = (text, { value }) => text.startsWith(value);

const HOLDS: Readonly<Record<string, Holds>> = {
  equal_to: equal,
  not_equal_to: not(equal),
  matches_any_of: anyOf,
  does_not_match_any_of: not(anyOf),
  is_blank: blank,
  is_not_blank: not(blank),
  contains,
  does_not_contain: not(contains),
  starts_with: starts,
  does_not_start_with: not(starts),
  less_than: (text, { value }) => Number(text) < Number(value),
  less_than_or_equal_to: (text, { value }) => Number(text) <= Number(value),
  greater_than: (text, { value }) => Number(text) > Number(value),
  greater_than_or_equal_to: (text, { value }) => Number(text) >= Number(value),
};

/** Whether it holds for a text; undefined for a condition that depends on the time, or is unknown. */
export function holds(text: string, condition: Compared): boolean | undefined {
  return Object.hasOwn(HOLDS, condition.type) ? HOLDS[condition.type]?.(text.trim(), condition) : undefined;
}

/** Whether a condition tells an empty text from 0. */
export function tellsEmpty(condition: Compared): boolean {
  return holds("", condition) !== holds("0", condition);
}
