/**
 * Calendar files that hours read. The caller of `build` reads them from the disk, and `.ics` files by a library: nothing
 * here touches a disk.
 */

/** A calendar file: its YAML, the dates of an `.ics` file, or why these cannot be read. */
export type CalendarFile = { text: string } | { dates: readonly string[] } | { wrong: string };

/** The calendar files of a project. */
export interface Calendars {
  /** The existing files, by path. */
  files: ReadonlyMap<string, CalendarFile>;
  /** The paths to suggest for a missing file; can be empty if no file is missing. */
  there: readonly string[];
}

/** No calendar files. */
export const NO_CALENDARS: Calendars = { files: new Map(), there: [] };

/**
 * The years for which days without a rule of their own are worked out when a flow is compiled: Easter, and the events of
 * `.ics` files. They do not depend on the day of the build, so that the same files always give the same Program.
 */
export const WORKED_OUT = { from: 2025, to: 2055 } as const;

/** Whether a path can be a calendar: a YAML file elsewhere than in a folder `calendars` would be a flow. */
export function isCalendarPath(path: string): boolean {
  return /\.ics$/i.test(path) || /(^|\/)calendars\/.*\.ya?ml$/.test(path);
}
