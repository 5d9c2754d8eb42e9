/** The audio files of the examples in the documentation. */
import type { Audio, AudioFile } from "./audio.ts";

const FOUR_SECONDS: AudioFile = { size: 8000, format: "mp3", seconds: 4, hash: "3f9c1a2b" };

/**
 * Audio files, by their paths below `flows/`.
 * @param files how each differs from four seconds of mp3
 */
export function audioOf(files: Readonly<Record<string, Partial<AudioFile>>>): Audio {
  const entries = Object.entries(files).map(([path, file]): [string, AudioFile] => [
    `flows/${path}`,
    { ...FOUR_SECONDS, ...file },
  ]);
  return { files: new Map(entries), there: entries.map(([path]) => path) };
}
