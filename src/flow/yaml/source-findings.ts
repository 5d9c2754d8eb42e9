/** The findings of reading a file; a test checks each example. */

import { type CodeOf, type Diagnostic, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";

/** The findings of `readSource`. */
export const sourceFindings = defineFindings([
  {
    code: "quote-this",
    severity: "error",
    summary:
      "YAML would change or reject this text: it begins with a character that has a meaning in YAML, or contains a colon, a comma in brackets, or a `#`. `check --fix` puts it in quotes.",
    bad: yaml`
      say: For sales, press # to finish
    `,
    good: yaml`
      say: "For sales, press # to finish"
    `,
  },
  {
    code: "yaml-tag",
    severity: "error",
    summary:
      "YAML reads a value that begins with `!` as a tag, which flows do not use. Put a condition in quotes.",
    bad: yaml`
      branch:
        - when: !isOpen("office")
          next: closed
    `,
    good: yaml`
      branch:
        - when: "!isOpen(\"office\")"
          next: closed
    `,
  },
  {
    code: "yaml-syntax",
    severity: "error",
    summary:
      "The file is not valid YAML: a tab in the indentation, an unclosed quote or bracket, uneven indentation, or a missing space after a colon.",
    bad: "greet:\n\tsay: Hello\n",
    good: yaml`
      greet:
        say: Hello
    `,
  },
  {
    code: "duplicate-key",
    severity: "error",
    summary: 'A key is used twice in one map. `1` and `"1"` are the same key, `01` is another.',
    bad: yaml`
      choices:
        1: sales
        "1": billing
    `,
    good: yaml`
      choices:
        1: sales
        2: billing
    `,
  },
  {
    code: "anchor",
    severity: "error",
    summary: "Flows do not support YAML anchors and aliases. Give a shared value a name instead.",
    bad: yaml`
      reception: &desk +14155550100
      billing: *desk
    `,
    good: yaml`
      reception: +14155550100
      billing: [reception]
    `,
  },
  {
    code: "merge-key",
    severity: "error",
    summary:
      "Flows do not support merge keys. Write shared keys out, or move a shared part to a flow that others `run`.",
    bad: yaml`
      second:
        <<: { timeout: 5 }
        prompt: Press 1.
    `,
    good: yaml`
      second:
        timeout: 5
        prompt: Press 1.
    `,
  },
  {
    code: "bad-key",
    severity: "error",
    summary: "A key is a list or a map, which YAML allows but flows do not.",
    bad: yaml`
      choices:
        [1, 2]: sales
    `,
    good: yaml`
      choices:
        1-2: sales
    `,
  },
  {
    code: "multiple-documents",
    severity: "error",
    summary: "A second YAML document begins in the file. Write each flow in its own file.",
    bad: yaml`
      say: Hello
      ---
      say: Goodbye
    `,
    good: yaml`
      ---
      say: Hello
    `,
  },
  {
    code: "empty-file",
    severity: "error",
    summary: "The file is empty, or has only comments.",
    bad: yaml`
      # steps go here
    `,
    good: yaml`
      # steps go here
      steps: {}
    `,
  },
  {
    code: "file-too-large",
    severity: "error",
    summary:
      "The file has more than 4 million characters, more than 600,000 words and signs of YAML, or a list or map in brackets with more than 50,000 entries; it is not read.",
    good: yaml`
      say: Hello
    `,
  },
  {
    code: "bad-character",
    severity: "error",
    summary:
      "The file has a character that cannot be spoken or sent: a control or private-use character, a byte that is not UTF-8, or a no-break space in the indentation.",
    bad: yaml`
      matches: "\b[0-9]+"
    `,
    good: yaml`
      matches: '\b[0-9]+'
    `,
  },
]);

/** The codes that the list declares. */
export type SourceCode = CodeOf<typeof sourceFindings>;

/** A finding on a file as YAML. */
export type SourceDiagnostic = Diagnostic<SourceCode>;
