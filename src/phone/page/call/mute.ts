/** Tracks what is audible, so that it can be muted at once. */

const sounding = new Set<() => void>();

/** `silence` mutes something that sounds; gives back what to do at its end. */
export function whileItSounds(silence: () => void): () => void {
  sounding.add(silence);
  return () => sounding.delete(silence);
}

/** Mutes everything that sounds. The call continues without sound. */
export function muteNow(): void {
  for (const silence of sounding) silence();
}
