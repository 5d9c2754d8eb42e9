/** Builds flows with the files that they name: audio and calendars. */
import {
  audioPathsOf,
  type Built,
  buildRead,
  calendarPathsOf,
  type ReadFlow,
  readFlow,
} from "../../flow/build.ts";
import type { Config } from "../../flow/config/config.ts";
import type { SourceFile } from "../../flow/language/node.ts";
import { readAudio } from "./audio.ts";
import { readCalendarFiles, textsOf } from "./calendars.ts";
import { loadConfig } from "./config.ts";

/** What building flows gave, and the calendars in YAML that they name: findings can be in these too. */
export interface BuiltFiles extends Built {
  calendars: SourceFile[];
  /** The language that the flows are written in. */
  config: Config;
}

/** Reads and validates one file. */
export type ReadFile = (file: SourceFile, config: Config) => ReadFlow;

/** A reader for builds one after another: a file that has not changed since the last build is not read again. */
export function rereading(): ReadFile {
  const last = new Map<string, { text: string; config: Config; read: ReadFlow }>();
  return (file, config) => {
    const known = last.get(file.path);
    if (known?.text === file.text && known.config === config) return known.read;
    const read = readFlow(file, config);
    last.set(file.path, { text: file.text, config, read });
    return read;
  };
}

/**
 * Builds flows with the files that they name, in the language of the project in this folder. Never throws for a flow's content.
 * @throws Problem if the project's own kinds or functions cannot be loaded
 */
export async function buildFiles(
  files: readonly SourceFile[],
  readOne: ReadFile = readFlow,
): Promise<BuiltFiles> {
  const config = await loadConfig();
  const read = files.map((file) => readOne(file, config));
  const [audio, calendars] = await Promise.all([
    readAudio(audioPathsOf(read)),
    readCalendarFiles(calendarPathsOf(read)),
  ]);
  const today = new Date().toISOString().slice(0, 10);
  const built = buildRead(read, audio, { calendars, today }, config);
  return { ...built, calendars: textsOf(calendars), config };
}
