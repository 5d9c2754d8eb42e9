/** The check of `matches`: a pattern for the answer that `save` captures. */
import { patternProblem, withoutPadding } from "../language/pattern.ts";
import { type Flow, type Report, type Step, valueAt } from "../model/flow.ts";

/** A step that captures an answer. */
interface Capturing {
  save?: string;
  matches?: string;
}

/** Checks the pattern of a step's answer, if it has one. */
export function lintMatches(
  step: Step<Capturing>,
  flow: Flow,
  report: Report<"bad-pattern" | "slow-pattern" | "matches-without-save">,
): void {
  const { matches: pattern, save } = step.body;
  if (pattern === undefined) return;
  const at = valueAt(step, "matches") ?? step.bodyNode;
  const problem = patternProblem(pattern, flow);
  const part = withoutPadding(pattern, problem, flow);
  if (problem && part !== undefined) {
    const message = `"${pattern}" could take very long; leave \`matches\` away, and look for a part of the answer in a \`branch\`: \`vars.${save ?? "answer"}.matches("${part}")\``;
    report({ ...problem, at, message });
  } else if (problem) report({ ...problem, at });
  if (save !== undefined) return;
  const message = "`matches` checks the answer that `save` captures; name a variable in `save`";
  report({ code: "matches-without-save", at, message });
}
