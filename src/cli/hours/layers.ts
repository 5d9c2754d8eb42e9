/** The parts that hours are made of: the calendars that they name, read again with their places, and themselves. */
import { below, calendarsIn, entriesOf } from "../../flow/analysis/calendars.ts";
import { type DayRules, dayRulesOf, type Layer } from "../../flow/analysis/day-rules.ts";
import type { SourceFile } from "../../flow/language/node.ts";
import type { BuiltFlow } from "../../flow/pipe/link.ts";
import { readCalendar } from "../../flow/shape/calendar.ts";

/**
 * The entries of a flow's hours.
 * @param calendars the calendars in YAML that the project's flows name
 */
export function rulesOf(built: BuiltFlow, name: string, calendars: readonly SourceFile[]): DayRules {
  const { flow } = built;
  const named = calendarsIn(flow).filter(({ hours }) => hours === name);
  const own = below(below(flow.root, "hours"), name);
  return dayRulesOf([
    ...named.flatMap(({ path }) => layersAt(path ?? "", built, calendars)),
    ...(own ? [{ path: flow.file, text: flow.text, node: own }] : []),
  ]);
}

function layersAt(path: string, { facts }: BuiltFlow, calendars: readonly SourceFile[]): Layer[] {
  const file = calendars.find((one) => one.path === path);
  if (!file) return [{ path, dates: facts.calendars.files.get(path)?.setting?.closed ?? [] }];
  const { root } = readCalendar(file);
  return root ? [{ ...file, node: root }] : [];
}

/** The names of a flow's hours, in the order of the file. */
export function hoursNames({ flow }: BuiltFlow): string[] {
  return entriesOf(below(flow.root, "hours")).map(({ key }) => key.text);
}
