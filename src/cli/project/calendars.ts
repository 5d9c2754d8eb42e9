/** Reads the calendar files that hours name, and no others, from the disk. */
import { glob, readFile } from "node:fs/promises";
import type { CalendarFile, Calendars } from "../../flow/language/calendar.ts";
import type { SourceFile } from "../../flow/language/node.ts";

/** Reads calendar files; those that do not exist are left out. */
export async function readCalendarFiles(paths: readonly string[]): Promise<Calendars> {
  const found = await Promise.all(
    paths.map(async (path): Promise<[string, CalendarFile | undefined]> => [path, await readOne(path)]),
  );
  const files = new Map(found.flatMap(([path, file]) => (file ? [[path, file] as const] : [])));
  return { files, there: await calendarsAround(paths.filter((path) => !files.has(path))) };
}

/** The calendar files that are YAML: their findings show their text. */
export function textsOf({ files }: Calendars): SourceFile[] {
  return [...files].flatMap(([path, file]) => ("text" in file ? [{ path, text: file.text }] : []));
}

async function readOne(path: string): Promise<CalendarFile | undefined> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined || !/\.ics$/i.test(path)) return text === undefined ? undefined : { text };
  const { readIcs } = await import("./ics.ts");
  return readIcs(text);
}

/** Candidates for missing files: all calendars in the folder of flows. */
async function calendarsAround(missing: readonly string[]): Promise<string[]> {
  const tops = new Set(
    missing.map((path) => /^(.*\/)?flows\//.exec(path)?.[0] ?? path.replace(/[^/]*$/, "")),
  );
  const there: string[] = [];
  for (const top of tops) {
    for await (const path of glob("**/{*.ics,calendars/**/*.{yaml,yml}}", { cwd: top || "." }))
      there.push(top + path.replaceAll("\\", "/"));
  }
  return there.filter((path) => !missing.includes(path)).toSorted();
}
