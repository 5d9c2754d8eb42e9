/** Writes files that must not exist yet. */
import { mkdir, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { Problem } from "../problem.ts";

/**
 * Writes all files, or none.
 * @throws Problem if one of them exists
 */
export async function writeNew(files: ReadonlyMap<string, string>): Promise<void> {
  for (const path of files.keys())
    if (await exists(path))
      throw new Problem(`${path} exists already. Remove it, or choose another folder with --out.`);
  for (const [path, text] of files) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: "wx" });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
