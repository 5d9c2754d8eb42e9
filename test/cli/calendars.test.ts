/** Calendar files on the disk: `check`, `build` and `npm start` read them, and no file outside the flows. */
import { readFile, rm } from "node:fs/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { build } from "../../src/cli/commands/build.ts";
import { check } from "../../src/cli/commands/check.ts";
import { reloader } from "../../src/cli/commands/start/reload.ts";
import { test as runTests } from "../../src/cli/commands/test.ts";
import { readIcs } from "../../src/cli/project/ics.ts";
import { buildHere } from "../../src/cli/project/project.ts";
import { enterFolder, terminal, write } from "./folder.ts";

const flow = (from: string): string => `timezone: America/New_York
hours:
  office: { from: ${from} }
steps:
  decide:
    branch:
      - { when: isOpen("office"), next: greet }
      - next: closed
  greet: { hangup: Hello. }
  closed: { hangup: "We open on {{ spokenDate(nextOpen('office')) }}." }
`;

const OFFICE = 'open: { mon-fri: "09:00-17:00" }\nclosed: [4th thu nov]\n';

const ics = (...events: string[]): string =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", ...events, "END:VCALENDAR", ""].join("\r\n");
const event = (...lines: string[]): string =>
  ["BEGIN:VEVENT", `UID:${lines.join("").length}`, "SUMMARY:Closed", ...lines, "END:VEVENT"].join("\r\n");

beforeEach(async () => {
  await enterFolder({
    "flows/desk.yaml": flow("calendars/office.yaml"),
    "flows/calendars/office.yaml": OFFICE,
  });
});

/** What `ringflow check` prints. */
async function checked(): Promise<string> {
  const { out, read } = terminal();
  await check(["flows"], { format: "text", out });
  return read();
}

describe("check", () => {
  test("reads a calendar, which is not a flow", async () => {
    expect(await checked()).toBe("1 flow, no findings\n");
  });

  test("shows an error in the calendar at its place, and where the flow names it", async () => {
    await write({ "flows/calendars/office.yaml": `${OFFICE}special: { 02-30: closed }\nclose: [12-25]\n` });
    const printed = await checked();
    expect(printed).toContain("flows/calendars/office.yaml:3:12 error no-such-date");
    expect(printed).toContain(
      "flows/calendars/office.yaml:4:1 error unknown-key: the calendar has no key `close`",
    );
    expect(printed).toContain("flows/desk.yaml:3:19 error bad-calendar");
    expect(printed).toContain("  3 | special: { 02-30: closed }");
  });

  test("points at the name of a missing file, and suggests the intended one", async () => {
    await write({ "flows/deep/desk-two.yaml": flow("../calendars/offce.yaml") });
    expect(await checked()).toContain(
      "flows/deep/desk-two.yaml:3:19 error missing-calendar: the file flows/calendars/offce.yaml does not exist; did you mean ../calendars/office.yaml?",
    );
    await rm("flows/calendars/office.yaml");
    expect(await checked()).toMatch(/desk\.yaml:3:19 error missing-calendar: .* does not exist; add it\n/);
  });

  test("reads no file outside the flows", async () => {
    await write({ "calendars/office.yaml": OFFICE, "secret.ics": "x" });
    for (const path of ["../calendars/office.yaml", "calendars/../../secret.ics", "/etc/calendars/a.yaml"]) {
      await write({ "flows/desk.yaml": flow(path) });
      expect(await checked()).toContain("is outside the flows folder");
    }
  });
});

