/** Whether a value fits a schema, by the keywords that our schemas use. */

import { isMap } from "../../program/is-map.ts";
import type { JsonSchema } from "../language/mark.ts";

type Test = (schema: JsonSchema, value: unknown) => boolean;

/** What each keyword demands; one that concerns another type of value demands nothing. */
const TESTS: Readonly<Record<string, Test>> = {
  type: ({ type = "" }, value) => TYPES[type]?.(value) ?? false,
  const: (schema, value) => schema.const === value,
  enum: (schema, value) => schema.enum?.includes(value) ?? true,
  anyOf: ({ anyOf = [] }, value) => anyOf.some((one) => fits(one, value)),
  pattern: ({ pattern = "" }, value) => typeof value !== "string" || regExp(pattern).test(value),
  minLength: ({ minLength = 0 }, value) => typeof value !== "string" || hasCharacters(value, minLength),
  minimum: ({ minimum = 0 }, value) => typeof value !== "number" || value >= minimum,
  maximum: ({ maximum = 0 }, value) => typeof value !== "number" || value <= maximum,
  minItems: ({ minItems = 0 }, value) => !Array.isArray(value) || value.length >= minItems,
  items: ({ items = {} }, value) => !Array.isArray(value) || value.every((one) => fits(items, one)),
  minProperties: ({ minProperties = 0 }, value) =>
    !isMap(value) || Object.keys(value).length >= minProperties,
  required: ({ required = [] }, value) => !isMap(value) || required.every((key) => Object.hasOwn(value, key)),
};

/** Whether a text has so many characters, each of one or two code units. A long text is not taken apart for it. */
function hasCharacters(text: string, count: number): boolean {
  return text.length >= 2 * count || [...text].length >= count;
}

/** The keywords that `entryFits` reads, and those that demand nothing. */
const OTHERS = /^((patternP|additionalP|p)roperties|title|description|x-.*)$/;

/** Whether a value fits for certain: with a keyword that is not tested here, none does. */
export function fits(schema: JsonSchema, value: unknown): boolean {
  if (!Object.keys(schema).every((keyword) => meets(schema, keyword, value))) return false;
  return !isMap(value) || Object.entries(value).every(([key, one]) => entryFits(schema, key, one));
}

/** Whether a value meets one keyword of a schema, apart from those on the keys of a map. */
export function meets(schema: JsonSchema, keyword: string, value: unknown): boolean {
  return TESTS[keyword]?.(schema, value) ?? OTHERS.test(keyword);
}

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  integer: Number.isInteger,
  number: Number.isFinite,
  null: (value) => value === null,
  array: Array.isArray,
  object: isMap,
};

function entryFits(schema: JsonSchema, key: string, value: unknown): boolean {
  return entrySchemas(schema, key)?.every((one) => fits(one, value)) ?? false;
}

/** The schemas that the value of a key must fit; undefined if the map cannot have the key. */
export function entrySchemas(
  { properties = {}, ...schema }: JsonSchema,
  key: string,
): JsonSchema[] | undefined {
  const named = Object.hasOwn(properties, key) ? properties[key] : undefined;
  const patterned = Object.entries(schema.patternProperties ?? {}).flatMap(([pattern, one]) =>
    regExp(pattern).test(key) ? [one] : [],
  );
  const known = named ? [named, ...patterned] : patterned;
  if (known.length > 0) return known;
  const { additionalProperties: others = true } = schema;
  if (typeof others !== "boolean") return [others];
  return others ? [] : undefined;
}

const regExps = new Map<string, RegExp>();

/** A pattern of a schema, made once. */
export function regExp(pattern: string): RegExp {
  const known = regExps.get(pattern) ?? new RegExp(pattern, "u");
  regExps.set(pattern, known);
  return known;
}
