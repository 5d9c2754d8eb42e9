/** Days as authors write them, as days of a Program; and hours of several settings. */
import { describe, expect, test } from "vitest";
import { hoursOf } from "../../src/flow/analysis/opening.ts";
import { DAY, dayProblem, daysOf } from "../../src/flow/language/days.ts";
import { isHoliday, isOpen } from "../../src/program/hours.ts";

test.each([
  ["2026-11-26", ["2026-11-26"]],
  ["12-25", ["12-25"]],
  ["12-24..01-02", ["12-24..01-02"]],
  ["1st mon sep", ["9/1/1"]],
  ["4th thu nov", ["11/4/4"]],
  ["4th thu nov+1", ["11/4/4+1"]],
  ["4th thu nov - 10", ["11/4/4-10"]],
  ["last mon may +0", ["5/1/-1"]],
])("%s is %j", (text, days) => {
  expect(text).toMatch(new RegExp(DAY));
  expect(daysOf(text)).toEqual(days);
});

test.each([
  ["easter", "2026-04-05", "2027-03-28"],
  ["easter+1", "2026-04-06", "2027-03-29"],
  ["easter-2", "2026-04-03", "2027-03-26"],
  ["easter + 39", "2026-05-14", "2027-05-06"],
  ["orthodox easter", "2026-04-12", "2027-05-02"],
])("%s is worked out for each year", (text, in2026, in2027) => {
  const days = daysOf(text);
  expect(text).toMatch(new RegExp(DAY));
  expect(days).toEqual(expect.arrayContaining([in2026, in2027]));
  expect([days.length, days.at(-1)?.slice(0, 4)]).toEqual([31, "2055"]);
});

test.each([
  "easter monday",
  "6th thu nov",
  "4th thu",
  "thu nov",
  "4TH THU NOV",
  "2026-11",
  "easter+1000",
  "12-24..",
])("%s is not a day", (text) => {
  expect(text).not.toMatch(new RegExp(DAY));
});

test.each(["2026-02-29", "13-01", "2026-12-24..2026-12-20", "12-24..2027-01-02", "2026-02-28..2026-02-30"])(
  "%s does not exist, and is left out",
  (text) => {
    expect(dayProblem(text)).toBeDefined();
    expect(daysOf(text)).toEqual([]);
  },
);

describe("hours of several settings, in which a later one has the last word", () => {
  const calendar = {
    timezone: "America/New_York",
    open: { "mon-fri": "09:00-17:00" },
    closed: ["4th thu nov", "12-24..12-26"],
    special: { "12-31": "09:00-12:00", "12-26": "10:00-11:00" },
  };
  const hours = hoursOf([
    calendar,
    {
      closed: ["12-26", "2026-11-30"],
      special: { "12-31": "closed", "12-24": "09:00-10:00", "2027-12-31": "13:00-14:00" },
    },
  ]);

  test.each<[moment: string, open: boolean, holiday: boolean]>([
    ["2026-11-26T12:00:00-05:00", false, true],
    ["2026-11-25T12:00:00-05:00", true, false],
    ["2026-11-30T12:00:00-05:00", false, true],
    ["2026-12-24T09:30:00-05:00", true, false],
    ["2026-12-24T10:30:00-05:00", false, false],
    ["2026-12-25T10:30:00-05:00", false, true],
    ["2028-12-26T10:30:00-05:00", false, true],
    ["2026-12-31T10:30:00-05:00", false, true],
    // A date of one year beats that of every year.
    ["2027-12-31T13:30:00-05:00", true, false],
  ])("%s", (moment, open, holiday) => {
    const at = Date.parse(moment);
    expect([isOpen(hours, at), isHoliday(hours, at)]).toEqual([open, holiday]);
  });

  test("the week of the later one replaces that of the earlier, and so does its zone", () => {
    const own = hoursOf(
      [calendar, { timezone: "Europe/London", open: { sat: "10:00-12:00" } }],
      "Asia/Tokyo",
    );
    expect(own.timezone).toBe("Europe/London");
    expect(own.open.map((ranges) => ranges.length)).toEqual([0, 0, 0, 0, 0, 0, 1]);
    expect(hoursOf([{ open: {} }], "Asia/Tokyo").timezone).toBe("Asia/Tokyo");
  });
});
