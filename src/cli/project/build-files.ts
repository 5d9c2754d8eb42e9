/** Builds flows with the files that they name: audio and calendars. */
import { audioPathsOf, type Built, buildRead, calendarPathsOf, readFlow } from "../../flow/build.ts";
import type { SourceFile } from "../../flow/language/node.ts";
import { readAudio } from "./audio.ts";
import { readCalendarFiles, textsOf } from "./calendars.ts";

/** What building flows gave, and the calendars in YAML that they name: findings can be in these too. */
export interface BuiltFiles extends Built {
  calendars: SourceFile[];
}

/** Builds flows with the files that they name. Never throws for a file's content. */
export async function buildFiles(files: readonly SourceFile[]): Promise<BuiltFiles> {
  const read = files.map(readFlow);
  const [audio, calendars] = await Promise.all([
    readAudio(audioPathsOf(read)),
    readCalendarFiles(calendarPathsOf(read)),
  ]);
  const today = new Date().toISOString().slice(0, 10);
  return { ...buildRead(read, audio, { calendars, today }), calendars: textsOf(calendars) };
}
