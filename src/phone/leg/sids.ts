/**
 * Identifiers in Twilio's form. They are derived from a seed, so that a replayed call is identical to the last digit.
 */

/** Makes identifiers: a prefix such as `CA`, and 32 hexadecimal digits. */
export type Sids = (prefix: string) => string;

/** A source of identifiers: the same seed gives the same ones in the same order. */
export function sidsFrom(seed: string): Sids {
  let count = 0;
  return (prefix) => {
    count++;
    let digits = "";
    for (let part = 0; part < 4; part++) digits += hash(`${part}:${count}:${prefix}:${seed}`);
    return prefix + digits;
  };
}

/** FNV-1a with murmur3's finalizer, as eight hexadecimal digits: it needs to spread well, not to be secret. */
function hash(text: string): string {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  sum = Math.imul(sum ^ (sum >>> 16), 0x85ebca6b);
  sum = Math.imul(sum ^ (sum >>> 13), 0xc2b2ae35);
  return ((sum ^ (sum >>> 16)) >>> 0).toString(16).padStart(8, "0");
}