describe("an .ics file", () => {
  test("closes its days, for the flows that are built and for their test calls", async () => {
    await write({
      "flows/desk.yaml": flow("[calendars/office.yaml, closures.ics]"),
      "flows/closures.ics": ics(event("DTSTART;VALUE=DATE:20261127")),
      "flows/desk.test.yaml":
        "flow: desk\nscenarios:\n  - name: closed\n    at: 2026-11-25T18:00:00-05:00\n    script:\n      - hear: We open on Monday, November 30.\n      - end\n",
    });
    const { out, read } = terminal();
    expect(await build({ out }), read()).toBe(0);
    expect(await readFile(".ringflow/programs.txt", "utf8")).toContain('"11/4/4","2026-11-27"');
    expect(await runTests(["flows"], { out }), read()).toBe(0);
  });

  test.each<[what: string, file: string, dates: string[]]>([
    ["one day, without an end", ics(event("DTSTART;VALUE=DATE:20261126")), ["2026-11-26"]],
    [
      "several days; the end is the day after the last",
      ics(event("DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270102")),
      ["2026-12-31", "2027-01-01"],
    ],
    [
      "a day of every year, except one",
      ics(
        event(
          "DTSTART;VALUE=DATE:20240704",
          "RRULE:FREQ=YEARLY;UNTIL=20280704",
          "EXDATE;VALUE=DATE:20270704",
        ),
      ),
      ["2025-07-04", "2026-07-04", "2028-07-04"],
    ],
    [
      "a weekday of a month",
      ics(event("DTSTART;VALUE=DATE:20251127", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=3")),
      ["2025-11-27", "2026-11-26", "2027-11-25"],
    ],
    [
      "a day that was moved in one year",
      ics(
        "BEGIN:VEVENT\r\nUID:a\r\nDTSTART;VALUE=DATE:20260504\r\nRRULE:FREQ=YEARLY;COUNT=2\r\nEND:VEVENT",
        "BEGIN:VEVENT\r\nUID:a\r\nRECURRENCE-ID;VALUE=DATE:20270504\r\nDTSTART;VALUE=DATE:20270503\r\nEND:VEVENT",
      ),
      ["2026-05-04", "2027-05-03"],
    ],
    [
      "neither a cancelled day, nor a meeting, nor a day of long ago",
      ics(
        event("DTSTART;VALUE=DATE:20261126"),
        event("DTSTART;VALUE=DATE:20261127", "STATUS:CANCELLED"),
        event("DTSTART:20261128T090000Z", "DTEND:20261128T100000Z"),
        event("DTSTART;VALUE=DATE:19990101"),
      ),
      ["2026-11-26"],
    ],
    [
      "a date without its type",
      ics(event("DTSTART:20261126", "DTEND:20261128")),
      ["2026-11-26", "2026-11-27"],
    ],
    [
      "a date and others that are listed",
      ics(event("DTSTART;VALUE=DATE:20260704", "RDATE;VALUE=DATE:20260910,20261010")),
      ["2026-07-04", "2026-09-10", "2026-10-10"],
    ],
    [
      "only days that a rule means: no other in place of February 29 and 30",
      ics(
        event("DTSTART;VALUE=DATE:20240229", "RRULE:FREQ=YEARLY;UNTIL=20320229"),
        event("DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=YEARLY;COUNT=9;BYMONTH=2;BYMONTHDAY=30"),
        event("DTSTART;VALUE=DATE:20260131", "RRULE:FREQ=MONTHLY;COUNT=2;BYMONTHDAY=-1"),
      ),
      ["2026-01-31", "2026-02-28", "2028-02-29", "2032-02-29"],
    ],
    ["a byte order mark", `\ufeff${ics(event("DTSTART;VALUE=DATE:20261126"))}`, ["2026-11-26"]],
    [
      "several calendars in one file",
      ics(event("DTSTART;VALUE=DATE:20261126")) + ics(event("DTSTART;VALUE=DATE:20261127")),
      ["2026-11-26", "2026-11-27"],
    ],
  ])("%s", (_what, file, dates) => {
    expect(readIcs(file)).toEqual({ dates });
  });

  test("a day of every year is worked out up to a year that does not depend on today", () => {
    const read = readIcs(ics(event("DTSTART;VALUE=DATE:20200101", "RRULE:FREQ=YEARLY")));
    expect(read).toMatchObject({ dates: expect.arrayContaining(["2025-01-01", "2055-01-01"]) });
    expect(JSON.stringify(read)).not.toMatch(/2024|2056/);
  });

  test.each([
    ["no calendar", "Hello.", "is not an iCalendar file"],
    ["an empty file", "", "is not an iCalendar file"],
    ["half a calendar", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "is not an iCalendar file"],
    ["a card", "BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD\r\n", "is not an iCalendar file"],
    ["no event", ics(), "has no all-day event"],
    ["meetings alone", ics(event("DTSTART:20261128T090000Z")), "has no all-day event"],
    [
      "an event without a date",
      ics("BEGIN:VEVENT\r\nSUMMARY:New Year\r\nEND:VEVENT"),
      'has no date for "New Year"',
    ],
    ["a date that is none", ics(event("DTSTART;VALUE=DATE:20261199")), 'has no date for "Closed"'],
    ["words for a date", ics(event("DTSTART;VALUE=DATE:tomorrow")), 'has no date for "Closed"'],
    [
      "every second",
      ics(event("DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=SECONDLY")),
      "is not an iCalendar file",
    ],
    ["every day", ics(event("DTSTART;VALUE=DATE:20250101", "RRULE:FREQ=DAILY")), "has more than 5000"],
  ])("%s is an error", async (_what, file, why) => {
    expect(readIcs(file)).toEqual({ wrong: expect.stringContaining(why) });
    await write({ "flows/desk.yaml": flow("closed.ics"), "flows/closed.ics": file });
    expect(await checked()).toContain(`error bad-calendar: flows/closed.ics ${why}`);
  });
});

test("npm start takes a saved calendar for a saved flow, and holds back one with an error", async () => {
  const said: string[] = [];
  const { out } = terminal();
  const server = { restart: async () => true, replacePrograms: async () => true };
  const changed = reloader({ project: await buildHere(), server, say: (line) => said.push(line), out });
  await write({ "flows/calendars/office.yaml": `${OFFICE}special: { 12-24: "09:00-12:00" }\n` });
  await changed(["flows/calendars/office.yaml"]);
  expect(said.splice(0).join("\n")).toMatch(/^The next call hears desk\/[0-9a-f]{10}\./);
  await write({ "flows/calendars/office.yaml": "open: always\n" });
  await changed(["flows/calendars/office.yaml"]);
  const printed = said.join("\n");
  expect(printed).toContain("flows/calendars/office.yaml:1:7 error");
  expect(printed).toContain("1 | open: always");
  expect(printed).toContain("The last good version of desk keeps answering.");
});
