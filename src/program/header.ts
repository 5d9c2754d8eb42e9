/** Header values, which the checker looks at and the engine encodes. */

/** What fetch throws at in a header's value: characters beyond Latin-1, line breaks and other control characters. */
export const NOT_IN_HEADERS = /[^\t\x20-\x7e\xa0-\xff]+/;

const ALL = new RegExp(NOT_IN_HEADERS, "g");

/** A text as the value of a header: what cannot be in one is percent-encoded, as UTF-8. */
export function headerValue(text: string): string {
  return text.toWellFormed().trim().replace(ALL, encodeURIComponent);
}
