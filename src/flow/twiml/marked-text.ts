/** Texts for the builder of TwiML, with marks for their holes and a variant for each language. */

import type { Part } from "../../program/op.ts";
import { escapeXml } from "../../program/template.ts";
import { type Env, isEnv } from "../language/schema.ts";
import { splitText } from "../language/text.ts";
import type { Spoken, Text } from "../language/text-schema.ts";
import { CALL_LANGUAGE } from "./speech.ts";
import type { Holes } from "./twiml.ts";

/** A text's variants by language; undefined if one text serves all. */
export function variantsOf(text: Text | Spoken | undefined): Record<string, string> | undefined {
  return typeof text === "object" && !isEnv(text) ? text : undefined;
}

/** A part that picks among variants by the call's language; the flow's own language serves all others. */
export function byLanguage<T>(
  variants: Record<string, T>,
  language: string,
  build: (value: T, tag: string) => Part[],
): Part {
  const entries = Object.entries(variants).map(([tag, value]): [string, Part[]] => [tag, build(value, tag)]);
  const cases = Object.fromEntries(entries);
  return { pick: CALL_LANGUAGE, cases, else: cases[language] ?? entries[0]?.[1] ?? [] };
}

/** A text for the builder, with marks for its holes. */
export function markText(holes: Holes, text: Text | undefined, language: string): string | undefined {
  if (text === undefined || typeof text === "string")
    return text === undefined ? undefined : markOne(holes, text);
  if (isEnv(text)) return holes.mark({ hole: { env: text.env }, as: "xml" });
  return holes.mark(byLanguage(text, language, (one) => escapedParts(holes, one)));
}

/** A constant as the value of an attribute; an unset environment variable leaves it out. */
export function constant<T>(holes: Holes, value: T | Env): T | string {
  return isEnv(value) ? holes.mark({ hole: { env: value.env }, as: "xml" }) : value;
}

/** A text with marks for its holes, each of which is cut to `most` characters. */
export function markOne(holes: Holes, text: string, most?: number): string {
  const cut = most === undefined ? {} : { most };
  return splitText(text)
    .parts.map((part) =>
      "words" in part ? part.words : holes.mark({ hole: { expr: part.expr }, as: "xml", ...cut }),
    )
    .join("");
}

// Inside a pick the builder no longer escapes: the words are written as XML here.
function escapedParts(holes: Holes, text: string): Part[] {
  const { parts } = splitText(text);
  const escaped = parts.map((part) =>
    "words" in part ? escapeXml(part.words) : holes.mark({ hole: { expr: part.expr }, as: "xml" }),
  );
  return holes.split(escaped.join(""));
}
