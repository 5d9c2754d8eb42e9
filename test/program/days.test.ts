/** Days as a Program writes them. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { isDay } from "../../src/program/days.ts";
import { timeOn } from "../../src/program/local-time.ts";

/** The days of a year that are written so. */
function daysIn(year: number, written: string): string[] {
  return Array.from({ length: 366 }, (_, day) => timeOn(Date.UTC(year, 0, 1 + day)))
    .filter((day) => day.year === year && isDay(written, day))
    .map(({ date }) => date.slice(5));
}

test.each<[written: string, year: number, days: string[]]>([
  ["2026-11-26", 2026, ["11-26"]],
  ["2026-11-26", 2027, []],
  ["12-25", 2031, ["12-25"]],
  ["02-29", 2027, []],
  ["02-29", 2028, ["02-29"]],
  ["2026-12-30..2027-01-02", 2026, ["12-30", "12-31"]],
  ["2026-12-30..2027-01-02", 2027, ["01-01", "01-02"]],
  ["12-30..01-02", 2030, ["01-01", "01-02", "12-30", "12-31"]],
  ["07-01..07-03", 2030, ["07-01", "07-02", "07-03"]],
  // Thanksgiving and the day after it, which is not always the fourth Friday.
  ["11/4/4", 2026, ["11-26"]],
  ["11/4/4", 2030, ["11-28"]],
  ["11/4/4+1", 2030, ["11-29"]],
  ["11/5/4", 2030, ["11-22"]],
  // Memorial Day, Labor Day, and Martin Luther King's.
  ["5/1/-1", 2026, ["05-25"]],
  ["5/1/-1", 2027, ["05-31"]],
  ["9/1/1", 2026, ["09-07"]],
  ["1/1/3", 2027, ["01-18"]],
  ["1/5/5", 2026, ["01-30"]],
  ["1/4/5", 2027, []],
  // A day of another month, or year.
  ["5/1/-1+3", 2027, ["06-03"]],
  ["1/5/1-1", 2026, ["01-01", "12-31"]],
])("%s in %i: %j", (written, year, days) => {
  expect(daysIn(year, written)).toEqual(days);
});

test("the nth weekday of a month is one day of each year, and the last one is within its last week", () => {
  const month = fc.integer({ min: 1, max: 12 });
  fc.assert(
    fc.property(
      fc.integer({ min: 2020, max: 2100 }),
      month,
      fc.nat(6),
      fc.integer({ min: 1, max: 4 }),
      (year, m, weekday, nth) => {
        const [only, ...more] = daysIn(year, `${m}/${weekday}/${nth}`);
        expect(more).toEqual([]);
        const day = timeOn(Date.parse(`${year}-${only}`));
        expect([day.month, day.weekday, Math.ceil(day.day / 7)]).toEqual([m, weekday, nth]);
        const last = timeOn(Date.parse(`${year}-${daysIn(year, `${m}/${weekday}/-1`)[0]}`));
        expect([last.month, last.weekday]).toEqual([m, weekday]);
        expect(last.day).toBeGreaterThan(new Date(Date.UTC(year, m, 0)).getUTCDate() - 7);
      },
    ),
    { numRuns: 50 },
  );
});
