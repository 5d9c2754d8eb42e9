/** The type that an expression must have, by its place. */
import type { Problem } from "../language/diagnostic.ts";
import type { Written } from "./expressions.ts";

/** CEL types that can become part of a text. */
const TEXTUAL = new Set(["string", "int", "double", "bool", "dyn"]);
/** CEL's names of types → this language's. */
const WORDS: Record<string, string> = {
  double: "number",
  "list<dyn>": "list",
  "map<string, dyn>": "map",
  null: "null",
};

/** How to turn a value into text. */
const PARTS: Record<string, string> = {
  recording: "; name one of its fields, such as .seconds",
  list: "; use one entry, such as [0], or join all with .join(', ')",
  map: "; name one of its fields",
  time: "; name one of its fields, such as .hour",
};

/** The name of a CEL type in this language. */
export function typeName(celType: string): string {
  if (celType.startsWith("$vars.") || celType === "Recording") return "recording";
  if (celType.startsWith("$")) return "map";
  if (celType === "Moment") return "time";
  return WORDS[celType] ?? celType.replace(/<.*>$/, "");
}

/** A type with its article: "an int". */
export function aType(name: string): string {
  return /^[aeiou]/.test(name) ? `an ${name}` : `a ${name}`;
}

/** The problem with the type of an expression, if any. */
export function asWanted({ gives, mark, text }: Written, type: string): Problem<"type-mismatch"> | undefined {
  if (gives === undefined) return undefined;
  const name = typeName(type);
  if (gives === "text") {
    if (TEXTUAL.has(type)) return undefined;
    const advice = PARTS[name] ?? "";
    return { code: "type-mismatch", message: `\`${text}\` is ${aType(name)}, not a text${advice}` };
  }
  if (type === gives || type === "dyn") return undefined;
  const where =
    mark.mark === "destination" ? "a destination must be a text" : `it must be ${wordsFor(gives)}`;
  return { code: "type-mismatch", message: `\`${text}\` gives ${aType(name)}; ${where}` };
}

function wordsFor(type: string): string {
  return type === "bool" ? "true or false" : aType(typeName(type));
}
