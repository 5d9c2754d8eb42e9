/** What reading a file can find, for the generated page of findings; a test holds each example to its word. */
import type { FindingDoc } from "../language/diagnostic.ts";

/** The findings of `readSource`. */
export const sourceFindings: readonly FindingDoc[] = [
  {
    code: "quote-this",
    severity: "error",
    summary:
      "YAML would change this text or could not read it: it begins with a sign that means something to YAML, or holds a colon, a comma in brackets, or a `#`. `check --fix` puts it in quotes.",
    bad: "say: For sales, press # to finish\n",
    good: 'say: "For sales, press # to finish"\n',
  },
  {
    code: "yaml-tag",
    severity: "error",
    summary:
      "A value that begins with `!` is a tag to YAML, and flows have none; a condition is put in quotes.",
    bad: 'branch:\n  - when: !isOpen("office")\n    next: closed\n',
    good: 'branch:\n  - when: "!isOpen(\\"office\\")"\n    next: closed\n',
  },
  {
    code: "yaml-syntax",
    severity: "error",
    summary:
      "The file is not YAML: a tab in the indentation, a quote or bracket that is not closed, lines that do not line up, a missing space behind a colon.",
    bad: "greet:\n\tsay: Hello\n",
    good: "greet:\n  say: Hello\n",
  },
  {
    code: "duplicate-key",
    severity: "error",
    summary: 'A key stands twice in one map. `1` and `"1"` are the same key, `01` is another.',
    bad: 'choices:\n  1: sales\n  "1": billing\n',
    good: "choices:\n  1: sales\n  2: billing\n",
  },
  {
    code: "anchor",
    severity: "error",
    summary: "Flows have no YAML anchors and aliases: what serves several places has a name of its own.",
    bad: "reception: &desk +14155550100\nbilling: *desk\n",
    good: "reception: +14155550100\nbilling: [reception]\n",
  },
  {
    code: "merge-key",
    severity: "error",
    summary:
      "Flows have no merge keys: shared keys are written out, a shared part is a flow that others `run`.",
    bad: "second:\n  <<: { timeout: 5 }\n  prompt: Press 1.\n",
    good: "second:\n  timeout: 5\n  prompt: Press 1.\n",
  },
  {
    code: "bad-key",
    severity: "error",
    summary: "A key is a list or a map. YAML allows it, flows have no use for it.",
    bad: "choices:\n  [1, 2]: sales\n",
    good: "choices:\n  1-2: sales\n",
  },
  {
    code: "multiple-documents",
    severity: "error",
    summary: "A second YAML document begins in the file; each flow has a file of its own.",
    bad: "say: Hello\n---\nsay: Goodbye\n",
    good: "---\nsay: Hello\n",
  },
  {
    code: "empty-file",
    severity: "error",
    summary: "The file holds nothing, or nothing but comments.",
    bad: "# steps go here\n",
    good: "# steps go here\nsteps: {}\n",
  },
  {
    code: "file-too-large",
    severity: "error",
    summary:
      "The file has more than 4 million characters, twice what a flow of 10,000 steps has; it is not read.",
    good: "say: Hello\n",
  },
  {
    code: "bad-character",
    severity: "error",
    summary:
      "The file has a character that cannot be spoken or sent: a control character, one of the private-use area, a byte that is not UTF-8, or a no-break space where indentation belongs.",
    bad: 'matches: "\\b[0-9]+"\n',
    good: "matches: '\\b[0-9]+'\n",
  },
];
