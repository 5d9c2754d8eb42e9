/** The order of a map's keys: that of the schema that it is written for. */
import { Exit } from "../language/exit-schema.ts";
import type { JsonSchema } from "../language/mark.ts";
import type { MapNode } from "../language/node.ts";
import { Settings } from "../model/settings.ts";
import { regExp } from "../shape/fits.ts";
import type { Kinds } from "../steps/registry.ts";

/** The schema of a flow's file: settings, then steps; in a step, its kind and then `next`. */
export function flowOrder({ all }: Kinds): JsonSchema {
  const bodies = all.map(({ name, schema }): [string, JsonSchema] => [name, schema]);
  const step: JsonSchema = {
    type: "object",
    properties: { ...Object.fromEntries(bodies), next: Exit },
  };
  const steps: JsonSchema = { type: "object", patternProperties: { "": step } };
  return { type: "object", properties: { ...Settings.properties, steps } };
}

/** The schemas that a list's items or a map's value can have. */
export function below(schemas: readonly JsonSchema[], key?: string): JsonSchema[] {
  return schemas.flatMap((schema) => {
    if (key === undefined) return schema.items ? branches(schema.items) : [];
    const own =
      schema.properties && Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined;
    if (own) return branches(own);
    const named = Object.entries(schema.patternProperties ?? {}).find(([pattern]) =>
      regExp(pattern).test(key),
    );
    return named ? branches(named[1]) : [];
  });
}

/** The branches of a schema without those below them. */
export function branches(schema: JsonSchema): JsonSchema[] {
  return schema.anyOf ? schema.anyOf.flatMap(branches) : [schema];
}

/**
 * The places of a map's pairs in the schema's order: `[1, 0]` swaps two. They stay as they are if an author chooses the
 * keys, or if a key is unknown or written twice.
 */
export function orderOf({ pairs }: MapNode, schemas: readonly JsonSchema[]): number[] {
  const keys = pairs.map(({ key }) => key.text);
  const asWritten = keys.map((_, index) => index);
  if (new Set(keys).size < keys.length) return asWritten;
  const known = schemas
    .map(namesOf)
    .find((names) => names.length > 0 && keys.every((key) => names.includes(key)));
  if (!known) return asWritten;
  const rank = (index: number): number => known.indexOf(keys[index] ?? "");
  return asWritten.toSorted((a, b) => rank(a) - rank(b));
}

/** A schema's keys: first what there must be and the rest is about, which no exit and no list is. */
function namesOf({ properties = {}, required = [] }: JsonSchema): string[] {
  const isFirst = (name: string): boolean => {
    const { "x-mark": mark, type }: JsonSchema = properties[name] ?? {};
    return required.includes(name) && mark !== "exit" && type !== "array";
  };
  const names = Object.keys(properties);
  return [...names.filter(isFirst), ...names.filter((name) => !isFirst(name))];
}
