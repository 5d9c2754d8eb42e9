/** Texts that are too long for Twilio. */

/** Twilio, Messages resource: the characters of a message's body. */
export const MOST_MESSAGE = 1600;

// Twilio drops a text that is too long, so that the caller would hear or read nothing.
/**
 * A text with at most so many characters, cut at the end of a word if there is one in its second half. A character is
 * never cut in half.
 */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const start = text.slice(0, most).replace(/[\uD800-\uDBFF]$/, "");
  // A word that ends exactly at the limit stays.
  if (/\s/.test(text.charAt(most))) return start.trimEnd();
  const blank = Math.max(start.lastIndexOf(" "), start.lastIndexOf("\n"));
  return blank < most / 2 ? start : start.slice(0, blank).trimEnd();
}
