/** Audio files that flows play from beside themselves: what is known of them. */

/** What is known of an audio file. */
export interface AudioFile {
  /** In bytes. */
  size: number;
  /** The format of its content: one of `AUDIO_TYPES`, or another word; empty if it is not audio, or too large to read. */
  format: string;
  /** How long it takes; 0 where that cannot be read. */
  seconds: number;
  /** Hexadecimal digits that stand for its content. */
  hash: string;
}

/** The audio files that flows play. */
export interface Audio {
  /** Those that are there, by path. */
  files: ReadonlyMap<string, AudioFile>;
  /** The paths of all that one of them could be meant by; may be left empty where none is missing. */
  there: readonly string[];
}

/** No audio file at all. */
export const NO_AUDIO: Audio = { files: new Map(), there: [] };

/** What Twilio plays, by a name's ending. TwiML Play, "Supported Audio File Types". */
export const AUDIO_TYPES: Readonly<Record<string, { format: string; contentType: string }>> = {
  mp3: { format: "mp3", contentType: "audio/mpeg" },
  wav: { format: "wav", contentType: "audio/wav" },
  aif: { format: "aiff", contentType: "audio/aiff" },
  aiff: { format: "aiff", contentType: "audio/aiff" },
  aifc: { format: "aiff", contentType: "audio/x-aifc" },
  gsm: { format: "gsm", contentType: "audio/gsm" },
  ulaw: { format: "ulaw", contentType: "audio/ulaw" },
};

/** Cloudflare serves no larger asset: 25 MiB, in bytes. */
export const MOST_BYTES = 25 * 1024 * 1024;

/** The ending of a file's name, in small letters: `mp3`; empty where it has none. */
export function endingOf(path: string): string {
  return /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
}

/** A file that a Program plays, and where the Worker has to serve it. */
export interface ServedAudio {
  /** Where it is now. */
  path: string;
  /** The address behind the Worker's host: `/audio/welcome.3f9c1a2b.mp3`. */
  url: string;
  seconds: number;
}
