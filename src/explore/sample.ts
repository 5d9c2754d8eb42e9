/** Texts that match a pattern, and texts that match none: one of each stands for all that a flow does not tell apart. */

/** Keys and words that people enter, tried before any text is made up. */
const COMMON: readonly string[] = [
  ...Array.from({ length: 16 }, (_, at) => "1234567890123456".slice(0, at + 1)),
  ...Array.from({ length: 12 }, (_, at) => "0".repeat(at + 1)),
  "01012000",
  "1200",
  "*",
  "yes",
  "Ada",
  "Ada Lovelace",
  "A1",
  "ABC123",
  "ada@example.com",
  "+14155550123",
  "2026-11-26",
  "12:00",
];

/** A text that matches a pattern as a whole; undefined if none was found. */
export function matching(pattern: string, fits: (text: string) => boolean = () => true): string | undefined {
  const whole = wholly(pattern);
  return [...COMMON, ...writtenBy(pattern)].find((text) => whole.test(text) && fits(text));
}

/** Whether a text matches a pattern as a whole. */
export function matches(pattern: string, text: string): boolean {
  return wholly(pattern).test(text);
}

function wholly(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, "iu");
}

/** Attempts to write what a simple pattern describes: the first alternative, the least repetitions. */
function writtenBy(pattern: string): string[] {
  return pattern.split("|").map((part) =>
    part
      .replace(/^\^|\$$|\(\?:|[()]/g, "")
      .replace(/\\d/g, "1")
      .replace(/\\w/g, "a")
      .replace(/\\s/g, " ")
      .replace(/\[([^\]^-])[^\]]*\]/g, "$1")
      .replace(/(.)\{(\d+)(?:,\d*)?\}/g, (_, one: string, times: string) => one.repeat(Number(times)))
      .replace(/(.)[+]/g, "$1")
      .replace(/.[*?]/g, "")
      .replace(/\\(.)/g, "$1"),
  );
}
