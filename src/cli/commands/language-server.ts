/** `ringflow language-server`: the language server, with this machine's disk. */
import { Console } from "node:console";
import { glob, readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import type { Disk } from "../../editor/files.ts";
import { serve } from "../../editor/server.ts";
import { type Config, NO_CONFIG } from "../../flow/config/config.ts";
import { AUDIO_TYPES } from "../../flow/language/audio.ts";
import { messageOf } from "../../program/message-of.ts";
import { readAudio } from "../project/audio.ts";
import { readCalendarFiles } from "../project/calendars.ts";
import { loadConfig } from "../project/config.ts";
import { flowFiles, testFiles } from "../project/files.ts";
import { workerVariables } from "../project/variables.ts";

/** Serves an editor on stdin and stdout, until it ends. */
export async function languageServer(): Promise<number> {
  // On stdout is the protocol alone: a project's own code can print as well.
  globalThis.console = new Console(process.stderr, process.stderr);
  await serve(process.stdin, process.stdout, disk);
  return 0;
}

/** The latest that could be loaded: a kind that is being written can be broken for a while. */
let latest: { config: Config; failure?: string } = { config: NO_CONFIG };

async function config(): Promise<Config> {
  try {
    latest = { config: await loadConfig() };
  } catch (error) {
    // Editors show in their logs what a server writes here.
    if (messageOf(error) !== latest.failure) process.stderr.write(`${messageOf(error)}\n`);
    latest = { ...latest, failure: messageOf(error) };
  }
  return latest.config;
}

const ENDINGS = Object.keys(AUDIO_TYPES).join(",");

const disk: Disk = {
  enter: (folder) => process.chdir(folder),
  relative: (path) => slashed(relative(process.cwd(), path)),
  absolute: (path) => resolve(path),
  read: (path) => readFile(path, "utf8").catch(() => undefined),
  // A folder can be new in the editor, and not on the disk yet.
  flows: (folder) => flowFiles([folder]).then(allSlashed, () => []),
  tests: (folder) => testFiles([folder]).then(allSlashed, () => []),
  recordings: (folder) => filesIn(folder, `**/*.{${ENDINGS}}`),
  calendarFiles: (folder) => filesIn(folder, "**/{*.ics,calendars/**/*.{yaml,yml}}"),
  config,
  audio: readAudio,
  calendars: readCalendarFiles,
  // An error in wrangler.toml does not concern the flow that is being written.
  variables: () => workerVariables().catch(() => ({})),
};

async function filesIn(folder: string, pattern: string): Promise<string[]> {
  const found: string[] = [];
  const exclude = ["**/node_modules", "**/.*"];
  for await (const path of glob(pattern, { cwd: folder, exclude })) found.push(slashed(join(folder, path)));
  return found.toSorted();
}

function allSlashed(paths: readonly string[]): string[] {
  return paths.map(slashed);
}

function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}
