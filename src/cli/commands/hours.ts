/** `ringflow hours [flow]`: when each `hours` of a flow is open, and which line of the file decides. */
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import { localTime } from "../../program/local-time.ts";
import { answerAt, textOfAnswer } from "../hours/answer.ts";
import { daysFrom, type HoursDay, timeText } from "../hours/days.ts";
import { hoursNames, rulesOf } from "../hours/layers.ts";
import { stripsOf } from "../hours/text.ts";
import { Problem } from "../problem.ts";
import { chooseFlow } from "../project/choose-flow.ts";
import { buildProject, type Project } from "../project/project.ts";

/** Options of `ringflow hours`. */
export interface HoursOptions {
  /** A time to ask about, instead of the days: `2026-12-24 15:00` on the hours' own clock, or with an offset. */
  at?: string;
  /** How many days to show; 14 if left out. */
  days?: number;
  json?: boolean;
  /** Coloured if it shows colours. */
  out: NodeJS.WritableStream;
}

const DAYS = 14;

/**
 * Shows the hours of a flow.
 * @param now milliseconds since 1970
 * @returns the exit code, 0
 * @throws Problem if there is no such flow, it has no hours, or the options do not go together
 */
export async function hours(
  name: string | undefined,
  { at, days, json = false, out }: HoursOptions,
  now = Date.now(),
): Promise<number> {
  if (at !== undefined && days !== undefined)
    throw new Problem("--at asks about one time, and --days shows several days. Leave one of them out.");
  const project = await buildProject();
  const built = flowWithHours(project, name);
  const all = hoursNames(built).flatMap((one) => {
    const setting = built.facts.hours[one];
    return setting ? [{ name: one, setting, rules: rulesOf(built, one, project.calendars) }] : [];
  });
  if (all.length === 0) throw new Problem(`The flow ${built.flow.name} has no \`hours\`.`);
  if (at !== undefined) {
    const answers = all.map((one) => answerAt(one, at));
    write(json ? answers : answers.map((one) => textOfAnswer(one, out)).join("\n\n"));
    return 0;
  }
  const shown = all.map(({ name: one, setting, rules }) => ({
    name: one,
    timezone: setting.timezone,
    today: localTime(setting, now),
    days: daysFrom(setting, rules, now, days ?? DAYS),
  }));
  write(
    json
      ? shown.map(({ today: _, days: list, ...one }) => ({ ...one, days: list.map(plainDay) }))
      : shown.map((one) => stripsOf(one, out).join("\n")).join("\n\n"),
  );
  return 0;

  function write(report: unknown): void {
    out.write(`${typeof report === "string" ? report : JSON.stringify(report, null, 2)}\n`);
  }
}

/** A day for a program: what the strip shows is in `open`. */
function plainDay({ slots: _, rule, clocks, ...day }: HoursDay) {
  const change = clocks && { from: timeText(clocks.from), to: timeText(clocks.to) };
  return { ...day, ...(rule && { decidedBy: rule }), ...(change && { clocks: change }) };
}

/** The flow of that name, or the only one with hours. */
function flowWithHours(project: Project, name: string | undefined): BuiltFlow {
  const named = project.flows.find(({ flow }) => flow.name === name);
  if (named) return named;
  const flows = project.flows.filter((one) => hoursNames(one).length > 0);
  return chooseFlow(project, name, { flows, which: "with `hours`" });
}
