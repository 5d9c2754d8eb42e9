/** URLs for the builder of TwiML, with marks for their holes, which are encoded. */

import type { Part, Source } from "../../program/op.ts";
import { escapeXml } from "../../program/template.ts";
import { isEnv } from "../language/schema.ts";
import { splitText, wholeHole } from "../language/text.ts";
import type { Text } from "../language/text-schema.ts";
import { byLanguage } from "./marked-text.ts";
import type { Holes } from "./twiml.ts";

/** The source of a whole URL, which can be empty: an environment variable, or Twilio's media. */
export function wholeUrl(url: Text): Source | undefined {
  if (isEnv(url)) return { env: url.env };
  const hole = typeof url === "string" ? wholeHole(url) : undefined;
  return hole && { expr: addressIn(hole.expr) };
}

/** The expression for the URL of a picture that came with a text message. */
export const PICTURE = "message.media";

/**
 * The URL of a recording or picture; the rules let no other expression be a whole URL. Twilio has no password for the
 * recording's own URL, and fetches it at some time in the call.
 */
function addressIn(expr: string): string {
  const recording = /^vars\.\w+/.exec(expr)?.[0];
  return recording === undefined ? expr : `link(${recording}, "1d")`;
}

/** A URL for the builder: holes in its path and query are encoded. */
export function markUrl(holes: Holes, url: Text | undefined, language: string): string | undefined {
  if (url === undefined) return undefined;
  if (isEnv(url)) return holes.mark({ hole: { env: url.env }, as: "xml" });
  if (typeof url === "string") return markUrlOne(holes, url);
  return holes.mark(byLanguage(url, language, (one) => holes.split(escapeXml(markUrlOne(holes, one)))));
}

/** The URL of a request: not XML, so its text is not escaped. */
export function addressParts(holes: Holes, url: string | { env: string; path?: string }): Part[] {
  if (typeof url === "string") return holes.split(markUrlOne(holes, url));
  // What the variable holds is a constant: nothing in it is encoded.
  const base: Part = { hole: { env: url.env }, as: "none" };
  return url.path === undefined ? [base] : [base, ...holes.split(markUrlOne(holes, url.path))];
}

function markUrlOne(holes: Holes, url: string): string {
  const hole = wholeHole(url);
  if (hole) return holes.mark({ hole: { expr: addressIn(hole.expr) }, as: "xml" });
  return splitText(url)
    .parts.map((part) =>
      "words" in part ? part.words : holes.mark({ hole: { expr: part.expr }, as: "url" }),
    )
    .join("");
}
