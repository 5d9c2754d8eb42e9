import { describe, expect, test } from "vitest";
import { isHoliday, isOpen } from "../../src/program/hours.ts";
import { localTime } from "../../src/program/local-time.ts";
import type { Hours, Range } from "../../src/program/program.ts";

const NEW_YORK = "America/New_York";
const LONDON = "Europe/London";

function minutes(time: string): number {
  const [hours = 0, rest = 0] = time.split(":").map(Number);
  return hours * 60 + rest;
}

/** `22:00-30:00` is 22:00 to 06:00 of the next day, as the compiler writes it. */
function ranges(...spans: string[]): Range[] {
  return spans.map((span) => {
    const [from = "", to = ""] = span.split("-");
    return { from: minutes(from), to: minutes(to) };
  });
}

function daily(timezone: string, span: string, more: Partial<Hours> = {}): Hours {
  return { timezone, open: Array.from({ length: 7 }, () => ranges(span)), closed: [], special: {}, ...more };
}

/** The hours of an office: Monday to Friday, and Saturday morning. */
function office(more: Partial<Hours> = {}): Hours {
  const week = Array.from({ length: 5 }, () => ranges("08:00-18:00"));
  return { timezone: NEW_YORK, open: [[], ...week, ranges("09:00-12:00")], closed: [], special: {}, ...more };
}

describe("isOpen", () => {
  const tables: [what: string, hours: Hours, moments: [moment: string, open: boolean][]][] = [
    [
      "the first minute is open, the last is not",
      office(),
      [
        ["2026-11-23T07:59:59-05:00", false],
        ["2026-11-23T08:00:00-05:00", true],
        ["2026-11-23T17:59:59-05:00", true],
        ["2026-11-23T18:00:00-05:00", false],
      ],
    ],
    [
      "each weekday has its own spans",
      office(),
      [
        ["2026-11-27T10:00:00-05:00", true],
        ["2026-11-28T10:00:00-05:00", true],
        ["2026-11-28T13:00:00-05:00", false],
        ["2026-11-29T10:00:00-05:00", false],
      ],
    ],
    [
      "an hour that New York's clocks skip in spring is skipped here",
      daily(NEW_YORK, "02:30-03:30"),
      [
        ["2026-03-08T06:59:00Z", false],
        ["2026-03-08T07:00:00Z", true],
        ["2026-03-08T07:30:00Z", false],
        ["2026-03-09T06:29:00Z", false],
        ["2026-03-09T06:30:00Z", true],
      ],
    ],
    [
      "an hour that New York's clocks repeat in autumn is open twice",
      daily(NEW_YORK, "01:00-01:30"),
      [
        ["2026-11-01T05:00:00Z", true],
        ["2026-11-01T05:30:00Z", false],
        ["2026-11-01T06:00:00Z", true],
        ["2026-11-01T06:30:00Z", false],
      ],
    ],
    [
      "London changes to summer time at another date than New York",
      daily(LONDON, "08:00-09:00"),
      [
        ["2026-03-28T08:00:00Z", true],
        ["2026-03-29T07:00:00Z", true],
        ["2026-03-29T08:00:00Z", false],
      ],
    ],
    [
      "London changes back",
      daily(LONDON, "08:00-09:00"),
      [
        ["2026-10-24T07:00:00Z", true],
        ["2026-10-25T07:00:00Z", false],
        ["2026-10-25T08:00:00Z", true],
      ],
    ],
    [
      "a span over midnight runs through both changes of the clocks",
      daily(NEW_YORK, "22:00-30:00"),
      [
        ["2026-03-08T03:00:00Z", true],
        ["2026-03-08T09:59:00Z", true],
        ["2026-03-08T10:00:00Z", false],
        ["2026-11-01T02:00:00Z", true],
        ["2026-11-01T10:59:00Z", true],
        ["2026-11-01T11:00:00Z", false],
      ],
    ],
    [
      "a span over midnight belongs to the day on which it begins",
      { ...office(), open: [[], [], [], [], [], ranges("22:00-30:00"), []] },
      [
        ["2026-11-27T05:00:00-05:00", false],
        ["2026-11-27T22:00:00-05:00", true],
        ["2026-11-28T05:59:00-05:00", true],
        ["2026-11-28T06:00:00-05:00", false],
        ["2026-11-28T22:00:00-05:00", false],
      ],
    ],
    [
      "the night before a holiday runs into it, and the holiday's own night is closed",
      daily(NEW_YORK, "22:00-30:00", { closed: ["12-25"] }),
      [
        ["2026-12-25T05:59:00-05:00", true],
        ["2026-12-25T22:00:00-05:00", false],
        ["2026-12-26T05:00:00-05:00", false],
        ["2026-12-26T22:00:00-05:00", true],
      ],
    ],
    [
      "a span over midnight crosses the end of a year",
      daily(NEW_YORK, "22:00-30:00", { closed: ["2027-01-01"] }),
      [
        ["2027-01-01T05:59:00-05:00", true],
        ["2027-01-01T23:00:00-05:00", false],
      ],
    ],
    [
      "24:00 is the end of the day",
      daily(NEW_YORK, "00:00-24:00", { closed: ["2026-11-24"] }),
      [
        ["2026-11-23T23:59:59-05:00", true],
        ["2026-11-24T00:00:00-05:00", false],
        ["2026-11-24T23:59:00-05:00", false],
        ["2026-11-25T00:00:00-05:00", true],
      ],
    ],
    [
      "special beats closed, and closed beats open",
      office({ closed: ["2026-12-24", "12-25"], special: { "2026-12-24": ranges("08:00-12:00") } }),
      [
        ["2026-12-24T11:59:00-05:00", true],
        ["2026-12-24T12:00:00-05:00", false],
        ["2026-12-25T10:00:00-05:00", false],
        ["2026-12-28T10:00:00-05:00", true],
      ],
    ],
    [
      "a special date opens a day that is closed by the week, and closes one that is open by it",
      office({ special: { "2026-11-29": ranges("10:00-11:00"), "2026-11-30": [] } }),
      [
        ["2026-11-29T10:30:00-05:00", true],
        ["2026-11-30T10:30:00-05:00", false],
      ],
    ],
    [
      "a date of one year beats the same date of every year",
      office({ special: { "12-24": ranges("08:00-12:00"), "2026-12-24": ranges("08:00-10:00") } }),
      [
        ["2026-12-24T11:00:00-05:00", false],
        ["2027-12-24T11:00:00-05:00", true],
      ],
    ],
    [
      "a date without a year returns every year",
      office({ closed: ["07-04"] }),
      [
        ["2025-07-04T10:00:00-04:00", false],
        ["2028-07-04T10:00:00-04:00", false],
        ["2028-07-05T10:00:00-04:00", true],
      ],
    ],
    [
      "the 29th of February is there in leap years only",
      daily(NEW_YORK, "08:00-18:00", { closed: ["02-29"] }),
      [
        ["2027-03-01T10:00:00-05:00", true],
        ["2028-02-28T10:00:00-05:00", true],
        ["2028-02-29T10:00:00-05:00", false],
        ["2028-03-01T10:00:00-05:00", true],
      ],
    ],
    [
      "the night of the 29th of February runs into March",
      { ...daily(NEW_YORK, "08:00-18:00"), special: { "02-29": ranges("22:00-30:00") } },
      [
        ["2028-03-01T05:00:00-05:00", true],
        ["2027-03-01T05:00:00-05:00", false],
      ],
    ],
  ];

  for (const [what, hours, moments] of tables) {
    test.each(moments)(`${what}: %s → %s`, (moment, open) => {
      expect(isOpen(hours, Date.parse(moment))).toBe(open);
    });
  }
});

