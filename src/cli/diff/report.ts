/** What is reported of a comparison, whatever its format. */
import type { Change, Diff } from "../../explore/diff/change.ts";

/** The comparison of one flow. */
export interface FlowReport extends Diff {
  /** Instead of changes: the flow is new, gone, or cannot be compared. */
  note?: string;
  milliseconds: number;
}

/** The comparison of a project with an earlier version. */
export interface DiffReport {
  /** What it is compared with: `HEAD`, or a path. */
  since: string;
  flows: readonly FlowReport[];
}

/** What is said if nothing has changed. */
export const NOTHING = "Callers notice nothing.";

/** What is said of a flow without changes of which not every way was compared. */
export const NOTHING_FOUND = "No change for callers was found, but not every way was compared.";

/** The number of changes, in words. */
export function countChanges(changes: readonly Change[]): string {
  return `${changes.length} ${changes.length === 1 ? "change" : "changes"} for callers`;
}

/** Whether a flow has nothing to report. */
export function isQuiet({ changes, cut, note }: FlowReport): boolean {
  return changes.length === 0 && cut.length === 0 && note === undefined;
}

/** The lines of the shortest call, after its begin; undefined if the change is not of a call, such as that of a text message. */
export function callText({ way, call }: Change): string | undefined {
  if (way.length === 0 && !call) return undefined;
  return way.length === 0 ? "as soon as the call begins" : way.join(" → ");
}
