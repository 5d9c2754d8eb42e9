/** The findings of `validate`: keys, types and values that do not fit, and steps without a kind. */

import { type CodeOf, type Diagnostic, defineFindings, errorDoc } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";

/** The findings on a flow's shape. */
export const shapeFindings = defineFindings([
  {
    code: "flow-name",
    severity: "error",
    summary:
      "A file name cannot be the name of a flow, which is part of the webhook's URL. Use lower-case words with hyphens, as in `front-desk.yaml`.",
    good: yaml`
      steps:
        greet:
          say: Hello.
          next: hangup
    `,
  },
  errorDoc(
    "missing-key",
    "A required key is missing.",
    yaml`
      steps:
        menu:
          gather:
            prompt: Press 1.
            choices: { 1: hangup }
    `,
    yaml`
      steps:
        menu:
          gather:
            prompt: Press 1.
            choices: { 1: hangup }
            otherwise: hangup
    `,
  ),
  errorDoc(
    "unknown-key",
    "An unknown key, often a misspelt one.",
    yaml`
      steps:
        menu:
          gather:
            prompt: Press 1.
            choices: { 1: hangup }
            otherwise: hangup
            atempts: 2
    `,
    yaml`
      steps:
        menu:
          gather:
            prompt: Press 1.
            choices: { 1: hangup }
            otherwise: hangup
            attempts: 2
    `,
  ),
  errorDoc(
    "wrong-name",
    "An invalid name. Steps, flows, destinations and hours are lower-case words with hyphens; variables are letters, digits and underscores.",
    yaml`
      steps:
        Front Desk:
          say: Hello.
          next: hangup
    `,
    yaml`
      steps:
        front-desk:
          say: Hello.
          next: hangup
    `,
  ),
  errorDoc(
    "reserved-name",
    "A step has the name of an exit: `hangup`, `repeat`, `back` or `return`.",
    yaml`
      steps:
        back:
          say: Hello.
          next: hangup
    `,
    yaml`
      steps:
        back-again:
          say: Hello.
          next: hangup
    `,
  ),
  errorDoc(
    "no-kind",
    "A step has no kind, only `next`.",
    yaml`
    steps:
      greet:
        next: hangup
  `,
    yaml`
    steps:
      greet:
        say: Hello.
        next: hangup
  `,
  ),
  errorDoc(
    "unknown-kind",
    "A step has an unknown kind, often a misspelt one.",
    yaml`
      steps:
        greet:
          sya: Hello.
          next: hangup
    `,
    yaml`
      steps:
        greet:
          say: Hello.
          next: hangup
    `,
  ),
  errorDoc(
    "two-kinds",
    "A step has two kinds.",
    yaml`
      steps:
        greet:
          say: Hello.
          pause: 1
          next: hangup
    `,
    yaml`
      steps:
        greet:
          say: Hello.
          next: breathe
        breathe:
          pause: 1
          next: hangup
    `,
  ),
  errorDoc(
    "wrong-type",
    "A value has the wrong type, such as a text instead of a number, or a list instead of a map.",
    yaml`
      steps:
        menu:
          gather:
            prompt: Press 1.
            choices: { 1: hangup }
            otherwise: hangup
            attempts: three
    `,
    yaml`
      steps:
        menu:
          gather:
            prompt: Press 1.
            choices: { 1: hangup }
            otherwise: hangup
            attempts: 3
    `,
  ),
  errorDoc(
    "wrong-value",
    "A value is not one of the allowed ones, or has the wrong form.",
    yaml`
      steps:
        menu:
          gather:
            prompt: Press 1.
            choices: { 1: hangup }
            otherwise: hangup
            input: keys
    `,
    yaml`
      steps:
        menu:
          gather:
            prompt: Press 1.
            choices: { 1: hangup }
            otherwise: hangup
            input: dtmf
    `,
  ),
  errorDoc(
    "written-out",
    "`{ env: NAME }` is used for a value that must be known when the flow is compiled, such as the number of attempts, a key or an exit.",
    yaml`
      steps:
        menu:
          gather:
            prompt: Press 1.
            choices: { 1: hangup }
            otherwise: hangup
            attempts: { env: ATTEMPTS }
    `,
    yaml`
      steps:
        menu:
          gather:
            prompt: Press 1.
            choices: { 1: hangup }
            otherwise: hangup
            timeout: { env: SECONDS_OF_SILENCE }
    `,
  ),
  errorDoc(
    "out-of-range",
    "A number is below the minimum or above the maximum.",
    yaml`
      steps:
        menu:
          gather:
            prompt: Press 1.
            choices: { 1: hangup }
            otherwise: hangup
            attempts: 10
    `,
    yaml`
      steps:
        menu:
          gather:
            prompt: Press 1.
            choices: { 1: hangup }
            otherwise: hangup
            attempts: 9
    `,
  ),
  errorDoc(
    "empty-value",
    "A key has no value, or a text is blank.",
    yaml`
      steps:
        greet:
          say:
          next: hangup
    `,
    yaml`
      steps:
        greet:
          say: Hello.
          next: hangup
    `,
  ),
]);

/** The codes that the list declares. */
export type ShapeCode = CodeOf<typeof shapeFindings>;

/** A finding on a flow's shape. */
export type ShapeDiagnostic = Diagnostic<ShapeCode>;
