/** The part of a prompt that a test expects: enough to recognize it, short enough to read. */

const MOST_CHARACTERS = 60;

/** The first sentence of a text, cut after a word if it is long. */
export function excerpt(text: string): string {
  const sentence = /^.+?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
  const bare = sentence.replace(/[.!?,;:]+$/, "");
  if (bare.length <= MOST_CHARACTERS) return bare;
  return bare.slice(0, bare.lastIndexOf(" ", MOST_CHARACTERS)).replace(/[,;:]+$/, "");
}

/** A recording's file name: its URL may differ when the test is played. */
export function fileOf(url: string): string {
  return new URL(url).pathname.split("/").at(-1) || url;
}
