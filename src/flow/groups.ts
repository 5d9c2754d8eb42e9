/** Every finding except advice, in groups. Commands that give no advice need not load it. */

import { environmentFindings } from "./analysis/worker-reads.ts";
import { ignoreFindings } from "./language/ignore.ts";
import { internalFindings } from "./language/internal-error.ts";
import { ADVICE } from "./model/advice.ts";
import { promiseFindings } from "./rules/broken-promises.ts";
import { kinds } from "./rules/kinds.ts";
import { rules } from "./rules/registry.ts";
import { scenarioFindings } from "./scenarios/scenario-findings.ts";
import { shapeFindings } from "./shape/shape-findings.ts";
import { sourceFindings } from "./yaml/source-findings.ts";

/** What is found in flows, in the order in which a file meets it. */
export const flowGroups = [
  { title: "Reading the file", findings: sourceFindings },
  { title: "Keys, types and values", findings: shapeFindings },
  { title: "Single steps", findings: kinds.findings },
  {
    title: "The flow as a whole",
    findings: rules.filter((rule) => rule !== kinds).flatMap(({ findings }) => findings),
  },
  { title: "Promises", findings: promiseFindings },
];

/** What is found besides. */
export const otherGroups = [
  { title: "Comments for the checker", findings: ignoreFindings },
  { title: "Scripted calls", findings: scenarioFindings },
  { title: "The Worker's variables", findings: environmentFindings },
  { title: "The checker itself", findings: internalFindings },
];

/** The code of every finding, advice among them. */
export const findingCodes: readonly string[] = [
  ...[...flowGroups, ...otherGroups].flatMap(({ findings }) => findings.map(({ code }): string => code)),
  ...Object.keys(ADVICE),
];
