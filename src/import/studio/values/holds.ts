/** Whether a condition of a Split Based On is true. */
import { type Compared, valuesOf } from "./compared.ts";

type Holds = (text: string, condition: Compared) => boolean | undefined;

const not =
  (holds: Holds): Holds =>
  (text, condition) =>
    !holds(text, condition);
const equal: Holds = (text, { value }) => text === value.trim();
const anyOf: Holds = (text, condition) => valuesOf(condition).includes(text);
const blank: Holds = (text) => text === "";
const contains: Holds = (text, { value }) => text.includes(value);
const starts: Holds = (text, { value }) => text.startsWith(value);

/** A text that is not a number leads where Studio does not document; an empty one counts as 0. */
const number =
  (holds: (one: number, other: number) => boolean): Holds =>
  (text, { value }) =>
    Number.isNaN(Number(text)) ? undefined : holds(Number(text), Number(value));

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
  less_than: number((one, other) => one < other),
  less_than_or_equal_to: number((one, other) => one <= other),
  greater_than: number((one, other) => one > other),
  greater_than_or_equal_to: number((one, other) => one >= other),
};

/** Whether it holds for a text; undefined if that depends on the time, or is not known. */
export function holds(text: string, condition: Compared): boolean | undefined {
  return Object.hasOwn(HOLDS, condition.type) ? HOLDS[condition.type]?.(text.trim(), condition) : undefined;
}

/** Whether a condition tells an empty text from 0. */
export function tellsEmpty(condition: Compared): boolean {
  return holds("", condition) !== holds("0", condition);
}
