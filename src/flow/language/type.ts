/**
 * Builds schemas: plain JSON Schema whose TypeScript type says which values fit. The library for this, TypeBox, is
 * nearly four hundred modules, and every command would load them.
 */
import type { JsonSchema } from "./mark.ts";

/** A schema of values of this type. */
export interface Schema<T = unknown> extends JsonSchema {
  /** Only a type: no schema has this key. */
  "~static"?: T;
}

/** The values that fit a schema. */
export type Static<S extends Schema> = S extends { "~static"?: infer T } ? T : never;

/** The other keywords of a map's schema. */
export type MapOptions = Omit<JsonSchema, "properties">;

/** The schemas of a map's keys. */
export type Properties = Readonly<Record<string, Schema>>;

/** The schema of a key that a map can leave out. */
export type OptionalSchema<S extends Schema = Schema> = S & { "x-optional": true };

/** The schema of a map with known keys. */
export interface MapSchema<P extends Properties> extends Schema<StaticMap<P>> {
  properties: P;
}

type OptionalKey<P extends Properties> = {
  [Key in keyof P]: P[Key] extends OptionalSchema ? Key : never;
}[keyof P];

type StaticMap<P extends Properties> = { [Key in Exclude<keyof P, OptionalKey<P>>]: Static<P[Key]> } & {
  [Key in OptionalKey<P>]?: Static<P[Key]>;
} extends infer T
  ? { [Key in keyof T]: T[Key] }
  : never;

/** The builders of schemas, by what they build. Other keywords of a schema are its `options`. */
export const Type = {
  String: (options: JsonSchema = {}): Schema<string> => ({ type: "string", ...options }),

  Number: (options: JsonSchema = {}): Schema<number> => ({ type: "number", ...options }),

  Integer: (options: JsonSchema = {}): Schema<number> => ({ type: "integer", ...options }),

  Boolean: (options: JsonSchema = {}): Schema<boolean> => ({ type: "boolean", ...options }),

  Null: (options: JsonSchema = {}): Schema<null> => ({ type: "null", ...options }),

  /** This value. */
  Literal: <const T extends string | number | boolean>(value: T, options: JsonSchema = {}): Schema<T> => ({
    const: value,
    ...options,
  }),

  /** A list. */
  Array: <S extends Schema>(items: S, options: JsonSchema = {}): Schema<Static<S>[]> => ({
    type: "array",
    items,
    ...options,
  }),

  /** A map with known keys, and others. `Keys` refuses others. */
  Object<P extends Properties>(properties: P, options: MapOptions = {}): MapSchema<P> {
    const required = Object.keys(properties).filter((key) => properties[key]?.["x-optional"] !== true);
    return { type: "object", ...(required.length > 0 && { required }), properties, ...options };
  },

  /** A map whose keys the author chooses. */
  Record: <S extends Schema>(
    { pattern = "^.*$" }: Schema<string>,
    value: S,
    options: JsonSchema = {},
  ): Schema<Record<string, Static<S>>> => ({
    type: "object",
    patternProperties: { [pattern]: value },
    ...options,
  }),

  /** A value that fits one of these. */
  Union: <S extends Schema[]>(anyOf: [...S], options: JsonSchema = {}): Schema<Static<S[number]>> => ({
    anyOf,
    ...options,
  }),

  /** The schema of a key that a map can leave out. */
  Optional: <S extends Schema>(schema: S): OptionalSchema<S> => ({ ...schema, "x-optional": true }),

  /** A schema whose type cannot be worked out of it. */
  Unsafe: <T>(schema: JsonSchema): Schema<T> => ({ ...schema }),
};
