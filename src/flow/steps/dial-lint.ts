/** What a dial can get wrong beyond its shape and its destinations. */
import { isNumber } from "../destination.ts";
import type { FindingDoc } from "../diagnostic.ts";
import { playsKeys } from "../prompt.ts";
import { splitText } from "../text.ts";
import type { Dial } from "./dial-body.ts";
import { type Flow, type Report, type Step, valueAt } from "./kind.ts";

const flow = (to: string, more: string): string =>
  `destinations:\n  reception: +14155550100\nsteps:\n  connect:\n    dial:\n      to: ${to}\n${more}      status: { else: hangup }\n    next: hangup\n`;

/** The findings that only a dial makes. */
export const FINDINGS: readonly FindingDoc[] = [
  {
    code: "accept-without-whisper",
    severity: "error",
    summary: "A dial with `accept` and without `whisper`: nobody tells the callee which key to press.",
    bad: flow("reception", "      accept: 1\n"),
    good: flow("reception", "      whisper: Press 1 to take the call.\n      accept: 1\n"),
  },
  {
    code: "partly-computed",
    severity: "error",
    summary: "A `to` of which a part is computed: a computed number is checked as a whole.",
    bad: flow('"+1{{ input.digits }}"', '      allow: ["+1415*"]\n'),
    good: flow("\"{{ '+1' + input.digits }}\"", '      allow: ["+1415*"]\n'),
  },
];

/** Looks at one dial. */
export function lint(step: Step<Dial>, _flow: Flow, report: Report): void {
  const { accept, whisper, to } = step.body;
  if (accept !== undefined && whisper === undefined) {
    const message = "`accept` needs a `whisper` that tells the callee which key takes the call";
    report({ code: "accept-without-whisper", at: valueAt(step, "accept") ?? step.bodyNode, message });
  }
  if (accept !== undefined && playsKeys(whisper)) {
    const message = "keys cannot be played while the callee is asked for one; leave them out";
    report({ code: "twilio-13320", at: valueAt(step, "whisper") ?? step.bodyNode, message });
  }
  if (typeof to !== "string" || !to.includes("{{") || splitText(to.trim()).parts.length === 1) return;
  const message = isNumber(to)
    ? "part of this number is computed; compute all of it in one `{{ }}` and name what is allowed in `allow`"
    : "a computed destination is one whole `{{ }}`; write the rest inside it";
  report({ code: "partly-computed", at: valueAt(step, "to") ?? step.bodyNode, message });
}
