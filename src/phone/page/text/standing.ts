/** How a flow is: whether its saved text has an error, and how its tests went. */
import type { FlowView } from "../contract/flow.ts";

/** The worst that is known of a flow. */
export type Standing = "broken" | "fails" | "unknown" | "passes" | "untested";

/** Whether the saved text has an error, so that an earlier version answers, or none. */
export function isBroken({ saved, findings }: Pick<FlowView, "saved" | "findings">): boolean {
  return saved === undefined || findings.some(({ severity }) => severity === "error");
}

/** How a flow is. */
export function standingOf(flow: Pick<FlowView, "saved" | "findings" | "tests">): Standing {
  const { tests = [] } = flow;
  if (isBroken(flow)) return "broken";
  if (tests.length === 0) return "untested";
  if (tests.some(({ outcome }) => outcome === "fails")) return "fails";
  return tests.every(({ outcome }) => outcome === "passes") ? "passes" : "unknown";
}

/** The same in words. */
export function testsText(flow: Pick<FlowView, "saved" | "findings" | "version" | "tests">): string {
  const { tests = [], version } = flow;
  const failed = tests.filter(({ outcome }) => outcome === "fails").length;
  switch (standingOf(flow)) {
    case "broken":
      return version === undefined ? "has an error" : "has an error; the last good version answers";
    case "untested":
      return "no tests";
    case "unknown":
      return "tests are being played";
    case "fails":
      return `${failed} of ${tests.length} tests ${failed === 1 ? "fails" : "fail"}`;
    case "passes":
      return tests.length === 1 ? "its test passes" : `all ${tests.length} tests pass`;
  }
}
