/** `.ringflow/programs.json`: the Programs that the Worker is bundled with. */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Program } from "../program/program.ts";

const FOLDER = ".ringflow";
const FILE = join(FOLDER, "programs.json");

/** Replaces the Programs in one go: whoever reads the file meanwhile gets the old ones or the new ones. */
export async function writePrograms(programs: readonly Program[]): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const fresh = `${FILE}.${process.pid}`;
  await writeFile(fresh, JSON.stringify(programs));
  await rename(fresh, FILE);
}

/** Whether any Programs were ever written. */
export async function hasPrograms(): Promise<boolean> {
  return (await readFile(FILE).catch(() => undefined)) !== undefined;
}
