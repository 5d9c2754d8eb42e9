/** The hours in which people are called, by their own clocks. */
import { expect, test } from "vitest";
import { isOpen, readWindow, zoneOf } from "../../../src/cli/account/list/zone.ts";

const DAY = readWindow("09:00-20:00");
const open = (zone: string, time: string): boolean => isOpen(DAY, zone, Date.parse(time));

test.each([
  ["Europe/Berlin", "2026-01-15T07:59:59Z", false],
  ["Europe/Berlin", "2026-01-15T08:00Z", true],
  ["Europe/Berlin", "2026-01-15T18:59:59Z", true],
  ["Europe/Berlin", "2026-01-15T19:00Z", false],
  ["America/New_York", "2026-01-15T13:59Z", false],
  ["America/New_York", "2026-01-15T14:00Z", true],
  ["America/Los_Angeles", "2026-01-15T14:00Z", false],
  ["Asia/Kolkata", "2026-01-15T03:29Z", false],
  ["Asia/Kolkata", "2026-01-15T03:30Z", true],
  ["Asia/Kathmandu", "2026-01-15T03:15Z", true],
  // The day before in UTC.
  ["Pacific/Auckland", "2026-01-14T20:00Z", true],
])("in %s it is %s: %s", (zone, time, isIn) => {
  expect(open(zone, time)).toBe(isIn);
});

test("follows daylight saving, each zone on its own day", () => {
  // New York changes on 8 March 2026, Berlin on the 29th.
  expect([
    open("America/New_York", "2026-03-07T13:30Z"),
    open("America/New_York", "2026-03-08T13:30Z"),
  ]).toEqual([false, true]);
  expect([open("Europe/Berlin", "2026-03-28T07:30Z"), open("Europe/Berlin", "2026-03-29T07:30Z")]).toEqual([
    false,
    true,
  ]);
  // And back: an hour later again.
  expect(open("Europe/Berlin", "2026-10-25T07:30Z")).toBe(false);
  // The hour that Berlin has twice, and the one that it skips.
  const night = readWindow("02:00-03:00");
  const at = (time: string): boolean => isOpen(night, "Europe/Berlin", Date.parse(time));
  expect([at("2026-10-25T00:30Z"), at("2026-10-25T01:30Z"), at("2026-10-25T02:30Z")]).toEqual([
    true,
    true,
    false,
  ]);
  expect([at("2026-03-29T00:30Z"), at("2026-03-29T01:30Z")]).toEqual([false, false]);
});

test("takes hours up to midnight, of one day alone", () => {
  expect(readWindow("00:00-24:00")).toMatchObject({ from: 0, to: 1440 });
  for (const text of ["20:00-09:00", "09:00-09:00", "9-20", "09:00-25:00", "09:60-10:00", "24:00-24:00", ""])
    expect(() => readWindow(text), text).toThrow("--between");
});

test.each([
  ["+4930123456", "Europe/Berlin"],
  ["+442079460000", "Europe/London"],
  ["+33123456789", "Europe/Paris"],
  ["+18765550111", "America/Jamaica"],
  // Several times in one country.
  ["+14155550111", undefined],
  ["+16135550111", undefined],
  ["+34910000000", undefined],
  ["+61290000000", undefined],
  // No country.
  ["+80012345678", undefined],
])("the zone of %s is %s", (number, zone) => {
  expect(zoneOf(number)).toBe(zone);
});
