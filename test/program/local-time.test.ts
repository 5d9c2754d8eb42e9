/** The calendar of `timeOn` and `midnightOf` is JavaScript's own. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { midnightOf, timeOn } from "../../src/program/local-time.ts";

const DAY = 24 * 60 * 60 * 1000;

function asJavaScriptHasIt(midnight: number) {
  const day = new Date(midnight);
  const [year, month] = [day.getUTCFullYear(), day.getUTCMonth() + 1];
  return {
    year,
    month,
    day: day.getUTCDate(),
    weekday: day.getUTCDay(),
    date: day.toISOString().slice(0, 10),
  };
}

test.each([
  ["the first day of 1970", Date.UTC(1970, 0, 1)],
  ["a leap day", Date.UTC(2028, 1, 29)],
  ["the day after a February without one", Date.UTC(2100, 2, 1)],
  ["the leap day of a century", Date.UTC(2000, 1, 29)],
  ["the first day of the year 0", Date.parse("0000-01-01")],
  ["the last day of the year 9999", Date.parse("9999-12-31")],
])("%s is a day of the calendar", (_, midnight) => {
  expect(timeOn(midnight)).toMatchObject(asJavaScriptHasIt(midnight));
});

test("so is every day of the years from 0 to 9999, and back", () => {
  const days = fc.integer({ min: Date.parse("0000-01-01") / DAY, max: Date.parse("9999-12-31") / DAY });
  fc.assert(
    fc.property(days, (at) => {
      const time = timeOn(at * DAY);
      expect(time).toMatchObject(asJavaScriptHasIt(at * DAY));
      expect(midnightOf(time.year, time.month, time.day)).toBe(at * DAY);
    }),
    { numRuns: 1000 },
  );
});

test("a day outside its month is one of the next or the last month", () => {
  expect(timeOn(midnightOf(2026, 11, 31)).date).toBe("2026-12-01");
  expect(timeOn(midnightOf(2028, 3, 0)).date).toBe("2028-02-29");
  expect(timeOn(midnightOf(99, 13, 1)).date).toBe("0100-01-01");
});
