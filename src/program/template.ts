/**
 * Text with holes. All escaping happens here: the value of a hole always stays text.
 */
import type { Escape, Link, Part, Source, Template } from "./op.ts";

/** Characters that XML 1.0 cannot contain: control characters, lone surrogates, U+FFFE and U+FFFF. */
const NOT_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
const SPECIAL = /[&<>"\t\n\r]/;
const SPECIALS = /[&<>"\t\n\r]/g;
// An attribute's line breaks and tabs would be read as spaces (XML 1.0, 3.3.3).
const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#x9;",
  "\n": "&#xA;",
  "\r": "&#xD;",
};

/** A text as XML character data or an attribute's value, without the characters that XML cannot contain. */
export function escapeXml(text: string): string {
  const clean = text.replace(NOT_XML, "");
  return SPECIAL.test(clean) ? clean.replace(SPECIALS, (character) => ENTITIES[character] ?? "") : clean;
}

/** A text as one component of a URL's path or query; empty if it has only dots. */
export function escapeUrl(text: string): string {
  // `.` and `..` climb up a path, however they are encoded (WHATWG URL, "double-dot URL path segment").
  if (/^\.+$/.test(text)) return "";
  return encodeURIComponent(text.replace(NOT_XML, "")).replace(
    /[!'()*~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const ESCAPES: Record<Escape, (text: string) => string> = {
  xml: escapeXml,
  url: escapeUrl,
  none: (text) => text,
};

/**
 * Fills a template.
 * @param read returns a hole's value as text, of at most so many characters
 * @param text is called for each text, in order with the links
 * @param link is called for each continuation URL
 */
export function render(
  parts: Template,
  read: (source: Source, most?: number) => string,
  text: (piece: string) => void,
  link: (link: Link) => void,
): void {
  for (const part of parts) {
    if (typeof part === "string") text(part);
    else if ("hole" in part) text(ESCAPES[part.as](read(part.hole, part.most)));
    else if ("pick" in part) render(variant(part, read), read, text, link);
    else if ("link" in part) link(part);
    else {
      const value = read(part.from);
      if (value !== "") text(` ${part.attribute}="${escapeXml(value)}"`);
    }
  }
}

function variant(part: Extract<Part, { pick: Source }>, read: (source: Source) => string): Template {
  const key = read(part.pick);
  return (Object.hasOwn(part.cases, key) ? part.cases[key] : undefined) ?? part.else;
}
