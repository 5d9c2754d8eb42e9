/** The findings on opening hours, with an example each. */

import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";

const OFFICE = yaml`
  open: { mon-fri: "08:00-18:00" }
  closed: [4th thu nov, 12-25]
`;

/** A flow that asks whether these hours are open. */
function asking(hours: string): string {
  const steps = yaml`
    steps:
      decide:
        branch:
          - when: isOpen("office")
            next: greet
          - next: hangup
      greet:
        say: Hello.
        next: hangup
  `;
  return hours + steps;
}

/** The findings on opening hours. */
export const FINDINGS = defineFindings([
  {
    code: "unknown-zone",
    severity: "error",
    summary: "Hours in an unknown time zone, or without one.",
    bad: asking(yaml`
      hours:
        office:
          timezone: America/NewYork
          open: { mon-fri: "08:00-18:00" }
    `),
    good: asking(yaml`
      hours:
        office:
          timezone: America/New_York
          open: { mon-fri: "08:00-18:00" }
    `),
  },
  {
    code: "no-such-date",
    severity: "error",
    summary: "A date that is not in the calendar, or a span of dates that ends before it begins.",
    bad: asking(yaml`
      hours:
        office:
          timezone: America/New_York
          open: { mon-fri: "08:00-18:00" }
          closed: [2026-02-30]
    `),
    good: asking(yaml`
      hours:
        office:
          timezone: America/New_York
          open: { mon-fri: "08:00-18:00" }
          closed: [2026-02-28]
    `),
  },
  {
    code: "bad-span",
    severity: "error",
    summary: "A time span is empty, ends after 24:00, or overlaps another one.",
    bad: asking(yaml`
      hours:
        office:
          timezone: America/New_York
          open: { mon: ["08:00-12:00", "11:00-15:00"] }
    `),
    good: asking(yaml`
      hours:
        office:
          timezone: America/New_York
          open: { mon: ["08:00-12:00", "13:00-15:00"] }
    `),
  },
  {
    code: "duplicate-day",
    severity: "error",
    summary: "A weekday is named twice.",
    bad: asking(yaml`
      hours:
        office:
          timezone: America/New_York
          open: { mon-fri: "08:00-18:00", fri: "08:00-12:00" }
    `),
    good: asking(yaml`
      hours:
        office:
          timezone: America/New_York
          open: { mon-thu: "08:00-18:00", fri: "08:00-12:00" }
    `),
  },
  {
    code: "no-open-hours",
    severity: "error",
    summary: "Hours without `open`, in the flow and in the calendars that they name.",
    bad: asking(yaml`
      timezone: America/New_York
      hours:
        office:
          closed: [12-25]
    `),
    good: asking(yaml`
      timezone: America/New_York
      hours:
        office:
          open: { mon-fri: "08:00-18:00" }
          closed: [12-25]
    `),
  },
  {
    code: "missing-calendar",
    severity: "error",
    summary:
      "A calendar file does not exist, is outside `flows/`, or is neither an `.ics` file nor a `.yaml` file in a folder named `calendars`.",
    bad: asking(yaml`
      timezone: America/New_York
      hours:
        office:
          from: calendars/ofice.yaml
    `),
    good: asking(yaml`
      timezone: America/New_York
      hours:
        office:
          from: calendars/office.yaml
    `),
    calendars: { "calendars/office.yaml": OFFICE },
  },
  {
    code: "bad-calendar",
    severity: "error",
    summary:
      "A calendar file that cannot be read: it has findings of its own, or is not an iCalendar file with all-day events.",
    bad: asking(yaml`
      timezone: America/New_York
      hours:
        office:
          from: calendars/open.ics
    `),
    good: asking(yaml`
      timezone: America/New_York
      hours:
        office:
          from: calendars/office.yaml
    `),
    calendars: {
      "calendars/office.yaml": OFFICE,
      "calendars/open.ics": { wrong: "is not an iCalendar file; export it again" },
    },
  },
  {
    code: "dates-run-out",
    severity: "warning",
    summary:
      "Every date of hours or of a calendar is past, or, from October on, none is in the next year. Days that recur never run out.",
    bad: asking(yaml`
      timezone: America/New_York
      hours:
        office:
          open: { mon-fri: "08:00-18:00" }
          closed: [2026-11-26, 2026-12-25]
    `),
    good: asking(yaml`
      timezone: America/New_York
      hours:
        office:
          open: { mon-fri: "08:00-18:00" }
          closed: [4th thu nov, 12-25]
    `),
    today: "2026-11-20",
  },
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
