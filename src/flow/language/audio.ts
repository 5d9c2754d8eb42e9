/** Audio files that flows play, and their properties. */

/** The properties of an audio file. */
export interface AudioFile {
  /** In bytes. */
  size: number;
  /** The format of its content: one of `AUDIO_TYPES`, or another word; empty if it is not audio, or too large to read. */
  format: string;
  /** Its length in seconds; 0 if it cannot be read. */
  seconds: number;
  /** A hash of its content, in hexadecimal digits. */
  hash: string;
}

/** The audio files that flows play. */
export interface Audio {
  /** The existing files, by path. */
  files: ReadonlyMap<string, AudioFile>;
  /** The paths to suggest for a missing file; can be empty if no file is missing. */
  there: readonly string[];
}

/** No audio files. */
export const NO_AUDIO: Audio = { files: new Map(), there: [] };

/** The formats that Twilio plays, by extension. TwiML Play, "Supported Audio File Types". */
export const AUDIO_TYPES: Readonly<Record<string, { format: string; contentType: string }>> = {
  mp3: { format: "mp3", contentType: "audio/mpeg" },
  wav: { format: "wav", contentType: "audio/wav" },
  aif: { format: "aiff", contentType: "audio/aiff" },
  aiff: { format: "aiff", contentType: "audio/aiff" },
  aifc: { format: "aiff", contentType: "audio/x-aifc" },
  gsm: { format: "gsm", contentType: "audio/gsm" },
  ulaw: { format: "ulaw", contentType: "audio/ulaw" },
};

/** The largest asset that Cloudflare serves: 25 MiB, in bytes. */
export const MOST_BYTES = 25 * 1024 * 1024;

/** The extension of a file name in small letters, such as `mp3`, or empty. */
export function endingOf(path: string): string {
  return /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
}

/** A file that a Program plays, and the URL at which the Worker serves it. */
export interface ServedAudio {
  /** Where it is now. */
  path: string;
  /** The path of its URL: `/audio/welcome.3f9c1a2b.mp3`. */
  url: string;
  seconds: number;
}
