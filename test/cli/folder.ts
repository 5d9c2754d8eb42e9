/** A project's folder that a test works in, and the terminal that it reads. */
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Writable } from "node:stream";

/** Contents by path. */
type Files = Readonly<Record<string, string | Uint8Array>>;

const folders: string[] = [];

const home = process.cwd();

/** Goes back to the project, and removes the folders. test/setup.ts calls it after each file. */
export async function leaveFolders(): Promise<void> {
  process.chdir(home);
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
}

/** A disk in memory, on systems that have one: for tests that wait for the disk hundreds of times. */
export const IN_MEMORY = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** Makes a folder with these files, by path, and goes there. */
export async function enterFolder(files: Files, parent = tmpdir()): Promise<string> {
  const folder = await makeFolder(files, parent);
  folders.push(folder);
  process.chdir(folder);
  return folder;
}

/** Makes a folder with these files, by path. The caller removes it. */
export async function makeFolder(files: Files, parent = tmpdir()): Promise<string> {
  const folder = await realpath(await mkdtemp(join(parent, "ringflow-")));
  await write(files, folder);
  return folder;
}

/** Writes files, by path, into a folder: the one that we are in if left out. */
export async function write(files: Files, folder = "."): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** A stream that keeps what is written to it, without colours. */
export function terminal(): { out: Writable; read(): string } {
  let text = "";
  const out = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  return { out, read: () => text };
}

/** A flow without findings that says `text` and hangs up. */
export const saying = (text: string): string => `steps:\n  greet:\n    say: ${text}\n    next: hangup\n`;

/** A flow that dials a number in the environment variable `DESK`. */
export const DIALS_DESK = `onError: sorry
destinations:
  desk: { env: DESK }
steps:
  reach:
    dial: { to: desk, status: { else: sorry } }
    next: hangup
  sorry:
    hangup: Nobody is here.
`;
