/** Plays recorded prompts: an audio element. */
import { whileItSounds } from "./mute.ts";
import { type Sounding, sounding, stillness } from "./sounding.ts";

/** The silence that replaces a recording that is not fetched. */
const SECONDS_UNHEARD = 3;

/**
 * Plays a recording, `loop` times (0: forever). One on another host is fetched only if `isAllowed`; a short silence
 * replaces one that is not fetched or cannot be played.
 */
export function playRecording(
  url: string,
  loop: number,
  manner: { isMuted: boolean; isAllowed: boolean },
): Sounding {
  const isOwn = /^blob:/.test(url) || new URL(url, location.href).origin === location.origin;
  if (!isOwn && !manner.isAllowed) return stillness(SECONDS_UNHEARD);
  return sounding((end) => {
    const audio = new Audio(url);
    let left = loop === 0 ? Number.POSITIVE_INFINITY : loop;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const fail = (): void => {
      timer ??= setTimeout(end, SECONDS_UNHEARD * 1000);
    };
    audio.muted = manner.isMuted;
    audio.onended = () => (--left > 0 ? void audio.play().catch(fail) : end());
    audio.onerror = fail;
    audio.play().catch(fail);
    const forget = whileItSounds(() => {
      audio.muted = true;
    });
    return () => {
      forget();
      clearTimeout(timer);
      audio.onended = audio.onerror = null;
      audio.pause();
      audio.removeAttribute("src");
    };
  });
}
