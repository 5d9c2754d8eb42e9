/** What of a prompt a test asks for: enough to know it by, and short enough to read. */

const MOST_CHARACTERS = 60;

/** The first sentence of a text, cut behind a word where it is long. */
export function excerpt(text: string): string {
  const sentence = /^.+?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
  const bare = sentence.replace(/[.!?,;:]+$/, "");
  if (bare.length <= MOST_CHARACTERS) return bare;
  return bare.slice(0, bare.lastIndexOf(" ", MOST_CHARACTERS)).replace(/[,;:]+$/, "");
}

/** A recording's file name: its address may differ where the test is played. */
export function fileOf(url: string): string {
  return new URL(url).pathname.split("/").at(-1) || url;
}
