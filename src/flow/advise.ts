/** The checker's advice on flows without an error, for `check`, the page and editors. */
import type { Checked } from "./analysis/checked.ts";
import type { Finding } from "./catalogue.ts";
import { findingCodes } from "./groups.ts";
import { withoutIgnored } from "./ignored.ts";
import { sortAndDedupe } from "./language/diagnostic.ts";
import { guard } from "./language/internal-error.ts";
import { type AdviceSetting, isAdviceCode, limitOf } from "./model/advice.ts";
import { advice } from "./rules/advice/registry.ts";

/**
 * The advice on some flows. Never throws.
 * @param project what the project sets; a flow's own setting comes first
 */
export function advise(flows: readonly Checked[], project: AdviceSetting = {}): Finding[] {
  const findings = flows.flatMap((checked) => adviseOne(checked, project));
  const files = flows.map(({ flow: { file, text } }) => ({ path: file, text }));
  const stage = { isJudged: isAdviceCode, codes: findingCodes, isWhole: () => true };
  return sortAndDedupe(withoutIgnored(findings, files, stage));
}

function adviseOne(checked: Checked, project: AdviceSetting): Finding[] {
  const { flow } = checked;
  const findings: Finding[] = [];
  for (const { doc, check } of advice) {
    const limit = limitOf(doc.code, [flow.settings.advice ?? {}, project]);
    if (limit === undefined) continue;
    const found = (at: Pick<Finding, "span">, message: string, hint?: string): void => {
      const about = { message, file: flow.file, span: at.span, ...(hint !== undefined && { hint }) };
      findings.push({ code: doc.code, severity: "advice", ...about });
    };
    guard(
      `the advice ${doc.code}`,
      () => check(checked, found, limit),
      ({ at, ...failed }) => {
        findings.push({
          ...failed,
          severity: "error",
          file: flow.file,
          span: at?.span ?? { start: 0, end: 1 },
        });
      },
    );
  }
  return findings;
}
