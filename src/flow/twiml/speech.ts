/** The defaults for whatever is spoken, and the language that it is spoken in. */

import type { Source } from "../../program/op.ts";
import type { ServedAudio } from "../language/audio.ts";
import type { Text } from "../language/text-schema.ts";
import type { Holes } from "./twiml.ts";

/** The defaults for prompts. */
export interface Speech {
  /** The flow's voice; it can differ by language. */
  voice: Text | undefined;
  /** The language tag of a call before anything changes it. */
  language: string;
  /** Whether the author named a language at all; if not, the account's default applies. */
  named: boolean;
  /** Whether a call's language can change: then prompts carry it. */
  multilingual: boolean;
  /** The audio files that the flow plays, by the names that it gives them. */
  audio: ReadonlyMap<string, ServedAudio>;
}

/** The call's language, as a source. */
export const CALL_LANGUAGE: Source = { language: true };

/** The `language` attribute of Say and Gather: the one named here, otherwise the call's own. */
export function languageOf(holes: Holes, language: string | undefined, speech: Speech): string | undefined {
  if (language !== undefined) return language;
  if (speech.multilingual) return holes.mark({ hole: CALL_LANGUAGE, as: "xml" });
  return speech.named ? speech.language : undefined;
}
