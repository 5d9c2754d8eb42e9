/**
 * Messages that were spoken into this machine's microphone, so that a flow that plays one back is heard: Twilio's
 * address of a recording is one that nothing answers here.
 */

/** The messages of a call. */
export interface VoiceMessages {
  /** A message was spoken; it can be played at `url`, in this page. */
  spoken(url: string): void;
  /** A webhook told of a recording: the message that was spoken last. Gives where that can be played, once. */
  named(recordingUrl: string): string | undefined;
  /** Where a recording can be played: here if it was spoken here, else where it says. */
  find(url: string): string;
}

/** No messages yet. */
export function newVoiceMessages(): VoiceMessages {
  const known = new Map<string, string>();
  let latest: string | undefined;
  return {
    spoken: (url) => {
      latest = url;
    },
    named: (recordingUrl) => {
      const url = latest;
      latest = undefined;
      if (url !== undefined) known.set(recordingUrl, url);
      return url;
    },
    // Twilio serves a recording as it is, and with the ending of a format behind it.
    find: (url) => known.get(url.replace(/\.(mp3|wav)$/, "")) ?? url,
  };
}
