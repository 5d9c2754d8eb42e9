/** Reads the calendar files of a project, with their own findings. */
import type { ReadCalendar, ReadCalendars } from "../analysis/calendars.ts";
import { hoursOf } from "../analysis/opening.ts";
import type { CalendarFile, Calendars } from "../language/calendar.ts";
import type { Diagnostic } from "../language/diagnostic.ts";
import { guard, type InternalCode, type InternalProblem } from "../language/internal-error.ts";
import type { SourceFile } from "../language/node.ts";
import type { Report } from "../model/flow.ts";
import { readCalendar } from "../shape/calendar.ts";
import type { ShapeCode } from "../shape/shape-findings.ts";
import type { SourceCode } from "../yaml/source-findings.ts";
import { checkCalendar } from "./hours.ts";
import type { Code } from "./hours-findings.ts";

type Found = Diagnostic<SourceCode | ShapeCode | Code | InternalCode>;

/** A calendar file, and what is wrong with it. */
interface Checked {
  calendar: ReadCalendar;
  found: Found[];
}

/**
 * Reads calendar files.
 * @param today the date of the build; undefined if no finding should depend on it
 * @param tell is given every finding
 */
export function readCalendars(
  { files, there }: Calendars,
  today: string | undefined,
  tell: (found: Found) => void,
): ReadCalendars {
  const read = [...files].map(([path, file]): [string, ReadCalendar] => {
    const { calendar, found } = readFile(path, file, today);
    found.forEach(tell);
    return [path, calendar];
  });
  return { files: new Map(read), there };
}

function readFile(path: string, file: CalendarFile, today: string | undefined): Checked {
  if ("wrong" in file) return { calendar: file, found: [] };
  if ("dates" in file) return { calendar: { setting: { closed: [...file.dates] } }, found: [] };
  const failed = (problem: InternalProblem): Checked => ({
    calendar: {},
    found: [{ ...problem, severity: "error", file: path, span: { start: 0, end: 1 } }],
  });
  return guard("reading the calendar", () => readText({ path, text: file.text }, today), failed);
}

function readText(file: SourceFile, today: string | undefined): Checked {
  const { setting, root, diagnostics } = readCalendar(file);
  const found: Found[] = [...diagnostics];
  const report: Report<Code> = ({ at, severity = "error", ...problem }) => {
    found.push({ ...problem, severity, file: file.path, span: at.span });
  };
  if (root) checkCalendar(root, setting && hoursOf([setting]), today, report);
  const isSound = found.every(({ severity }) => severity !== "error");
  return { calendar: setting && isSound ? { setting } : {}, found };
}
