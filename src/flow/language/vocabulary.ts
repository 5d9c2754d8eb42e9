/** What the keys of a language say of the texts behind them, derived from its schemas. */
import type { JsonSchema, TextKind } from "./mark.ts";
import { BY_LANGUAGE } from "./schema.ts";

/** What is known of a language's keys, wherever they are in a file. */
export interface Vocabulary {
  /** What the texts behind a key are; names, numbers and settings have no entry. */
  texts: ReadonlyMap<string, TextKind>;
  /** Keys below which authors name the keys themselves: those of the next map, or of everything below. */
  own: ReadonlyMap<string, "next" | "all">;
}

/** The vocabulary of a file of which nothing is known. */
export const NO_VOCABULARY: Vocabulary = { texts: new Map(), own: new Map() };

/** The vocabulary of the keys that these schemas know, at any depth. */
export function vocabularyOf(schemas: readonly JsonSchema[]): Vocabulary {
  const texts = new Map<string, TextKind>();
  const own = new Map<string, "next" | "all">();
  for (const [key, schema] of schemas.flatMap(keysIn)) {
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

/** Every key below a schema, with its own schema. */
function keysIn(schema: JsonSchema): [key: string, schema: JsonSchema][] {
  return shapesOf(schema).flatMap(({ properties = {}, patternProperties = {} }) => [
    ...Object.entries(properties).flatMap(([key, below]): [string, JsonSchema][] => [
      [key, below],
      ...keysIn(below),
    ]),
    ...Object.values(patternProperties).flatMap(keysIn),
  ]);
}

/** The shapes that a value may have: of each branch, of a list's items, and of a text that differs by language. */
function shapesOf(schema: JsonSchema): JsonSchema[] {
  const { anyOf = [], items, patternProperties = {} } = schema;
  const byLanguage = patternProperties[BY_LANGUAGE];
  const inner = [...anyOf, ...(items ? [items] : []), ...(byLanguage ? [byLanguage] : [])];
  return [schema, ...inner.flatMap(shapesOf)];
}
