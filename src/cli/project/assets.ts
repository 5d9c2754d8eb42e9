/** `.ringflow/assets`: the audio files that the Worker serves. wrangler.toml names the folder under `[assets]`. */
import { copyFile, mkdir, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AUDIO_TYPES, type ServedAudio } from "../../flow/language/audio.ts";

const FOLDER = join(".ringflow", "assets");

/**
 * Copies the files to where they are served. Files of earlier builds stay: calls that began before a deploy may still
 * play them.
 */
export async function writeAssets(audio: readonly ServedAudio[]): Promise<void> {
  // wrangler needs the folder even if it is empty.
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, "_headers"), HEADERS);
  for (const { path, url } of audio) {
    const target = join(FOLDER, url);
    // The name includes a hash of the content.
    if ((await stat(target).catch(() => undefined)) !== undefined) continue;
    await mkdir(dirname(target), { recursive: true });
    await copyFile(path, target);
  }
}

/** The folder, if it has audio: without any, the development server starts faster if it serves no assets. */
export async function assetsFolder(): Promise<string | undefined> {
  const audio = await stat(join(FOLDER, "audio")).catch(() => undefined);
  return audio && FOLDER;
}

// For Twilio's cache: the content under a name never changes.
const HEADERS = [
  "/audio/*",
  "  Cache-Control: public, max-age=31536000, immutable",
  ...Object.entries(AUDIO_TYPES).flatMap(([ending, { contentType }]) => [
    `/audio/*.${ending}`,
    `  Content-Type: ${contentType}`,
  ]),
  "",
].join("\n");

/** The original name of a served file: `/audio/welcome.3f9c1a2b.mp3` is `audio/welcome.mp3`; undefined for another URL. */
export function nameOfServed(url: string): string | undefined {
  const [, stem, ending] = /\/(audio\/.*)\.[0-9a-f]{8}(\.[a-z0-9]+)$/.exec(url) ?? [];
  return stem === undefined || ending === undefined ? undefined : stem + ending;
}
