/** Comments that silence a finding in place: `# ringflow-ignore many-options: the fair has nine halls`. */
import { defineFindings, position } from "./diagnostic.ts";
import { yaml } from "./example.ts";
import type { Span } from "./node.ts";

/** What is wrong with such comments. */
export const ignoreFindings = defineFindings([
  {
    code: "ignore-without-reason",
    severity: "warning",
    summary: "A comment silences a finding, but does not say why it is right here.",
    bad: yaml`
      steps:
        menu:
          # ringflow-ignore no-question
          gather:
            choices: { 1: shop }
            attempts: 1
            otherwise: shop
        shop:
          hangup: Goodbye.
    `,
    good: yaml`
      steps:
        menu:
          # ringflow-ignore no-question: the queue that hands the call over has asked
          gather:
            choices: { 1: shop }
            attempts: 1
            otherwise: shop
        shop:
          hangup: Goodbye.
    `,
  },
  {
    code: "idle-ignore",
    severity: "warning",
    summary:
      "A comment silences nothing: no finding with this code is on its line or, if it has a line to itself, on the next one. An error cannot be silenced.",
    bad: yaml`
      steps:
        bye:
          hangup: Goodbye.  # ringflow-ignore long-prompt: they like it
    `,
    good: yaml`
      steps:
        bye:
          hangup: Goodbye.
    `,
  },
]);

/** A comment that silences a finding. */
export interface Ignore {
  /** The code of the finding. */
  code: string;
  /** Why it is right here; empty if left out. */
  why: string;
  /** The comment. */
  span: Span;
  /** The line of the finding: the comment's own, or the next line of a comment that has a line to itself. */
  line: number;
}

const WORD = "ringflow-ignore";
const COMMENT = new RegExp(`^(.*(?:^|\\s))#\\s*${WORD}\\b[ \\t]*([^\\s:]*)[ \\t]*(?::[ \\t]*(.*?))?\\s*$`);

/** The comments of a file, in order. */
export function readIgnores(text: string): Ignore[] {
  if (!text.includes(WORD)) return [];
  const lines = text.split("\n");
  let start = 0;
  return lines.flatMap((written, index) => {
    const at = start;
    start += written.length + 1;
    const match = COMMENT.exec(written);
    if (!match) return [];
    const [, before = "", code = "", why = ""] = match;
    const line = before.trim() === "" ? lineAfter(lines, index) : position(text, at).line;
    return [{ code, why, span: { start: at + before.length, end: at + written.trimEnd().length }, line }];
  });
}

/** The number of the first line after a comment that is not a comment itself. */
function lineAfter(lines: readonly string[], index: number): number {
  const next = lines.findIndex((line, at) => at > index && !/^\s*(#|$)/.test(line));
  return next < 0 ? index + 1 : next + 1;
}
