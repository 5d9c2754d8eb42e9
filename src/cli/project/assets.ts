/** `.ringflow/assets`: the audio files that the Worker serves. wrangler.toml names the folder under `[assets]`. */
import { copyFile, mkdir, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AUDIO_TYPES, type ServedAudio } from "../../flow/language/audio.ts";

const FOLDER = join(".ringflow", "assets");

/**
 * Copies the files to where they are served. What earlier builds left stays there: calls that began before a deploy
 * may still play it.
 */
export async function writeAssets(audio: readonly ServedAudio[]): Promise<void> {
  // wrangler wants the folder also where nothing is in it.
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, "_headers"), HEADERS);
  for (const { path, url } of audio) {
    const target = join(FOLDER, url);
    // A file under this name has this content.
    if ((await stat(target).catch(() => undefined)) !== undefined) continue;
    await mkdir(dirname(target), { recursive: true });
    await copyFile(path, target);
  }
}

// Twilio's caches go by these headers; a name never gets another content.
const HEADERS = [
  "/audio/*",
  "  Cache-Control: public, max-age=31536000, immutable",
  ...Object.entries(AUDIO_TYPES).flatMap(([ending, { contentType }]) => [
    `/audio/*.${ending}`,
    `  Content-Type: ${contentType}`,
  ]),
  "",
].join("\n");

/** What a served file is called by those who made it: `/audio/welcome.3f9c1a2b.mp3` is `audio/welcome.mp3`; undefined for another address. */
export function nameOfServed(url: string): string | undefined {
  const [, stem, ending] = /\/(audio\/.*)\.[0-9a-f]{8}(\.[a-z0-9]+)$/.exec(url) ?? [];
  return stem === undefined || ending === undefined ? undefined : stem + ending;
}
