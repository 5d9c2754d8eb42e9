/** The calendar files of the examples in the documentation. */
import type { CalendarFile, Calendars } from "./calendar.ts";

/**
 * Calendar files, by their paths below `flows/`.
 * @param files the texts of YAML files, or files as they have been read
 */
export function calendarsOf(files: Readonly<Record<string, string | CalendarFile>> = {}): Calendars {
  const entries = Object.entries(files).map(([path, file]): [string, CalendarFile] => [
    `flows/${path}`,
    typeof file === "string" ? { text: file } : file,
  ]);
  return { files: new Map(entries), there: entries.map(([path]) => path) };
}
