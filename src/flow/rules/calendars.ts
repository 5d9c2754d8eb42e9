/** Calendar files that hours name: each exists, is inside the folder of flows, and can be read. */
import { calendarsIn, type NamedCalendar } from "../analysis/calendars.ts";
import { nameFrom } from "../analysis/file-paths.ts";
import { isCalendarPath } from "../language/calendar.ts";
import { nearest } from "../language/diagnostic.ts";
import type { Code } from "./hours-findings.ts";
import type { RuleContext } from "./rule.ts";

/** Reports what is wrong with the files that a flow's hours name. */
export function checkFiles(context: RuleContext<Code>): void {
  for (const named of calendarsIn(context.flow)) {
    const problem = problemOf(named, context);
    if (problem) context.report({ ...problem, at: named.node });
  }
}

const EXAMPLE = "calendars/office.yaml";

function problemOf(
  { written, path }: NamedCalendar,
  { flow, facts }: RuleContext<Code>,
): { code: Code; message: string } | undefined {
  if (path === undefined) {
    const message = `"${written}" is outside the flows folder; write a path relative to this flow's folder, such as ${EXAMPLE}`;
    return { code: "missing-calendar", message };
  }
  if (!isCalendarPath(path)) {
    const message = `"${written}" is not a calendar; write an .ics file, or a .yaml file in a folder named calendars, such as ${EXAMPLE}`;
    return { code: "missing-calendar", message };
  }
  const file = facts.calendars.files.get(path);
  if (!file) return { code: "missing-calendar", message: missing(path, flow.file, facts.calendars.there) };
  if (file.setting) return undefined;
  return { code: "bad-calendar", message: `${path} ${file.wrong ?? "has an error; correct it first"}` };
}

function missing(path: string, flowFile: string, there: readonly string[]): string {
  const near = nearest(path, there);
  const advice = near ? `did you mean ${nameFrom(flowFile, near)}?` : "add it";
  return `the file ${path} does not exist; ${advice}`;
}
