/** The files of a project: what the server needs from the disk, and how files are told apart. */
import { rootOf } from "../flow/analysis/file-paths.ts";
import type { Config } from "../flow/config/config.ts";
import type { Audio } from "../flow/language/audio.ts";
import { type Calendars, isCalendarPath } from "../flow/language/calendar.ts";

/** The disk. Paths are relative to the opened folder, with slashes. */
export interface Disk {
  /** Makes a folder the one that paths are relative to. */
  enter(folder: string): void;
  /** The path of an absolute one. */
  relative(path: string): string;
  absolute(path: string): string;
  /** A file's text; undefined if there is none. */
  read(path: string): Promise<string | undefined>;
  /** The flows in a folder. */
  flows(folder: string): Promise<string[]>;
  /** The test files in a folder. */
  tests(folder: string): Promise<string[]>;
  /** The audio files in a folder. */
  recordings(folder: string): Promise<string[]>;
  /** The calendar files in a folder. */
  calendarFiles(folder: string): Promise<string[]>;
  /** The language of the project, with its own kinds of steps and functions. */
  config(): Promise<Config>;
  audio(paths: readonly string[]): Promise<Audio>;
  calendars(paths: readonly string[]): Promise<Calendars>;
  /** The environment variables that are set on this machine. */
  variables(): Promise<Readonly<Record<string, string>>>;
}

/** The kinds of files that the server knows. */
export type FileKind = "flow" | "test" | "calendar";

/** The kind of a file; undefined for YAML that is not Ringflow's. */
export function fileKind(path: string, text: string): FileKind | undefined {
  if (!/\.ya?ml$/.test(path)) return undefined;
  const isOurs = /(^|\/)flows\//.test(path) || /\$schema=\S*flow\.schema\.json/.test(text);
  if (/\.test\.ya?ml$/.test(path)) return isOurs || /^scenarios:/m.test(text) ? "test" : undefined;
  if (!isOurs) return undefined;
  return isCalendarPath(path) ? "calendar" : "flow";
}

/** The folder with everything that a file can name. */
export function folderOf(path: string): string {
  return rootOf(path).join("/") || ".";
}
