/** JSON Schema in words, for the tables of the language page. */

/** What of a schema the tables tell. */
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

/** A key of a map: what may stand behind it, and whether it has to be there. */
export interface KeyDoc {
  name: string;
  value: string;
  required: boolean;
}

/** Sections of the page that tell of a value. */
const SECTIONS: Record<string, string> = {
  prompt: "prompts",
  "prompts by attempt": "prompts",
  exit: "steps-and-exits",
  expression: "expressions",
  destination: "destinations",
};

/** The keys that a schema's maps know, in their order; none where it knows no map. */
export function keysOf(schema: object): KeyDoc[] {
  // As JSON a schema is just its data: the builder's types are of no use here.
  const data: Schema = JSON.parse(JSON.stringify(schema));
  const keys = new Map<string, KeyDoc>();
  for (const map of mapsIn(data)) {
    for (const [name, value] of Object.entries(map.properties ?? {})) {
      const required = map.required?.includes(name) ?? false;
      if (!keys.has(name)) keys.set(name, { name, value: wordsFor(value), required });
    }
  }
  return [...keys.values()];
}

function mapsIn(schema: Schema): Schema[] {
  // What has a name of its own has a section of its own.
  if (schema.title !== undefined) return [];
  if (schema.anyOf) return schema.anyOf.flatMap(mapsIn);
  if (schema.type === "array" && schema.items) return mapsIn(schema.items);
  return schema.properties ? [schema] : [];
}

/** What may stand somewhere, in a few words of Markdown. */
function wordsFor(schema: Schema): string {
  const { title, anyOf } = schema;
  if (title !== undefined) return Object.hasOwn(SECTIONS, title) ? `[${title}](#${SECTIONS[title]})` : title;
  if (anyOf) return [...new Set(anyOf.map(wordsFor))].join(" or ");
  if (schema.enum) return schema.enum.map((word) => `\`${word}\``).join(", ");
  if (schema["x-says"] && schema.type === "string") return escaped(schema["x-says"]);
  return ofType(schema);
}

/** A text without what Markdown would read as more than text. */
function escaped(text: string): string {
  return text.replace(/[*_|<]/g, "\\$&");
}

function ofType(schema: Schema): string {
  switch (schema.type) {
    case "boolean":
      return "`true`, `false`";
    case "integer":
      return `whole number${bounds(schema)}`;
    case "array":
      return `list, each ${wordsFor(schema.items ?? {})}`;
    case "object":
      return mapOf(schema);
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

function mapOf({ properties, patternProperties = {}, "x-says": says = "names" }: Schema): string {
  const [below] = Object.values(patternProperties);
  if (!properties) return below ? `map: ${escaped(says)} → ${wordsFor(below)}` : "map";
  const names = Object.keys(properties).map((name) => `\`${name}\``);
  const values = new Set(Object.values(properties).map(wordsFor));
  // Where all keys take the same, it is worth saying; where they differ, the text beside it tells.
  return `map of ${names.join(", ")}${values.size === 1 ? ` → ${[...values][0]}` : ""}`;
}
