/** The keys of a menu: single ones, several in a row, ranges such as `1-9` or `101-140`, and names of spoken choices. */

/** The keys of a choice: a range of keys of the same length; a single key is both ends. */
export interface KeyRange {
  from: string;
  to: string;
}

/** A choice by words alone has a name instead of keys. */
const CHOICE_NAME = "\\p{L}[\\p{L}\\p{M}\\p{N} _-]*";
/** How a choice is written: as keys, as a range of keys, or as the name of a spoken choice. */
export const CHOICE = `^([0-9*#]+|\\d+-\\d+|${CHOICE_NAME})$`;

const isName = new RegExp(`^${CHOICE_NAME}$`, "u");

/** Whether a choice is made by words alone. */
export function isChoiceName(text: string): boolean {
  return isName.test(text);
}

/** Reads a choice's key; returns a message for an invalid range. */
export function readKeys(text: string): KeyRange | string {
  const match = /^(\d+)-(\d+)$/.exec(text);
  if (!match) return { from: text, to: text };
  const [, from = "", to = ""] = match;
  if (from.length !== to.length) return `the ends of the range ${text} must have the same number of digits`;
  // Texts of equally many digits sort like their numbers.
  return to < from ? `the range ${text} runs backwards; write ${to}-${from}` : { from, to };
}

/** Whether two choices share a key. */
export function overlap(a: KeyRange, b: KeyRange): boolean {
  return a.from.length === b.from.length && a.from <= b.to && b.from <= a.to;
}

/** Whether a key of one choice also begins a longer key of the other. */
export function begins(short: KeyRange, long: KeyRange): boolean {
  const { length } = short.from;
  return (
    length < long.from.length &&
    short.from <= long.to.slice(0, length) &&
    long.from.slice(0, length) <= short.to
  );
}
