/** `allow`: which computed numbers a dial may ring. */

/** An `allow` pattern as a regular expression: `*` stands for any digits, `?` for one. */
export function allowPattern(pattern: string): string {
  const signs: Record<string, string> = { "+": "\\+", "*": "[0-9]*", "?": "[0-9]" };
  return [...pattern].map((sign) => signs[sign] ?? sign).join("");
}

/**
 * What a number has to match to be rung. Patterns begin with a plus and a country code: an emergency or a service
 * number, which has neither, can be named in a flow but never computed.
 */
export function allowed(patterns: readonly string[]): string {
  return patterns.map(allowPattern).join("|");
}
