/**
 * What the grammar's tables are made of: the shape of a TwiML element and the kinds of its attributes, as plain
 * data, and the check of one attribute's value.
 */

/** Twilio's code for what its schema does not know: a warning, and the document continues without it. */
export const SCHEMA_WARNING = 12200;

/** An attribute's kind, and Twilio's code for a value that is not of it. */
type Attribute = { code: number } & (
  | { kind: "text"; max: number }
  | { kind: "url" }
  | { kind: "flag" }
  | { kind: "whole"; min: number; max: number }
  | { kind: "one"; of: readonly string[] }
  | { kind: "some"; of: readonly string[] }
  | { kind: "shaped"; like: RegExp; as: string }
);

/** The allowed content of an element. */
export interface Shape {
  attributes: Readonly<Record<string, Attribute>>;
  children?: Readonly<Record<string, Shape>>;
  /** Text is allowed in it. */
  text?: true;
  /** Twilio's code for an element in it that is not one of `children`; 12200 if left out. */
  nesting?: number;
}

/** Any text of at most `max` characters. */
export function text(max = 4000, code = SCHEMA_WARNING): Attribute {
  return { kind: "text", max, code };
}

/** A relative or absolute URL. */
export function url(code = SCHEMA_WARNING): Attribute {
  return { kind: "url", code };
}

/** `true` or `false`. */
export function flag(code = SCHEMA_WARNING): Attribute {
  return { kind: "flag", code };
}

/** A whole number from `min` to `max`. */
export function whole(min: number, max: number, code = SCHEMA_WARNING): Attribute {
  return { kind: "whole", min, max, code };
}

/** One of the words in `words`, which are separated by spaces. */
export function one(words: string, code = SCHEMA_WARNING): Attribute {
  return { kind: "one", of: words.split(" "), code };
}

/** One or more of the words in `words`, separated by spaces. */
export function some(words: string, code = SCHEMA_WARNING): Attribute {
  return { kind: "some", of: words.split(" "), code };
}

/** A text that `like` matches as a whole; `as` says in words what that is. */
export function shaped(like: RegExp, as: string, code = SCHEMA_WARNING): Attribute {
  return { kind: "shaped", like, as, code };
}

/** What is wrong with a value, as the end of a sentence ("is not …"); undefined if nothing is. */
export function faultOf(attribute: Attribute, value: string): string | undefined {
  switch (attribute.kind) {
    case "text":
      return value.length > attribute.max ? `is longer than ${attribute.max} characters` : undefined;
    case "url":
      return isUrl(value) ? undefined : "is not a URL";
    case "flag":
      return value === "true" || value === "false" ? undefined : "is not true or false";
    case "whole":
      return faultOfWhole(attribute.min, attribute.max, value);
    case "one":
      return attribute.of.includes(value) ? undefined : `is not one of: ${attribute.of.join(", ")}`;
    case "some":
      return faultOfList(attribute.of, value);
    case "shaped":
      return attribute.like.test(value) ? undefined : `is not ${attribute.as}`;
  }
}

/** Whether a text can be resolved as a relative or absolute URL; an empty one is the document's own. */
export function isUrl(value: string): boolean {
  return !/\s/.test(value) && URL.canParse(value, "https://base.example");
}

function faultOfWhole(min: number, max: number, value: string): string | undefined {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : -1;
  return number < min || number > max ? `is not a whole number from ${min} to ${max}` : undefined;
}

function faultOfList(words: readonly string[], value: string): string | undefined {
  const stranger = value.split(" ").find((word) => !words.includes(word));
  if (stranger === undefined) return undefined;
  return `contains ${JSON.stringify(stranger)}, which is not one of: ${words.join(", ")}`;
}
