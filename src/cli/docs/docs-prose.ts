/** Pages of prose with generated parts. */
import { readFile } from "node:fs/promises";

/** What replaces \`<!-- name -->\` on a page. */
export type Parts = Readonly<Record<string, () => string>>;

/** The text of a page in this folder, with its parts filled in. */
export async function filled(file: string, parts: Parts): Promise<string> {
  const prose = await readFile(new URL(file, import.meta.url), "utf8");
  return prose.replace(/^<!-- ([a-z]+) -->$/gm, (_marker, name) => {
    const part = parts[name];
    if (!part) throw new Error(`${file} contains an unknown part "${name}"`);
    return part().trimEnd();
  });
}
