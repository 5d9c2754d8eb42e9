/** When hours open next, held to a search by `isOpen`, minute by minute. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isOpen } from "../../src/program/hours.ts";
import { localTime } from "../../src/program/local-time.ts";
import { nextOpen } from "../../src/program/next-open.ts";
import type { Hours, Range } from "../../src/program/program.ts";
import { runs } from "../runs.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function searched(hours: Hours, now: number, days: number): string | undefined {
  const first = Math.floor(now / MINUTE) * MINUTE;
  for (let at = first; at <= first + days * DAY; at += MINUTE) {
    if (!isOpen(hours, at)) continue;
    const { date, time } = localTime(hours, at);
    return `${date}T${time}`;
  }
  return undefined;
}

function office(timezone: string, range: Range, more: Partial<Hours> = {}): Hours {
  return { timezone, open: Array.from({ length: 7 }, () => [range]), closed: [], special: {}, ...more };
}

describe("nextOpen", () => {
  const week: Hours = {
    timezone: "America/New_York",
    open: [[], ...Array.from({ length: 5 }, () => [{ from: 480, to: 1080 }]), []],
    closed: ["2026-12-24..2027-01-03", "11/4/4", "11/4/4+1"],
    special: { "2026-12-28": [{ from: 600, to: 720 }] },
  };

  test.each([
    ["open: now", "2026-11-25T09:00:30-05:00", "2026-11-25T09:00"],
    ["before the day begins", "2026-11-25T07:00:00-05:00", "2026-11-25T08:00"],
    ["over Thanksgiving and the weekend", "2026-11-25T18:00:00-05:00", "2026-11-30T08:00"],
    ["within closed days, a special one", "2026-12-24T09:00:00-05:00", "2026-12-28T10:00"],
    ["across the year's end", "2026-12-28T12:00:00-05:00", "2027-01-04T08:00"],
    ["seen from another zone's day", "2026-11-30T03:00:00Z", "2026-11-30T08:00"],
  ])("%s: %s → %s", (_what, now, opens) => {
    expect(nextOpen(week, Date.parse(now))).toBe(opens);
  });

  test.each([
    [
      "a range that begins in the hour that is skipped",
      { from: 150, to: 210 },
      "2026-03-08T05:00:00Z",
      "2026-03-08T03:00",
    ],
    [
      "a range that ended, and whose hour comes again",
      { from: 30, to: 105 },
      "2026-11-01T05:50:00Z",
      "2026-11-01T01:00",
    ],
    ["a range that begins again in it", { from: 90, to: 105 }, "2026-11-01T05:50:00Z", "2026-11-01T01:30"],
  ])("%s", (_what, range, now, opens) => {
    expect(nextOpen(office("America/New_York", range), Date.parse(now))).toBe(opens);
  });

  test("hours that never open have no time", () => {
    const never = { timezone: "UTC", open: [], closed: [], special: {} };
    expect(nextOpen(never, 0)).toBe("");
    expect(
      nextOpen({ ...never, special: { "2026-11-26": [{ from: 0, to: 60 }] } }, Date.parse("2026-11-27")),
    ).toBe("");
    expect(
      nextOpen({ ...never, special: { "11-26": [{ from: 0, to: 60 }] } }, Date.parse("2026-11-27")),
    ).toBe("2027-11-26T00:00");
  });

  const zones = Intl.supportedValuesOf("timeZone");
  const range = fc
    .tuple(fc.nat(1439), fc.integer({ min: 1, max: 1440 }))
    .map(([from, length]) => ({ from, to: from + length }));
  const ranges = fc.oneof(
    { weight: 3, arbitrary: fc.constant<Range[]>([]) },
    fc.array(range, { minLength: 1, maxLength: 2 }),
  );
  const hours = fc.record({
    timezone: fc.constantFrom(...zones),
    open: fc.array(ranges, { minLength: 7, maxLength: 7 }),
    closed: fc.subarray([
      "12-31",
      "01-01",
      "12-24..01-02",
      "3/0/2",
      "11/0/1",
      "10/0/-1",
      "3/0/-1+1",
      "2028-02-29",
    ]),
    special: fc.dictionary(fc.constantFrom("01-01", "3/0/2", "10/0/-1", "12-30..01-01"), ranges, {
      maxKeys: 2,
    }),
  });
  // The days around clock changes and the turn of the year, in every zone.
  const around = fc
    .tuple(
      fc.constantFrom(
        "2026-03-08",
        "2026-03-29",
        "2026-04-05",
        "2026-10-04",
        "2026-10-25",
        "2026-11-01",
        "2026-12-31",
        "2028-02-29",
      ),
      fc.integer({ min: -2 * DAY, max: 2 * DAY }),
    )
    .map(([date, shift]) => Date.parse(date) + shift);

  test("agrees with a search by isOpen, minute by minute, in every zone and around every change of clocks", () => {
    fc.assert(
      fc.property(hours, around, (random, now) => {
        const found = nextOpen(random, now);
        const days = 3;
        const expected = searched(random, now, days);
        if (expected !== undefined) expect(found).toBe(expected);
        else expect(found === "" || Date.parse(`${found}Z`) > now + (days - 1.1) * DAY).toBe(true);
      }),
      { numRuns: Number(process.env.CEL_RUNS ?? runs(60)) },
    );
  }, 60_000);
});

test("an opening within 24 hours is found when clocks go forward in between, two dates later", () => {
  const open = [[], [{ from: 30, to: 45 }], [], [], [], [], []];
  const hours: Hours = { timezone: "America/New_York", open, closed: [], special: {} };
  // Saturday, 23:59. The Sunday has 23 hours.
  expect(nextOpen(hours, Date.parse("2026-03-07T23:59:00-05:00"))).toBe("2026-03-09T00:30");
});

describe("hours that open once", () => {
  const closed = Array.from({ length: 7 }, () => []);
  const once = (date: string): Hours => ({
    timezone: "UTC",
    open: closed,
    closed: [],
    special: { [date]: [{ from: 600, to: 660 }] },
  });
  const NOW = Date.parse("2026-01-01T00:00:00Z");

  test.each([
    ["2026-01-01", "2026-01-01T10:00"],
    ["2027-01-05", "2027-01-05T10:00"],
    ["2027-01-06", ""],
  ])("are found within 370 days: on %s %j", (date, opens) => {
    expect(nextOpen(once(date), NOW)).toBe(opens);
  });

  test("do not open again at the moment at which they close", () => {
    expect(nextOpen(once("2026-01-01"), NOW + 660 * MINUTE)).toBe("");
  });
});