describe("isHoliday", () => {
  const hours = office({
    closed: ["2026-11-26", "12-25", "12-24"],
    special: { "2026-12-24": ranges("08:00-12:00") },
  });

  test.each([
    ["a closed date, all day", "2026-11-26T00:00:00-05:00", true],
    ["the same, at its end", "2026-11-26T23:59:59-05:00", true],
    ["the day after", "2026-11-27T00:00:00-05:00", false],
    ["the same date of another year", "2027-11-26T12:00:00-05:00", false],
    ["a date of every year", "2031-12-25T12:00:00-05:00", true],
    ["a closed date with special hours", "2026-12-24T20:00:00-05:00", false],
    ["the date counts in the hours' own zone", "2026-11-26T03:00:00Z", false],
  ])("%s: %s → %s", (_what, moment, holiday) => {
    expect(isHoliday(hours, Date.parse(moment))).toBe(holiday);
  });
});

describe("localTime", () => {
  test("is the wall clock of the zone", () => {
    expect(localTime({ timezone: "Asia/Kathmandu" }, Date.parse("2026-12-31T18:20:00Z"))).toEqual({
      year: 2027,
      month: 1,
      day: 1,
      hour: 0,
      minute: 5,
      weekday: 5,
      date: "2027-01-01",
      time: "00:05",
    });
  });

  test("midnight is hour 0 of the new day", () => {
    expect(localTime({ timezone: NEW_YORK }, Date.parse("2026-11-23T05:00:00Z"))).toMatchObject({
      hour: 0,
      date: "2026-11-23",
    });
  });

  test("throws where there is no such zone", () => {
    expect(() => localTime({ timezone: "America/Gotham" }, 0)).toThrow(RangeError);
  });
});

describe("special hours", () => {
  const NOON = Date.parse("2026-12-25T12:00:00Z");
  const open = [{ from: 0, to: 1440 }];
  const hours = (special: Hours["special"]): Hours => ({
    timezone: "UTC",
    open: Array.from({ length: 7 }, () => []),
    closed: [],
    special,
  });

  test.each<[what: string, special: Hours["special"], isOpenThen: boolean]>([
    ["a date", { "2026-12-25": open }, true],
    ["a day of every year", { "12-25": open }, true],
    ["a day of another month", { "11-25": open }, false],
    ["a date before the day of every year", { "12-25": open, "2026-12-25": [] }, false],
    ["a day before a span", { "12-24..12-26": [], "12-25": open }, true],
    ["a span", { "12-24..12-26": open }, true],
    ["the first of two spans", { "12-24..12-26": open, "12-01..12-31": [] }, true],
    ["the first of two spans, closed", { "12-01..12-31": [], "12-24..12-26": open }, false],
  ])("of %s", (_what, special, isOpenThen) => {
    expect(isOpen(hours(special), NOON)).toBe(isOpenThen);
  });
});
