/** The findings on opening hours. */

import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";

export const FINDINGS = defineFindings([
  {
    code: "unknown-zone",
    severity: "error",
    summary: "Hours in an unknown time zone, or without one.",
    bad: yaml`
      hours:
        office:
          timezone: America/NewYork
          open: { mon-fri: "08:00-18:00" }
      steps:
        decide:
          branch:
            - when: isOpen("office")
              next: greet
            - next: hangup
        greet:
          say: Hello.
          next: hangup
    `,
    good: yaml`
      hours:
        office:
          timezone: America/New_York
          open: { mon-fri: "08:00-18:00" }
      steps:
        decide:
          branch:
            - when: isOpen("office")
              next: greet
            - next: hangup
        greet:
          say: Hello.
          next: hangup
    `,
  },
  {
    code: "no-such-date",
    severity: "error",
    summary: "A date that is not in the calendar.",
    bad: yaml`
      hours:
        office:
          timezone: America/New_York
          open: { mon-fri: "08:00-18:00" }
          closed: [2026-02-30]
      steps:
        decide:
          branch:
            - when: isOpen("office")
              next: greet
            - next: hangup
        greet:
          say: Hello.
          next: hangup
    `,
    good: yaml`
      hours:
        office:
          timezone: America/New_York
          open: { mon-fri: "08:00-18:00" }
          closed: [2026-02-28]
      steps:
        decide:
          branch:
            - when: isOpen("office")
              next: greet
            - next: hangup
        greet:
          say: Hello.
          next: hangup
    `,
  },
  {
    code: "bad-span",
    severity: "error",
    summary: "A time span is empty, ends after 24:00, or overlaps another one.",
    bad: yaml`
      hours:
        office:
          timezone: America/New_York
          open: { mon: ["08:00-12:00", "11:00-15:00"] }
      steps:
        decide:
          branch:
            - when: isOpen("office")
              next: greet
            - next: hangup
        greet:
          say: Hello.
          next: hangup
    `,
    good: yaml`
      hours:
        office:
          timezone: America/New_York
          open: { mon: ["08:00-12:00", "13:00-15:00"] }
      steps:
        decide:
          branch:
            - when: isOpen("office")
              next: greet
            - next: hangup
        greet:
          say: Hello.
          next: hangup
    `,
  },
  {
    code: "duplicate-day",
    severity: "error",
    summary: "A weekday is named twice.",
    bad: yaml`
      hours:
        office:
          timezone: America/New_York
          open: { mon-fri: "08:00-18:00", fri: "08:00-12:00" }
      steps:
        decide:
          branch:
            - when: isOpen("office")
              next: greet
            - next: hangup
        greet:
          say: Hello.
          next: hangup
    `,
    good: yaml`
      hours:
        office:
          timezone: America/New_York
          open: { mon-thu: "08:00-18:00", fri: "08:00-12:00" }
      steps:
        decide:
          branch:
            - when: isOpen("office")
              next: greet
            - next: hangup
        greet:
          say: Hello.
          next: hangup
    `,
  },
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
