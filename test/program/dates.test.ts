/** Dates as texts: which ones are taken, how zones count, and arithmetic across months, years and clock changes. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { environmentOf } from "../../src/flow/analysis/environment.ts";
import { lower } from "../../src/flow/compile/lower.ts";
import { isTime, readDate } from "../../src/program/dates.ts";
import { evaluate } from "../../src/program/evaluate.ts";
import type { Json } from "../../src/program/json.ts";
import { CLOCK, sightOf, VARIABLES, worldOf } from "./cel-world.ts";

const environment = environmentOf(VARIABLES);

function run(text: string, name = ""): Json {
  return evaluate(lower(environment.parse(text).ast), sightOf(worldOf({ name })), CLOCK);
}

describe("dates", () => {
  test.each<[text: string, value: Json]>([
    ["today()", "2026-11-23"],
    ["date('2026-11-26').weekday", 4],
    ["date('2026-11-26').time", "00:00"],
    ["date('2026-11-26T15:30').hour", 15],
    ["date('2026-11-26 15:30:59').minute", 30],
    ["date('2026-11-26T02:00:00Z').date", "2026-11-25"],
    ["date('2026-11-26T02:00:00.000+01:00').time", "20:00"],
    ["date('2026-03-08T07:00:00Z').time", "03:00"],
    ["addDays('2026-11-26', 7)", "2026-12-03"],
    ["addDays('2028-02-28', 1)", "2028-02-29"],
    ["addDays('2026-01-01', -1)", "2025-12-31"],
    ["addDays('2026-11-26T15:30', 1)", "2026-11-27T15:30"],
    ["addDays('2026-11-26T02:00:00Z', 1)", "2026-11-26T21:00"],
    ["daysBetween('2026-11-26', '2026-11-26T23:59')", 0],
    ["daysBetween('2026-12-31', '2027-01-01')", 1],
    ["daysBetween('2026-11-26', '2026-11-20')", -6],
    ["today() < '2026-12-01' && addDays(today(), 8) == '2026-12-01'", true],
    ["isDate('2028-02-29')", true],
    ["isDate('2026-11-26T09:00')", true],
    ["isDate('')", false],
  ])("%s → %j", (text, value) => {
    expect(environment.check(text).valid).toBe(true);
    expect(run(text)).toEqual(value);
  });

  test.each([
    "2026-02-29",
    "2026-13-01",
    "2026-1-1",
    "26.11.2026",
    "11/26/2026",
    "2026-11-26T24:00",
    "2026-11-26T12:60",
    "2026-11-26T12",
    "2026-11-26T12:00+99:00",
    "12:00",
    " 2026-11-26",
    "tomorrow",
  ])("%s is not a date, and has no parts", (text) => {
    expect(run("isDate(vars.name)", text)).toBe(false);
    for (const use of ["date(vars.name).day", "addDays(vars.name, 1)", "spokenDate(vars.name)"]) {
      expect(() => run(use, text)).toThrow(expect.objectContaining({ code: "invalid_date" }));
    }
  });

  test("a failure does not contain the text, which may be secret", () => {
    expect(() => run("date(vars.name).day", "4711")).toThrow(/^invalid_date$/);
  });

  test("a day that has no text of four digits for its year is a failure", () => {
    for (const days of ["3000000", "99999999999", "9223372036854775807"])
      expect(() => run(`addDays('2026-11-26', ${days})`)).toThrow("numeric_overflow");
  });

  test("adding days and counting them agree, and texts are in the order of their days", () => {
    const day = fc
      .date({ min: new Date("1900-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, fc.integer({ min: -40_000, max: 40_000 }), (from, days) => {
        const to = String(run(`addDays('${from}', ${days})`));
        expect(run(`daysBetween('${from}', '${to}')`)).toBe(days);
        expect(run(`'${from}' < '${to}'`)).toBe(days > 0);
      }),
    );
  });
});

describe("a date is read whole", () => {
  test.each([
    "x2026-11-26",
    "2026-11-26x",
    "2026-11-26T10:00x",
    "x2026-11-26T10:00",
    "2026-11-26T10:00+05:0",
    "2026",
    "26 November 2026",
    "2026-02-30",
    "2026-11-26T24:00",
    "2026-11-26T10:60",
  ])("%s is none", (text) => {
    expect(readDate(text, { timezone: "UTC" })).toBeUndefined();
  });

  test("without a time it is midnight", () => {
    expect(readDate("2026-11-26", { timezone: "UTC" })).toMatchObject({
      date: "2026-11-26",
      time: "00:00",
      hour: 0,
      minute: 0,
    });
  });

  test.each(["0:00", "9:59", "19:59", "23:00"])("%s is a time of day", (text) => {
    expect(isTime(text)).toBe(true);
  });

  test.each(["24:00", "10:60", "10:000", "x10:00", "10", "010:00", "2026-11-26T10:00"])(
    "%s is not",
    (text) => {
      expect(isTime(text)).toBe(false);
    },
  );
});
