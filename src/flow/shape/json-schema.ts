/** flow.schema.json and calendar.schema.json, with which editors complete and check files. They cover shapes; `check` covers names and types. */

import { isMap } from "../../program/is-map.ts";
import { NAME } from "../language/name.ts";
import { Exit } from "../language/schema.ts";
import { CalendarSetting, SETTING_DOCS, Settings } from "../model/settings.ts";
import type { AnyKind } from "../steps/kind.ts";
import { BUILT_IN, type Kinds } from "../steps/registry.ts";

type Json = { [key: string]: unknown };

/** The schema for flows with these kinds of step, as draft-07 has it. */
export function flowSchema({ all: kinds }: Kinds = BUILT_IN): Json {
  const definitions = new Definitions();
  const { properties } = definitions.read(Settings);
  const step = stepSchema(kinds, definitions);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "A Ringflow flow",
    type: "object",
    required: ["steps"],
    additionalProperties: false,
    properties: {
      ...described(properties, SETTING_DOCS),
      steps: {
        description: SETTING_DOCS.steps,
        type: "object",
        minProperties: 1,
        additionalProperties: false,
        patternProperties: { [NAME]: step },
      },
    },
    definitions: definitions.all(),
  };
}

/** The schema of calendar files, as draft-07 has it. */
export function calendarSchema(): Json {
  const definitions = new Definitions();
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "A calendar of Ringflow's hours",
    ...definitions.read(CalendarSetting),
  };
}

function stepSchema(kinds: readonly AnyKind[], definitions: Definitions): Json {
  const bodies = kinds.map((kind): [string, Json] => [kind.name, bodySchema(kind, definitions)]);
  const next = { description: "Where to go afterwards.", allOf: [definitions.refer(Exit)] };
  return {
    type: "object",
    additionalProperties: false,
    properties: { ...Object.fromEntries(bodies), next },
    oneOf: kinds.map(({ name }) => ({ required: [name] })),
  };
}

function bodySchema({ schema, doc, keys }: AnyKind, definitions: Definitions): Json {
  return { description: doc.summary, ...withKeys(definitions.read(schema), keys) };
}

/** A body's schema with a description of each key. */
function withKeys(schema: Json, keys: Readonly<Record<string, string>>): Json {
  const { properties, anyOf } = schema;
  if (Array.isArray(anyOf)) return { ...schema, anyOf: anyOf.map((one) => withKeys(one, keys)) };
  return isMap(properties) ? { ...schema, properties: described(properties, keys) } : schema;
}

function described(properties: unknown, texts: Readonly<Record<string, string>>): Json {
  if (!isMap(properties)) return {};
  const entries = Object.entries(properties).map(([name, schema]): [string, unknown] => {
    const text = Object.hasOwn(texts, name) ? texts[name] : undefined;
    if (text === undefined || !isMap(schema)) return [name, schema];
    // Draft-07 ignores keywords next to a reference.
    return [
      name,
      "$ref" in schema ? { description: text, allOf: [schema] } : { description: text, ...schema },
    ];
  });
  return Object.fromEntries(entries);
}

/** Schemas with a title become definitions. */
class Definitions {
  #names = new Map<string, string>();
  #schemas = new Map<string, Json>();

  /** Every definition by its name. */
  all(): Json {
    return Object.fromEntries([...this.#schemas].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** A schema without this project's own keywords, as lenient as flows are read: `1` and `yes` are texts too. */
  read(schema: object): Json {
    const entries = Object.entries(schema).flatMap(([key, value]): [string, unknown][] =>
      key.startsWith("x-") || key.startsWith("~") ? [] : [[key, this.#inner(value)]],
    );
    const read: Json = Object.fromEntries(entries);
    const isText = read.type === "string" && read.enum === undefined;
    return isText ? { ...read, type: ["string", "number", "boolean"] } : read;
  }

  /** A reference to a schema with a title. */
  refer(schema: object): Json {
    const read = this.read(schema);
    const written = JSON.stringify(read);
    const known = this.#names.get(written) ?? this.#newName(read);
    this.#names.set(written, known);
    this.#schemas.set(known, read);
    return { $ref: `#/definitions/${known}` };
  }

  #newName({ title }: Json): string {
    const base = String(title).replaceAll(" ", "-");
    let name = base;
    for (let i = 2; this.#schemas.has(name); i++) name = `${base}-${i}`;
    return name;
  }

  #inner(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.#inner(one));
    if (!isMap(value)) return value;
    return typeof value.title === "string" ? this.refer(value) : this.read(value);
  }
}
