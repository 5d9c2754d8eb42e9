/** Builds flows with the files that they name: audio and calendars. */
import { type Built, buildRead, type CheckedFlows, checkRead } from "../../flow/build.ts";
import type { Config } from "../../flow/config/config.ts";
import type { Audio } from "../../flow/language/audio.ts";
import type { SourceFile } from "../../flow/language/node.ts";
import type { Dates } from "../../flow/pipe/judge.ts";
import { audioPathsOf, calendarPathsOf, type ReadFlow, readFlow } from "../../flow/pipe/read.ts";
import { readAudio } from "./audio.ts";
import { readCalendarFiles, textsOf } from "./calendars.ts";
import { loadConfig } from "./config.ts";

/** What building flows gave. */
export interface BuiltFiles extends Built, Surroundings {}

/** What checking flows gave. */
interface CheckedFiles extends CheckedFlows, Surroundings {}

interface Surroundings {
  /** The calendars in YAML that the flows name: findings can be in these too. */
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
  const { read, audio, dates, config, calendars } = await readAll(files, readOne);
  return { ...buildRead(read, audio, dates, config), calendars, config };
}

/**
 * Checks flows as `buildFiles` does, and makes no Programs of them.
 * @throws Problem if the project's own kinds or functions cannot be loaded
 */
export async function checkFiles(files: readonly SourceFile[]): Promise<CheckedFiles> {
  const { read, audio, dates, config, calendars } = await readAll(files, readFlow);
  return { ...checkRead(read, audio, dates, config), calendars, config };
}

/** Everything that the second half of a build needs. */
interface ReadAll extends Surroundings {
  read: ReadFlow[];
  audio: Audio;
  dates: Dates;
}

async function readAll(files: readonly SourceFile[], readOne: ReadFile): Promise<ReadAll> {
  const config = await loadConfig();
  const read = files.map((file) => readOne(file, config));
  const [audio, calendars] = await Promise.all([
    readAudio(audioPathsOf(read)),
    readCalendarFiles(calendarPathsOf(read)),
  ]);
  const today = new Date().toISOString().slice(0, 10);
  return { read, audio, dates: { calendars, today }, config, calendars: textsOf(calendars) };
}
