/** The vocabulary of a language: what its keys say about their texts, derived from its schemas. */
import type { JsonSchema, TextKind } from "./mark.ts";
import { BY_LANGUAGE } from "./schema.ts";

/** The known keys of a language, at any depth. */
export interface Vocabulary {
  /** The use of the texts of a key; names, numbers and settings have no entry. */
  texts: ReadonlyMap<string, TextKind>;
  /** Keys below which authors name the keys themselves: those of the next map, or of everything below. */
  own: ReadonlyMap<string, "next" | "all">;
}

/** The vocabulary of an unknown file. */
export const NO_VOCABULARY: Vocabulary = { texts: new Map(), own: new Map() };

/** The vocabulary of the keys that these schemas know, at any depth. */
export function vocabularyOf(schemas: readonly JsonSchema[]): Vocabulary {
  const texts = new Map<string, TextKind>();
  const own = new Map<string, "next" | "all">();
  const seen = new Set<object>();
  for (const [key, schema] of schemas.flatMap((one) => keysIn(one, seen))) {
    const shapes = shapesOf(schema);
    const kind = shapes.map(textKind).find((one) => one !== undefined);
    if (kind && texts.get(key) !== "sentences") texts.set(key, kind);
    const ownBelow = shapes.some(isJson) ? "all" : shapes.some(isNamed) ? "next" : undefined;
    if (ownBelow && own.get(key) !== "all") own.set(key, ownBelow);
  }
  return { texts, own };
}

function isJson(schema: JsonSchema): boolean {
  return schema["x-mark"] === "json" || schema["x-mark"] === "argument";
}

function isNamed({ patternProperties = {} }: JsonSchema): boolean {
  return Object.keys(patternProperties).some((pattern) => pattern !== BY_LANGUAGE);
}

function textKind(schema: JsonSchema): TextKind | undefined {
  return schema["x-mark"] === "expression" ? "expression" : schema["x-text"];
}

/**
 * Every key below a schema, with its own schema.
 * @param seen the maps of keys that were collected already: kinds share many, such as those of a prompt
 */
function keysIn(schema: JsonSchema, seen: Set<object>): [key: string, schema: JsonSchema][] {
  return shapesOf(schema).flatMap(({ properties = {}, patternProperties = {} }) => [
    ...fresh(properties, seen).flatMap(([key, below]): [string, JsonSchema][] => [
      [key, below],
      ...keysIn(below, seen),
    ]),
    ...fresh(patternProperties, seen).flatMap(([, below]) => keysIn(below, seen)),
  ]);
}

function fresh(keys: Readonly<Record<string, JsonSchema>>, seen: Set<object>): [string, JsonSchema][] {
  if (seen.has(keys)) return [];
  seen.add(keys);
  return Object.entries(keys);
}

/** The schemas of a value: of each branch, of a list's items, and of a text that differs by language. */
function shapesOf(schema: JsonSchema): JsonSchema[] {
  const { anyOf = [], items, patternProperties = {} } = schema;
  const byLanguage = patternProperties[BY_LANGUAGE];
  const inner = [...anyOf, ...(items ? [items] : []), ...(byLanguage ? [byLanguage] : [])];
  return [schema, ...inner.flatMap(shapesOf)];
}
