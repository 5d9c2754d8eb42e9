/** The keys of a menu: single ones, several in a row, and ranges such as `1-9` or `101-140`. */

/** The most keys that one range may stand for. */
export const MOST_KEYS = 1000;

/** A range's keys; a sentence where it cannot be one; undefined where the text is no range. */
export function expandRange(text: string): string[] | string | undefined {
  const match = /^(\d+)-(\d+)$/.exec(text);
  if (!match) return undefined;
  const [, from = "", to = ""] = match;
  if (from.length !== to.length) return `the ends of the range ${text} must have the same number of digits`;
  const [first, last] = [Number(from), Number(to)];
  if (last < first) return `the range ${text} runs backwards; write ${to}-${from}`;
  if (last - first >= MOST_KEYS) return `the range ${text} has more than ${MOST_KEYS} keys; use \`save\` and \`matches\``;
  return Array.from({ length: last - first + 1 }, (_, i) => String(first + i).padStart(from.length, "0"));
}

/** The keys that a choice's text stands for; none where a range is not right. */
export function expandKeys(text: string): string[] {
  const range = expandRange(text);
  if (range === undefined) return [text];
  return typeof range === "string" ? [] : range;
}
