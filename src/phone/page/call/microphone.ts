/** Records a message with this machine's microphone. */

/** A recording that runs until it is stopped. */
export interface MicrophoneRecording {
  /** Ends it. Returns its length in whole seconds, at least 1, and a local URL. */
  stop(): Promise<{ seconds: number; url: string }>;
}

/** Whether the browser can record at all. */
export function hasMicrophone(): boolean {
  return typeof MediaRecorder !== "undefined" && navigator.mediaDevices !== undefined;
}

/** Begins a recording. Rejects if the microphone is missing or not allowed. */
export async function recordMicrophone(): Promise<MicrophoneRecording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream);
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const began = performance.now();
  recorder.start();
  return {
    stop: async () => {
      const seconds = Math.max(1, Math.round((performance.now() - began) / 1000));
      const stopped = new Promise((resolve) => recorder.addEventListener("stop", resolve, { once: true }));
      recorder.stop();
      await stopped;
      for (const track of stream.getTracks()) track.stop();
      return { seconds, url: URL.createObjectURL(new Blob(parts, { type: recorder.mimeType })) };
    },
  };
}
