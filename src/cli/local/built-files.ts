/** `.ringflow/`: what a build gives the Worker. Its `programs.json` holds the Programs that the Worker is bundled with. */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Built } from "../../flow/build.ts";
import { writeAssets } from "../project/assets.ts";

const FOLDER = ".ringflow";
const FILE = join(FOLDER, "programs.json");

/**
 * Writes what was built. The Programs are replaced atomically: a reader gets the old ones or the new ones, and the audio
 * that they play is written first.
 */
export async function writeBuilt({ programs, audio }: Pick<Built, "programs" | "audio">): Promise<void> {
  await writeAssets(audio);
  await mkdir(FOLDER, { recursive: true });
  const fresh = `${FILE}.${process.pid}`;
  await writeFile(fresh, JSON.stringify(programs));
  await rename(fresh, FILE);
}

/** Whether any Programs were ever written. */
export async function hasPrograms(): Promise<boolean> {
  return (await readFile(FILE).catch(() => undefined)) !== undefined;
}
