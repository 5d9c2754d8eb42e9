/** The findings on callers who stay silent. */

import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";

export const FINDINGS = defineFindings([
  {
    code: "silent-circle",
    severity: "warning",
    summary:
      "A caller who stays silent goes in circles. The Worker ends the circle after 20 questions without an answer: it takes the flow's `onError`.",
    bad: yaml`
      steps:
        menu:
          gather:
            prompt: Press 1 for the shop.
            choices: { 1: shop }
            attempts: 1
            otherwise: repeat
        shop:
          hangup: Goodbye.
    `,
    good: yaml`
      steps:
        menu:
          gather:
            prompt: Press 1 for the shop.
            choices: { 1: shop }
            otherwise: { silence: hangup, else: repeat }
        shop:
          hangup: Goodbye.
    `,
  },
  {
    code: "no-question",
    severity: "warning",
    summary: "A gather has no prompt, and a caller can get to it without hearing anything first.",
    bad: yaml`
      steps:
        menu:
          gather:
            choices: { 1: shop }
            attempts: 1
            otherwise: hangup
        shop:
          hangup: Goodbye.
    `,
    good: yaml`
      steps:
        menu:
          gather:
            prompt: Press 1 for the shop.
            choices: { 1: shop }
            attempts: 1
            otherwise: hangup
        shop:
          hangup: Goodbye.
    `,
  },
]);

/** The codes that the list declares. */
export type Code = CodeOf<typeof FINDINGS>;
