/** `ringflow hours`: days as strips, and the line of a file that decides. */
import { beforeEach, describe, expect, test } from "vitest";
import { hours } from "../../src/cli/commands/hours.ts";
import { clockChangeOn, momentOf } from "../../src/cli/hours/clocks.ts";
import { daysFrom } from "../../src/cli/hours/days.ts";
import { dayRulesOf } from "../../src/flow/analysis/day-rules.ts";
import { hoursOf } from "../../src/flow/analysis/opening.ts";
import { isOpen } from "../../src/program/hours.ts";
import { localTime } from "../../src/program/local-time.ts";
import { enterFolder, terminal, write } from "./folder.ts";

const FLOW = `hours:
  office:
    from: [calendars/us.yaml, feasts.ics]
    open:
      mon-fri: "08:00-18:00"
      sat: "09:15-12:00"
    special:
      2026-12-24: "08:00-12:00"    # Christmas Eve
  night:
    timezone: America/Chicago
    open: { daily: "22:00-06:00" }
steps:
  ask:
    branch:
      - { when: isOpen("office") || isOpen("night"), next: bye }
      - next: hangup
  bye: { hangup: Goodbye. }
`;
const US = `timezone: America/New_York
closed:
  - 4th thu nov    # Thanksgiving
  - 12-24
`;
const ICS = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//test//test//EN
BEGIN:VEVENT
UID:1
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:20261130
SUMMARY:Outing
END:VEVENT
END:VCALENDAR
`;

/** Thanksgiving, 10:40 in New York. */
const NOW = Date.parse("2026-11-26T10:40:00-05:00");

beforeEach(() =>
  enterFolder({ "flows/desk.yaml": FLOW, "flows/calendars/us.yaml": US, "flows/feasts.ics": ICS }),
);

async function shown(options: Partial<Parameters<typeof hours>[1]> = {}): Promise<string> {
  const { out, read } = terminal();
  expect(await hours(undefined, { ...options, out }, NOW)).toBe(0);
  return read();
}

describe("the strips", () => {
  test("have a mark for each half hour, today's place, and what makes a day another one", async () => {
    const lines = (await shown({ days: 5 })).split("\n");
    expect(lines.slice(0, 9)).toEqual([
      "office (America/New_York)",
      "",
      "                0     3     6     9     12    15    18    21",
      `Thu 2026-11-26  ${"·".repeat(48)}  closed  4th thu nov (Thanksgiving), flows/calendars/us.yaml:3`,
      `${" ".repeat(16 + 21)}^ now, 10:40`,
      `Fri 2026-11-27  ${"·".repeat(16)}${"█".repeat(20)}${"·".repeat(12)}  08:00-18:00`,
      `Sat 2026-11-28  ${"·".repeat(18)}▄${"█".repeat(5)}${"·".repeat(24)}  09:15-12:00`,
      `Sun 2026-11-29  ${"·".repeat(48)}  closed`,
      `Mon 2026-11-30  ${"·".repeat(48)}  closed  an event of the calendar, flows/feasts.ics`,
    ]);
  });

  test("show the night before, and hours with a zone of their own", async () => {
    const text = await shown({ days: 1 });
    expect(text).toContain("night (America/Chicago)");
    expect(text).toContain(
      `Thu 2026-11-26  ${"█".repeat(12)}${"·".repeat(32)}${"█".repeat(4)}  00:00-06:00, 22:00-24:00`,
    );
  });

  test("mark the days on which the clocks change", async () => {
    const { out, read } = terminal();
    await hours("desk", { days: 1, out }, Date.parse("2026-03-08T12:00:00Z"));
    expect(read()).toContain("clocks go forward from 02:00 to 03:00");
    expect(read()).toContain(`Sun 2026-03-08  ${"█".repeat(4)}  ${"█".repeat(6)}`);
    await hours("desk", { days: 1, out }, Date.parse("2026-11-01T12:00:00Z"));
    expect(read()).toContain("clocks go back from 02:00 to 01:00");
  });

  test("as JSON have the spans and the deciding entries", async () => {
    const [office] = JSON.parse(await shown({ days: 2, json: true }));
    expect(office).toEqual({
      name: "office",
      timezone: "America/New_York",
      days: [
        {
          date: "2026-11-26",
          weekday: "Thu",
          open: [],
          decidedBy: {
            kind: "closed",
            text: "4th thu nov",
            file: "flows/calendars/us.yaml",
            line: 3,
            name: "Thanksgiving",
          },
        },
        {
          date: "2026-11-27",
          weekday: "Fri",
          open: ["08:00-18:00"],
          decidedBy: { kind: "open", text: 'mon-fri: "08:00-18:00"', file: "flows/desk.yaml", line: 5 },
        },
      ],
    });
  });
});

describe("--at", () => {
  test.each([
    ["2026-12-24 15:00", "office is closed on Thu 2026-12-24 15:00 (America/New_York)."],
    ["2026-12-24 15:00", 'special 2026-12-24: "08:00-12:00" (Christmas Eve), flows/desk.yaml:8'],
    ["2026-12-24 15:00", "It opens next on 2026-12-25 08:00."],
    ["2026-11-29 12:00", "No entry of `open` has this weekday."],
    ["2027-12-24 09:00", "This entry decides: closed 12-24, flows/calendars/us.yaml:4"],
    [
      "2026-11-27T05:30",
      "night is open on Fri 2026-11-27 05:30 (America/Chicago).\n  The entry of the day before",
    ],
    ["2026-11-27T13:30Z", "office is open on Fri 2026-11-27 08:30"],
  ])("%s: %s", async (at, says) => {
    expect(await shown({ at })).toContain(says);
  });

  test("refuses what is not a time, and one that the clocks skip", async () => {
    await expect(shown({ at: "Christmas" })).rejects.toThrow("Write one such as 2026-12-24 15:00");
    await expect(shown({ at: "2026-12-24 15:00", days: 5 })).rejects.toThrow("Leave one of them out");
    await expect(shown({ at: "2026-02-30 12:00" })).rejects.toThrow("is not a time");
    await expect(shown({ at: "2026-03-08 02:30" })).rejects.toThrow("skip 2026-03-08 02:30");
  });
});

describe("the clocks", () => {
  test.each([
    ["America/New_York", "2026-03-08", { from: 120, to: 180 }],
    ["Australia/Lord_Howe", "2026-04-05", { from: 120, to: 90 }],
    ["America/Nuuk", "2026-03-28", { from: 1380, to: 1440 }],
    ["Africa/Cairo", "2026-04-24", { from: 0, to: 60 }],
    ["Africa/Cairo", "2026-10-29", { from: 1440, to: 1380 }],
    ["Asia/Tokyo", "2026-03-08", undefined],
  ])("of %s on %s", (zone, date, change) => {
    expect(
      clockChangeOn({ timezone: zone }, localTime({ timezone: "UTC" }, Date.parse(`${date}T00:00Z`))),
    ).toEqual(change);
  });

  test.each(["2026-02-25", "2026-05-20", "2026-10-25"])(
    "show each half hour as isOpen has it, from %s",
    (from) => {
      const setting = hoursOf([
        {
          timezone: "America/New_York",
          open: { "mon-fri": ["06:30-12:00", "13:00-18:00"], "sat-sun": "20:00-02:30" },
          closed: ["12-25"],
          special: { "last mon may": "10:00-11:00" },
        },
      ]);
      const start = Date.parse(`${from}T12:00Z`);
      for (const { date, slots } of daysFrom(setting, dayRulesOf([]), start, 15)) {
        slots.forEach((slot, at) => {
          const moment = momentOf(setting, Date.parse(`${date}T00:00Z`) + at * 1_800_000);
          const wanted = moment === undefined ? "skipped" : isOpen(setting, moment) ? "open" : "closed";
          expect(`${date} ${at} ${slot}`).toBe(`${date} ${at} ${wanted}`);
        });
      }
    },
  );
});

test("a flow without hours, and an unknown one, are refused", async () => {
  await expect(hours("none", { days: 1, out: terminal().out })).rejects.toThrow(
    "Name a flow with `hours`: desk",
  );
  await enterFolder({ "flows/plain.yaml": "steps:\n  bye: { hangup: Goodbye. }\n" });
  await expect(hours("plain", { days: 1, out: terminal().out })).rejects.toThrow("has no `hours`");
  await expect(hours(undefined, { days: 1, out: terminal().out })).rejects.toThrow(
    "There is no flow with `hours`.",
  );
  await write({ "flows/wrong.yaml": "steps:\n  bye: { say: Goodbye., next: none }\n" });
  await expect(hours(undefined, { days: 1, out: terminal().out })).rejects.toThrow(
    "There is no flow with `hours`. Flows with errors do not count. See: npx ringflow check",
  );
});
