/** Patterns that are safe and slow ones, and how many of a flow are examined. */
import { describe, expect, test } from "vitest";
import { findings } from "./support.ts";

const MINUTE = 60_000;

/** The messages of `slow-pattern` in a flow with one step for each pattern. */
function slow(...patterns: string[]): string[] {
  const steps = patterns.map(
    (pattern, i) =>
      `  s${i}: { gather: { prompt: Which?, save: v, matches: ${JSON.stringify(pattern)}, otherwise: bye }, next: ${i + 1 < patterns.length ? `s${i + 1}` : "bye"} }\n`,
  );
  const found = findings(`steps:\n${steps.join("")}  bye: { hangup: Goodbye. }\n`);
  expect(found.filter(({ code }) => code !== "slow-pattern")).toEqual([]);
  return found.map(({ message }) => message);
}

const PHONE = "(\\+1|1)?[ -]?\\(?[2-9][0-9]{2}\\)?[ -]?[0-9]{3}[ -]?[0-9]{4}";
/** Its search does not come to an end. */
const ENDLESS = "([0-9]+)+([0-9]?)*";
const TAKES_LONG = /could take very long/;
const NOT_CHECKED = /is not checked, because the flow has a slow pattern before it/;

describe("a safe pattern has no finding", () => {
  test.each([
    ["a list of numbers", Array.from({ length: 60 }, (_, i) => 100 + i).join("|")],
    ["a list of codes", Array.from({ length: 60 }, (_, i) => `[Aa][Bb]${100 + i}[0-9]{3}`).join("|")],
    ["phone numbers", PHONE],
    [
      "dates in words",
      "(january|february|march|april|may|june|july|august|september|october|november|december) ([1-9]|[12][0-9]|3[01])(st|nd|rd|th)?(,? [0-9]{4})?",
    ],
  ])("%s", (_what, pattern) => expect(slow(pattern)).toEqual([]), MINUTE);
});

describe("a slow pattern has one", () => {
  test.each(["(a+)+b", "(a|a)*b", "(a|aa)+b", "[0-9]*[0-9]*[0-9]*", ENDLESS])(
    "%s",
    (pattern) => expect(slow(pattern)).toEqual([expect.stringMatching(TAKES_LONG)]),
    MINUTE,
  );
});

describe("of very many slow patterns, the first are examined, and none passes", () => {
  test(
    "patterns that are found to be slow",
    () => {
      const found = slow(...Array.from({ length: 5 }, (_, i) => `([0-9]+)+${i}`));
      expect(found.map((message) => TAKES_LONG.test(message))).toEqual([true, true, false, false, false]);
      expect(found.map((message) => NOT_CHECKED.test(message))).toEqual([false, false, true, true, true]);
    },
    MINUTE,
  );

  test(
    "after a search without an end, the next are shorter",
    () => {
      const [first, ...others] = slow(`${ENDLESS}1`, PHONE, `${ENDLESS}2`, PHONE, `${ENDLESS}3`);
      expect(first).toMatch(TAKES_LONG);
      expect(others).toEqual(Array(2).fill(expect.stringMatching(NOT_CHECKED)));
    },
    MINUTE,
  );
});

test(
  "the same pattern in another flow is not searched again",
  () => {
    const pattern = `${PHONE}( ext(ension)?\\.? [0-9]{1,5})?`;
    const once = seconds(() => slow(pattern));
    const tenTimes = seconds(() => Array.from({ length: 10 }, () => slow(pattern)));
    expect(tenTimes).toBeLessThan(once * 5);
  },
  MINUTE,
);

function seconds(work: () => unknown): number {
  const begin = process.cpuUsage();
  work();
  return process.cpuUsage(begin).user / 1e6;
}
