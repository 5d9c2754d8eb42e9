/**
 * `.ringflow/`: what a build gives the Worker. Its `programs.txt` holds the Programs that the Worker is deployed with, as JSON:
 * wrangler uploads a `.txt` file as a text, and the Worker parses it once for each isolate.
 */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Built } from "../../flow/build.ts";
import { currentProgram } from "../../flow/compile/upgrade.ts";
import type { Program } from "../../program/program.ts";
import { writeAssets } from "../project/assets.ts";
import { bundleOutgoing } from "./bundle.ts";

const FOLDER = ".ringflow";
/** The Programs, as a text for the Worker. */
export const PROGRAMS_FILE = join(FOLDER, "programs.txt");
/** As wrangler.toml has it. */
const MODULES = join(FOLDER, "modules");
/** What Ringflow 0.1 wrote. */
const OLD_FILE = join(FOLDER, "programs.json");

/**
 * Writes what was built. The Programs are replaced atomically: a reader gets the old ones or the new ones, and the audio
 * that they play is written first.
 */
export async function writeBuilt({ programs, audio }: Pick<Built, "programs" | "audio">): Promise<void> {
  await writeAssets(audio);
  await mkdir(FOLDER, { recursive: true });
  await replaceFile(programs);
}

/** The Worker's entry in a project that has none of its own: wrangler.toml names it as `main`. */
const ENTRY = `// Written by \`ringflow build\`: the Worker with this project's flows.
import { Pointers, worker } from "ringflow/worker";
import functions from "./functions.js";
import programs from "./programs.txt";

const { handlers, Outbound, Conversations } = worker(programs, { functions });

export { Conversations, Outbound, Pointers };
export default handlers;
`;

/** Writes the Worker's entry, and the modules that it loads when it first needs them. */
export async function writeModules(): Promise<void> {
  await mkdir(MODULES, { recursive: true });
  await writeFile(join(FOLDER, "worker.js"), ENTRY);
  await writeFile(join(MODULES, "outgoing.js"), await bundleOutgoing());
}

/**
 * Keeps the Programs of an earlier build; those that an older Ringflow wrote are brought to the current format.
 * @returns whether there are any that the Worker can read
 */
export async function keepBuilt(): Promise<boolean> {
  const programs = await readBuilt();
  if (!programs) return false;
  await replaceFile(programs);
  return true;
}

/** The Programs of an earlier build in the current format; undefined if there are none that this version can read. */
export async function readBuilt(): Promise<Program[] | undefined> {
  const text = (await readText(PROGRAMS_FILE)) ?? (await readText(OLD_FILE));
  return text === undefined ? undefined : programsIn(text);
}

function readText(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}

function programsIn(text: string): Program[] | undefined {
  const written: unknown = JSON.parse(text);
  const programs = Array.isArray(written) ? written.map(currentProgram) : [undefined];
  return programs.every((program) => program !== undefined) ? programs : undefined;
}

async function replaceFile(programs: readonly Program[]): Promise<void> {
  const fresh = `${PROGRAMS_FILE}.${process.pid}`;
  await writeFile(fresh, JSON.stringify(programs));
  await rename(fresh, PROGRAMS_FILE);
}
