/** What a request sends, as sources: texts with holes become expressions, everything else stays what it is. */

import type { Json, Source } from "../program/program.ts";
import { isEnv } from "./language/schema.ts";
import { textExpression, wholeHole } from "./language/text.ts";

/** A text that is sent: its holes are filled when the request is made. */
export function textSource(text: string | { env: string }): Source {
  if (isEnv(text)) return { env: text.env };
  const hole = wholeHole(text);
  if (hole) return { expr: hole.expr };
  return text.includes("{{") ? { expr: textExpression(text) } : { value: text };
}

/** A JSON value that is sent: what holds no hole stays one constant. */
export function jsonSource(value: Json): Source {
  if (typeof value === "string") return textSource(value);
  if (isEnv(value)) return { env: value.env };
  if (typeof value !== "object" || value === null || !holdsHole(value)) return { value };
  if (Array.isArray(value)) return { list: value.map(jsonSource) };
  return { map: Object.fromEntries(Object.entries(value).map(([key, one]) => [key, jsonSource(one)])) };
}

function holdsHole(value: Json): boolean {
  if (typeof value === "string") return value.includes("{{");
  if (typeof value !== "object" || value === null) return false;
  return isEnv(value) || Object.values(value).some(holdsHole);
}
