/** The format and length of audio files. */
import { parseBuffer } from "music-metadata";
import type { AudioFile } from "../../flow/language/audio.ts";

/** music-metadata's names for the formats that Twilio plays. */
const FORMATS: Readonly<Record<string, string>> = {
  MPEG: "mp3",
  WAVE: "wav",
  AIFF: "aiff",
  "AIFF-C": "aiff",
};

/** What a file's content shows. */
type Measured = Pick<AudioFile, "format" | "seconds">;

const NOTHING: Measured = { format: "", seconds: 0 };

/**
 * Reads an audio file. Never throws: a file that is not audio has no format and no length.
 * @param ending of the file's name, the only sign of a format without a header: `ulaw`
 */
export async function measure(bytes: Uint8Array, ending: string): Promise<Measured> {
  return BARE[ending]?.(bytes) ?? (await readHead(bytes));
}

/** Formats without a header, at 8,000 samples a second; undefined if the file has a header. */
const BARE: Readonly<Record<string, (bytes: Uint8Array) => Measured | undefined>> = {
  ulaw: (bytes) => (hasHead(bytes) ? undefined : { format: "ulaw", seconds: bytes.length / 8000 }),
  // GSM 06.10: 33 bytes are 20 ms, and each such frame begins with the bits 1101.
  gsm: (bytes) =>
    bytes.every((byte, at) => at % 33 !== 0 || byte >> 4 === 0xd)
      ? { format: "gsm", seconds: (bytes.length / 33) * 0.02 }
      : undefined,
};

// RIFF's "RIFF", AIFF's "FORM".
function hasHead(bytes: Uint8Array): boolean {
  return ["RIFF", "FORM"].includes(String.fromCharCode(...bytes.subarray(0, 4)));
}

async function readHead(bytes: Uint8Array): Promise<Measured> {
  try {
    const { format } = await parseBuffer(bytes, undefined, { duration: true, skipCovers: true });
    const { container = "", duration = 0 } = format;
    return { format: FORMATS[container] ?? container, seconds: duration };
  } catch {
    return NOTHING;
  }
}
