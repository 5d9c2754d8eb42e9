/** Every finding, for docs/findings.md and for SARIF. */

import { flowGroups, otherGroups } from "./groups.ts";
import type { CodeOf, Diagnostic, FindingDoc } from "./language/diagnostic.ts";
import type { AdviceCode } from "./model/advice.ts";
import { advice } from "./rules/advice/registry.ts";

/** Findings that are made at one stage. */
interface FindingGroup {
  /** As a heading. */
  title: string;
  findings: readonly FindingDoc<FindingCode>[];
}

type Groups = typeof flowGroups | typeof otherGroups;

/** The code of every finding that Ringflow can report: each is documented, and each is public. */
export type FindingCode = CodeOf<Groups[number]["findings"]> | AdviceCode;

/** A finding of Ringflow. */
export type Finding = Diagnostic<FindingCode>;

/** Every finding, in the order in which a file meets them. */
export const findingGroups: readonly FindingGroup[] = [
  ...flowGroups,
  { title: "Advice", findings: advice.map(({ doc }) => doc) },
  ...otherGroups,
];

/** Every finding, without the groups. */
export const findingDocs: readonly FindingDoc<FindingCode>[] = findingGroups.flatMap(
  ({ findings }) => findings,
);
