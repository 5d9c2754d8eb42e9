/** Reads the audio files that flows play, and no others, from the disk. */
import { glob, readFile, stat } from "node:fs/promises";
import { AUDIO_TYPES, type Audio, type AudioFile, endingOf, MOST_BYTES } from "../../flow/language/audio.ts";

/** Reads audio files; those that do not exist are left out. */
export async function readAudio(paths: readonly string[]): Promise<Audio> {
  const found = await Promise.all(
    paths.map(async (path): Promise<[string, AudioFile | undefined]> => [path, await readOne(path)]),
  );
  const files = new Map(found.flatMap(([path, file]) => (file ? [[path, file] as const] : [])));
  return { files, there: await audioAround(paths.filter((path) => !files.has(path))) };
}

/** Undefined if there is no such file. */
async function readOne(path: string): Promise<AudioFile | undefined> {
  const about = await stat(path).catch(() => undefined);
  if (!about?.isFile()) return undefined;
  const { size } = about;
  if (size > MOST_BYTES) return { size, format: "", seconds: 0, hash: "" };
  const bytes = await readFile(path);
  const { measure } = await import("./measure.ts");
  // Loaded here: it takes 10 ms, and many flows play no files.
  const { createHash } = process.getBuiltinModule("node:crypto");
  const hash = createHash("sha256").update(bytes).digest("hex");
  return { size, hash, ...(await measure(bytes, endingOf(path))) };
}

const ENDINGS = Object.keys(AUDIO_TYPES).join(",");

/** Candidates for missing files: all audio in the folders where they were expected, from the topmost on. */
async function audioAround(missing: readonly string[]): Promise<string[]> {
  const folders = missing.map((path) => path.slice(0, path.lastIndexOf("/") + 1));
  const tops = new Set(folders.map((folder) => /^(.*\/)?flows\//.exec(folder)?.[0] ?? folder));
  const there: string[] = [];
  for (const top of tops) {
    for await (const path of glob(`**/*.{${ENDINGS}}`, { cwd: top || "." }))
      there.push(top + path.replaceAll("\\", "/"));
  }
  // What has a missing file's own name is a folder, or cannot be read.
  return there.filter((path) => !missing.includes(path)).toSorted();
}
