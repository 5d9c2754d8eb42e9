/** The menu in the examples of several pieces of advice. */

import { yaml } from "../../language/example.ts";

/** A flow with a menu of hours and address that has this prompt and these choices. */
export function twoChoices(prompt: string, choices: string): string {
  return yaml`
    steps:
      menu:
        gather:
          prompt: ${prompt}
          choices: ${choices}
          noMatch: I did not get that.
          otherwise: hours
      hours:
        hangup: We are open from 9 to 5. Goodbye.
      address:
        hangup: We are at 12 Main Street. Goodbye.
  `;
}
