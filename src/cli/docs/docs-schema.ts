/** JSON Schema in words, for the tables of the language page and of the kinds' pages. */

import { CONSTANT } from "../../flow/language/schema.ts";
import type { AnyKind } from "../../flow/steps/kind.ts";
import { table } from "./docs-markdown.ts";

/** The part of a JSON Schema that the tables describe. */
interface Schema {
  title?: string;
  type?: string;
  enum?: readonly unknown[];
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  required?: string[];
  minimum?: number;
  maximum?: number;
  "x-says"?: string;
}

/** A key of a map: its value in words, and whether it is required. */
interface KeyDoc {
  name: string;
  value: string;
  required: boolean;
}

/** Sections of the language page that describe a value. */
const SECTIONS: Record<string, string> = {
  prompt: "prompts",
  "prompt, or { step }": "prompts",
  "prompts by attempt": "prompts",
  exit: "steps-and-exits",
  expression: "expressions",
  destination: "destinations",
};

/**
 * The keys of a schema's maps, in their order; none if it has no map.
 * @param language the link to the language page; empty on that page itself
 */
export function keysOf(schema: object, language = ""): KeyDoc[] {
  const keys = new Map<string, KeyDoc>();
  for (const map of mapsIn(dataOf(schema))) {
    for (const [name, value] of Object.entries(map.properties ?? {})) {
      const required = map.required?.includes(name) ?? false;
      if (!keys.has(name)) keys.set(name, { name, value: wordsFor(value, language), required });
    }
  }
  return [...keys.values()];
}

/** The keys of a kind that its `keys` do not describe. */
export function undocumentedKeys({ schema, keys }: Pick<AnyKind, "schema" | "keys">): string[] {
  return keysOf(schema).flatMap(({ name }) => (Object.hasOwn(keys, name) ? [] : [name]));
}

/** A table of keys, with what each is for. */
export function keyTable(keys: readonly KeyDoc[], texts: Readonly<Record<string, string>>): string {
  const rows = keys.map(({ name, value, required }) => {
    return [`\`${name}\``, value, `${texts[name] ?? ""}${required ? " **Required.**" : ""}`];
  });
  return table(["key", "value", "what it is for"], rows);
}

/** The values of a schema in words, one for each alternative; none for a map whose keys say it all. */
export function takes(schema: object, language: string): string[] {
  const data = dataOf(schema);
  if (data.title !== undefined) return [wordsFor(data, language)];
  if (data.anyOf) return data.anyOf.map((one) => wordsFor(one, language));
  const { properties: _named, ...rest } = data;
  return data.type === "object" && !data.patternProperties ? [] : [wordsFor(rest, language)];
}

/** The keys of a schema's maps that hold exits, in their order. */
export function exitKeysOf(schema: object): string[] {
  const keys = mapsIn(dataOf(schema)).flatMap(({ properties = {} }) =>
    Object.entries(properties).flatMap(([name, value]) => (holdsExit(value) ? [name] : [])),
  );
  return [...new Set(keys)];
}

/** The outcomes that a kind's `status` can name, without `else`; none if it takes any name. */
export function outcomesOf(schema: object): string[] {
  const { properties = {} } = dataOf(schema);
  return Object.keys(properties.status?.properties ?? {}).filter((outcome) => outcome !== "else");
}

function holdsExit({ title, anyOf = [], properties = {}, patternProperties = {} }: Schema): boolean {
  const within = [...anyOf, ...Object.values(properties), ...Object.values(patternProperties)];
  return title === "exit" || within.some(holdsExit);
}

const read = new WeakMap<object, Schema>();

// As JSON, a schema is plain data, without the builder's types.
function dataOf(schema: object): Schema {
  const known = read.get(schema);
  if (known) return known;
  const data: Schema = JSON.parse(JSON.stringify(schema));
  read.set(schema, data);
  return data;
}

function mapsIn(schema: Schema): Schema[] {
  // A schema with a title has a section of its own.
  if (schema.title !== undefined) return [];
  if (schema.anyOf) return schema.anyOf.flatMap(mapsIn);
  if (schema.type === "array" && schema.items) return mapsIn(schema.items);
  return schema.properties ? [schema] : [];
}

/** The values that a schema takes, in a few words of Markdown. */
function wordsFor(schema: Schema, language: string): string {
  const { title, anyOf } = schema;
  if (title !== undefined)
    return Object.hasOwn(SECTIONS, title) ? `[${title}](${language}#${SECTIONS[title]})` : title;
  // Nearly every value can be an environment variable: the page says so once.
  const written = anyOf?.filter((one) => one.title !== CONSTANT);
  if (written) return [...new Set(written.map((one) => wordsFor(one, language)))].join(" or ");
  if (schema.enum) return schema.enum.map((word) => `\`${word}\``).join(", ");
  if (schema["x-says"] && schema.type === "string") return escaped(schema["x-says"]);
  return ofType(schema, language);
}

/** A text with Markdown's special characters escaped. */
function escaped(text: string): string {
  return text.replace(/[*_|<]/g, "\\$&");
}

function ofType(schema: Schema, language: string): string {
  switch (schema.type) {
    case "boolean":
      return "`true`, `false`";
    case "integer":
      return `whole number${bounds(schema)}`;
    case "array":
      return `list, each ${wordsFor(schema.items ?? {}, language)}`;
    case "object":
      return mapOf(schema, language);
    case "null":
      return "nothing";
    default:
      return schema.type === "string" ? "text" : "value";
  }
}

function bounds({ minimum, maximum }: Schema): string {
  if (minimum !== undefined && maximum !== undefined) return `, ${minimum} to ${maximum}`;
  return minimum === undefined ? "" : `, ${minimum} or more`;
}

function mapOf(
  { properties, patternProperties = {}, "x-says": says = "names" }: Schema,
  language: string,
): string {
  const [below] = Object.values(patternProperties);
  if (!properties) return below ? `map: ${escaped(says)} → ${wordsFor(below, language)}` : "map";
  const names = Object.keys(properties).map((name) => `\`${name}\``);
  const values = new Set(Object.values(properties).map((one) => wordsFor(one, language)));
  // If all keys take the same values, they are shown here; if not, the text next to it describes them.
  return `map of ${names.join(", ")}${values.size === 1 ? ` → ${[...values][0]}` : ""}`;
}
