/** What `validate` can find: keys, types and values that do not fit, and steps without a kind. */
import { errorDoc, type FindingDoc } from "../language/diagnostic.ts";

const step = (body: string): string => `steps:\n  greet:\n${body}`;
const HELLO = "    say: Hello.\n    next: hangup\n";
const GOOD = step(HELLO);
const menu = (more: string): string =>
  `steps:\n  menu:\n    gather:\n      prompt: Press 1.\n      choices: { 1: hangup }\n      otherwise: hangup\n${more}`;

/** The findings on a flow's shape. */
export const shapeFindings: readonly FindingDoc[] = [
  {
    code: "flow-name",
    severity: "error",
    summary:
      "A file whose name cannot be a flow's: it is a part of the webhook's URL. Flows are named by lower-case words with hyphens, as in `front-desk.yaml`.",
    good: GOOD,
  },
  errorDoc(
    "missing-key",
    "A key that has to be there.",
    menu("").replace("      prompt: Press 1.\n", ""),
    menu(""),
  ),
  errorDoc(
    "unknown-key",
    "A key that nothing knows, often a misspelt one.",
    menu("      atempts: 2\n"),
    menu("      attempts: 2\n"),
  ),
  errorDoc(
    "wrong-name",
    "A name that is not written as such names are: steps, flows, destinations and hours in lower-case words with hyphens, variables in letters, digits and underscores.",
    `steps:\n  Front Desk:\n${HELLO}`,
    `steps:\n  front-desk:\n${HELLO}`,
  ),
  errorDoc(
    "reserved-name",
    "A step that is called as an exit is: `hangup`, `repeat`, `back` or `return`.",
    `steps:\n  back:\n${HELLO}`,
    `steps:\n  back-again:\n${HELLO}`,
  ),
  errorDoc("no-kind", "A step that says only where to go next.", step("    next: hangup\n"), GOOD),
  errorDoc(
    "unknown-kind",
    "A step with a key that is no kind, often a misspelt one.",
    step("    sya: Hello.\n    next: hangup\n"),
    GOOD,
  ),
  errorDoc(
    "two-kinds",
    "A step of two kinds at once.",
    step("    say: Hello.\n    pause: 1\n    next: hangup\n"),
    "steps:\n  greet:\n    say: Hello.\n    next: breathe\n  breathe:\n    pause: 1\n    next: hangup\n",
  ),
  errorDoc(
    "wrong-type",
    "A text where a number is wanted, a list where a map is, and the like.",
    menu("      attempts: three\n"),
    menu("      attempts: 3\n"),
  ),
  errorDoc(
    "wrong-value",
    "A value that is not one of those that may stand there, or is not written as they are.",
    menu("      input: keys\n"),
    menu("      input: dtmf\n"),
  ),
  errorDoc(
    "written-out",
    "`{ env: NAME }` where the compiler has to know the value: how often a gather asks, what a key is, where an exit leads.",
    menu("      attempts: { env: ATTEMPTS }\n"),
    menu("      timeout: { env: SECONDS_OF_SILENCE }\n"),
  ),
  errorDoc(
    "out-of-range",
    "A number below or above what may stand there.",
    menu("      attempts: 10\n"),
    menu("      attempts: 9\n"),
  ),
  errorDoc(
    "empty-value",
    "A key with nothing behind it, or nothing that could be said.",
    step("    say:\n    next: hangup\n"),
    GOOD,
  ),
];
