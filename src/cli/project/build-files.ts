/** Builds flows with the files that they name: audio and calendars. */
import {
  audioPathsOf,
  type Built,
  buildRead,
  calendarPathsOf,
  type ReadFlow,
  readFlow,
} from "../../flow/build.ts";
import type { SourceFile } from "../../flow/language/node.ts";
import { readAudio } from "./audio.ts";
import { readCalendarFiles, textsOf } from "./calendars.ts";

/** What building flows gave, and the calendars in YAML that they name: findings can be in these too. */
export interface BuiltFiles extends Built {
  calendars: SourceFile[];
}

/** Reads and validates one file. */
export type ReadFile = (file: SourceFile) => ReadFlow;

/** A reader for builds one after another: a file that has not changed since the last build is not read again. */
export function rereading(): ReadFile {
  const last = new Map<string, { text: string; read: ReadFlow }>();
  return (file) => {
    const known = last.get(file.path);
    if (known?.text === file.text) return known.read;
    const read = readFlow(file);
    last.set(file.path, { text: file.text, read });
    return read;
  };
}

/** Builds flows with the files that they name. Never throws for a file's content. */
export async function buildFiles(
  files: readonly SourceFile[],
  readOne: ReadFile = readFlow,
): Promise<BuiltFiles> {
  const read = files.map(readOne);
  const [audio, calendars] = await Promise.all([
    readAudio(audioPathsOf(read)),
    readCalendarFiles(calendarPathsOf(read)),
  ]);
  const today = new Date().toISOString().slice(0, 10);
  return { ...buildRead(read, audio, { calendars, today }), calendars: textsOf(calendars) };
}
