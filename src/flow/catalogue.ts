/** Every finding, for docs/findings.md and for SARIF. */

import { environmentFindings } from "./analysis/worker-reads.ts";
import type { CodeOf, Diagnostic, FindingDoc } from "./language/diagnostic.ts";
import { ignoreFindings } from "./language/ignore.ts";
import { internalFindings } from "./language/internal-error.ts";
import { advice } from "./rules/advice/registry.ts";
import { promiseFindings } from "./rules/broken-promises.ts";
import { kinds } from "./rules/kinds.ts";
import { rules } from "./rules/registry.ts";
import { scenarioFindings } from "./scenarios/scenario-findings.ts";
import { shapeFindings } from "./shape/shape-findings.ts";
import { sourceFindings } from "./yaml/source-findings.ts";

/** Findings that are made at one stage. */
interface FindingGroup {
  /** As a heading. */
  title: string;
  findings: readonly FindingDoc<FindingCode>[];
}

const groups = [
  { title: "Reading the file", findings: sourceFindings },
  { title: "Keys, types and values", findings: shapeFindings },
  { title: "Single steps", findings: kinds.findings },
  {
    title: "The flow as a whole",
    findings: rules.filter((rule) => rule !== kinds).flatMap(({ findings }) => findings),
  },
  { title: "Promises", findings: promiseFindings },
  { title: "Advice", findings: advice.map(({ doc }) => doc) },
  { title: "Comments for the checker", findings: ignoreFindings },
  { title: "Scripted calls", findings: scenarioFindings },
  { title: "The Worker's variables", findings: environmentFindings },
  { title: "The checker itself", findings: internalFindings },
];

/** The code of every finding that Ringflow can report: each is documented, and each is public. */
export type FindingCode = CodeOf<(typeof groups)[number]["findings"]>;

/** A finding of Ringflow. */
export type Finding = Diagnostic<FindingCode>;

/** Every finding, in the order in which a file meets them. */
export const findingGroups: readonly FindingGroup[] = groups;

/** Every finding, without the groups. */
export const findingDocs: readonly FindingDoc<FindingCode>[] = findingGroups.flatMap(
  ({ findings }) => findings,
);

/** The code of every finding. */
export const findingCodes: readonly string[] = findingDocs.map(({ code }) => code);
