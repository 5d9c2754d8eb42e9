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
      "The file's name cannot be a flow's name, which is part of the webhook's URL. Use lower-case words with hyphens, such as `front-desk.yaml`.",
    good: GOOD,
  },
  errorDoc(
    "missing-key",
    "A required key is missing.",
    menu("").replace("      prompt: Press 1.\n", ""),
    menu(""),
  ),
  errorDoc(
    "unknown-key",
    "An unknown key, often a misspelt one.",
    menu("      atempts: 2\n"),
    menu("      attempts: 2\n"),
  ),
  errorDoc(
    "wrong-name",
    "A name has the wrong form. Steps, flows, destinations and hours are lower-case words with hyphens; variables are letters, digits and underscores.",
    `steps:\n  Front Desk:\n${HELLO}`,
    `steps:\n  front-desk:\n${HELLO}`,
  ),
  errorDoc(
    "reserved-name",
    "A step has the name of an exit: `hangup`, `repeat`, `back` or `return`.",
    `steps:\n  back:\n${HELLO}`,
    `steps:\n  back-again:\n${HELLO}`,
  ),
  errorDoc("no-kind", "A step has no kind, only a `next`.", step("    next: hangup\n"), GOOD),
  errorDoc(
    "unknown-kind",
    "A step has an unknown key, often a misspelt kind.",
    step("    sya: Hello.\n    next: hangup\n"),
    GOOD,
  ),
  errorDoc(
    "two-kinds",
    "A step has two kinds.",
    step("    say: Hello.\n    pause: 1\n    next: hangup\n"),
    "steps:\n  greet:\n    say: Hello.\n    next: breathe\n  breathe:\n    pause: 1\n    next: hangup\n",
  ),
  errorDoc(
    "wrong-type",
    "A value has the wrong type, such as a text instead of a number, or a list instead of a map.",
    menu("      attempts: three\n"),
    menu("      attempts: 3\n"),
  ),
  errorDoc(
    "wrong-value",
    "A value is not one of those allowed, or has the wrong form.",
    menu("      input: keys\n"),
    menu("      input: dtmf\n"),
  ),
  errorDoc(
    "written-out",
    "`{ env: NAME }` cannot be used if the compiler must know the value, such as the number of attempts, a key, or an exit.",
    menu("      attempts: { env: ATTEMPTS }\n"),
    menu("      timeout: { env: SECONDS_OF_SILENCE }\n"),
  ),
  errorDoc(
    "out-of-range",
    "A number is too small or too large.",
    menu("      attempts: 10\n"),
    menu("      attempts: 9\n"),
  ),
  errorDoc(
    "empty-value",
    "A key has no value, or a text with nothing to say.",
    step("    say:\n    next: hangup\n"),
    GOOD,
  ),
];
