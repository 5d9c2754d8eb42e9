/** `allow`: which computed numbers a dial may ring. */

/** An `allow` pattern as a regular expression: `*` stands for any digits, `?` for one. */
export function allowPattern(pattern: string): string {
  const signs: Record<string, string> = { "+": "\\+", "*": "[0-9]*", "?": "[0-9]" };
  return [...pattern].map((sign) => signs[sign] ?? sign).join("");
}

/** What a number has to match to be rung; one of no digits at all is never rung. */
export function allowed(patterns: readonly string[]): string {
  return `(?=.)(?:${patterns.map(allowPattern).join("|")})`;
}
