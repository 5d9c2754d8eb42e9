/** Which of the browser's voices reads a prompt. */

/** What is known of a voice: `SpeechSynthesisVoice` has it all. */
interface VoiceLike {
  lang: string;
  default: boolean;
  /** Whether it speaks without asking a service on the network. */
  localService: boolean;
}

/**
 * A voice for a language tag: the same language and region if there is one, else the same language. Only voices of
 * this machine, so that prompts are not sent anywhere. Undefined if there is none.
 */
export function voiceFor<V extends VoiceLike>(voices: readonly V[], language: string): V | undefined {
  const own = voices.filter(({ localService }) => localService);
  const wanted = plain(language);
  const base = wanted.split("-", 1)[0] ?? "";
  const same = own.filter(({ lang }) => plain(lang) === wanted);
  const near = own.filter(({ lang }) => plain(lang).split("-", 1)[0] === base);
  return preferred(same) ?? preferred(near);
}

function preferred<V extends VoiceLike>(voices: readonly V[]): V | undefined {
  return voices.find((voice) => voice.default) ?? voices[0];
}

// Android writes en_US.
function plain(tag: string): string {
  return tag.replace("_", "-").toLowerCase();
}
