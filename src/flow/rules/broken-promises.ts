/** The findings on promises that the explorer has decided: `check --promises` reports them. */

import { defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";

/** The findings, with examples for one flow. */
export const promiseFindings = defineFindings([
  {
    code: "promise-broken",
    severity: "error",
    summary:
      "`check --promises` has found a call that breaks a promise. The finding has the shortest one; after the findings, it is a scripted call that you can play.",
    bad: yaml`
      promises:
        - always: notice
          before: record
      steps:
        menu:
          gather:
            prompt: To leave a message, press 1. To hear our address, press 2.
            choices: { 1: message, 2: address }
            otherwise: address
        notice:
          say: Your message is recorded.
          next: message
        address:
          say: We are at 1 Main Street.
          next: notice
        message:
          record: { prompt: Please leave a message., save: words, maxLength: 60, empty: hangup }
          next: hangup
    `,
    good: yaml`
      promises:
        - always: notice
          before: record
      steps:
        menu:
          gather:
            prompt: To leave a message, press 1. To hear our address, press 2.
            choices: { 1: notice, 2: address }
            otherwise: address
        notice:
          say: Your message is recorded.
          next: message
        address:
          say: We are at 1 Main Street.
          next: notice
        message:
          record: { prompt: Please leave a message., save: words, maxLength: 60, empty: hangup }
          next: hangup
    `,
  },
  {
    code: "promise-undecided",
    severity: "error",
    summary:
      "`check --promises` has not found a call that breaks a promise, and could not go through all calls either. The finding says what was left out. A narrower promise, or a flow with fewer values that it tells apart, can be decided. A promise about steps that only text messages come to is undecided, too.",
    good: yaml`
      promises:
        - never: apology
      steps:
        greet:
          hangup: Goodbye.
    `,
  },
]);
