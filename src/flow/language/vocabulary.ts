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
  // Kinds share many schemas, such as those of a prompt.
  const seen = new Set<JsonSchema>();
  const add = (schema: JsonSchema): void => {
    if (seen.has(schema)) return;
    seen.add(schema);
    const { properties = {}, patternProperties = {}, anyOf = [], items } = schema;
    for (const [key, below] of Object.entries(properties)) {
      addKey(key, shapesOf(below));
      add(below);
    }
    for (const below of [...Object.values(patternProperties), ...anyOf]) add(below);
    if (items) add(items);
  };
  const addKey = (key: string, shapes: readonly JsonSchema[]): void => {
    const kind = shapes.map(textKind).find((one) => one !== undefined);
    if (kind && texts.get(key) !== "sentences") texts.set(key, kind);
    const ownBelow = shapes.some(isJson) ? "all" : shapes.some(isNamed) ? "next" : undefined;
    if (ownBelow && own.get(key) !== "all") own.set(key, ownBelow);
  };
  for (const schema of schemas) add(schema);
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

const collected = new WeakMap<JsonSchema, readonly JsonSchema[]>();

/** The schemas of a value: of each branch, of a list's items, and of a text that differs by language. Collected once. */
function shapesOf(schema: JsonSchema): readonly JsonSchema[] {
  const known = collected.get(schema);
  if (known) return known;
  const { anyOf = [], items, patternProperties = {} } = schema;
  const byLanguage = patternProperties[BY_LANGUAGE];
  const inner = [...anyOf, ...(items ? [items] : []), ...(byLanguage ? [byLanguage] : [])];
  const shapes = [schema, ...inner.flatMap(shapesOf)];
  collected.set(schema, shapes);
  return shapes;
}
