/**
 * Messages that were spoken into this machine's microphone, so that a flow can play them back: nothing serves Twilio's
 * recording URLs here.
 */

/** The messages of a call. */
export interface VoiceMessages {
  /** A message was spoken; it can be played at `url`, in this page. */
  spoken(url: string): void;
  /** A webhook named a recording: the message spoken last. Returns its local URL, once. */
  named(recordingUrl: string): string | undefined;
  /** The URL that plays a recording: local if it was spoken here, otherwise the recording's own. */
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
      if (url !== undefined) known.set(sidIn(recordingUrl), url);
      return url;
    },
    find: (url) => known.get(sidIn(url)) ?? url,
  };
}

/** The recording in a URL: Twilio's, with or without a file extension, or a link of the Worker's; else the URL. */
function sidIn(url: string): string {
  return /\/Recordings\/(RE[\da-f]{32})\b/i.exec(url)?.[1] ?? url.replace(/\.(mp3|wav)$/, "");
}
