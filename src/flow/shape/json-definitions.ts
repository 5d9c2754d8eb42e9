/** The schemas of flows as JSON Schema has them: without this project's keywords, shared ones as definitions. */
import { isMap } from "../../program/is-map.ts";
import { EXIT_WORDS } from "../language/exit-schema.ts";
import type { JsonSchema, MarkName } from "../language/mark.ts";
import { knownLanguages, knownVoices } from "../twiml/voices.ts";

/** A JSON Schema that is written to a file. */
export type Json = { [key: string]: unknown };

/** What a value can be, by its mark: a name for the definition, and what editors offer. Other values are valid too. */
const OFFERS: Partial<Record<MarkName, { name: string; words(): readonly string[] }>> = {
  tag: { name: "language", words: () => [...knownLanguages()].toSorted() },
  language: { name: "language of the call", words: () => [...knownLanguages()].toSorted() },
  voice: { name: "voice", words: () => [...knownVoices()] },
  zone: { name: "time zone", words: () => ["UTC", ...Intl.supportedValuesOf("timeZone")] },
};

/** The name of what prompts, lists of them and side roads have in common. */
const PART = "part of a prompt";

/** Marks of texts that become part of other texts: `true` makes sense there, but editors need not offer it. */
const WRITTEN: ReadonlySet<string> = new Set(["text", "spoken", "url"]);

/** Schemas with a title become definitions, and those that offer many words. */
export class Definitions {
  #names = new Map<string, string>();
  #schemas = new Map<string, Json>();

  /** Every definition by its name. */
  all(): Json {
    return Object.fromEntries([...this.#schemas].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** A schema without this project's own keywords, as lenient as flows are read: `1` is a text too. */
  read(schema: JsonSchema): Json {
    const entries = Object.entries(schema).flatMap(([key, value]): [string, unknown][] =>
      key.startsWith("x-") ? [] : [[key, this.#part(key, value)]],
    );
    return withWords(schema, named(schema, leniently(schema, Object.fromEntries(entries))));
  }

  /** A reference to a schema with a title. */
  refer(schema: JsonSchema): Json {
    return this.#define(nameOf(schema) ?? "value", schema);
  }

  #define(name: string, schema: JsonSchema): Json {
    // Its own title would hide that of the key.
    const { title: _title, ...read } = this.read(schema);
    const written = JSON.stringify(read);
    const known = this.#names.get(written) ?? this.#free(name.replaceAll(" ", "-"));
    this.#names.set(written, known);
    this.#schemas.set(known, read);
    return { $ref: `#/definitions/${known}` };
  }

  #free(base: string): string {
    let name = base;
    for (let i = 2; this.#schemas.has(name); i++) name = `${base}-${i}`;
    return name;
  }

  #part(key: string, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.#inner(one));
    if (key === "properties" && isMap(value))
      return Object.fromEntries(
        Object.entries(value).map(([name, one]) => [name, titled(name, this.#inner(one))]),
      );
    return this.#inner(value);
  }

  #inner(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.#inner(one));
    if (!isMap(value)) return value;
    return nameOf(value) === undefined ? this.read(value) : this.refer(value);
  }
}

function nameOf(schema: JsonSchema): string | undefined {
  const mark = schema["x-mark"];
  if (mark === "prompt") return PART;
  return (mark && OFFERS[mark]?.name) ?? schema.title;
}

/** A key's schema with the key as its title: editors show it above the description. */
function titled(key: string, schema: unknown): unknown {
  if (!isMap(schema)) return schema;
  // Editors name what they expect by a title next to the type; draft-07 ignores keywords next to a reference.
  const isNamed = "$ref" in schema || typeof schema.type === "string";
  return isNamed ? { title: key, allOf: [schema] } : { title: key, ...schema };
}

/**
 * A map whose keys authors choose, with its values below `additionalProperties`: editors offer nothing below
 * `patternProperties`.
 */
export function namedMap(pattern: string, value: unknown, says: string | undefined): Json {
  const why = says === undefined ? {} : { patternErrorMessage: `Must be ${says}.` };
  return {
    type: "object",
    ...(pattern === ANY ? {} : { propertyNames: { pattern, ...why, doNotSuggest: true } }),
    additionalProperties: value,
  };
}

const ANY = "^.*$";

function named(schema: JsonSchema, { patternProperties, ...read }: Json): Json {
  const [entry, ...others] = isMap(patternProperties) ? Object.entries(patternProperties) : [];
  if (!entry || others.length > 0 || schema.properties)
    return patternProperties ? { ...read, patternProperties } : read;
  return { ...read, ...namedMap(...entry, schema["x-says"]) };
}

function leniently(schema: JsonSchema, read: Json): Json {
  if (schema.type !== "string" || schema.enum !== undefined) return read;
  const { type: _type, ...rest } = read;
  const says = schema["x-says"];
  const why = says && schema.pattern ? { patternErrorMessage: `Must be ${says}.` } : {};
  const scalar = { type: ["string", "number"] };
  const isWritten = WRITTEN.has(schema["x-mark"] ?? "");
  return { ...(isWritten ? { if: { type: "boolean" }, else: scalar } : scalar), ...rest, ...why };
}

function withWords(schema: JsonSchema, read: Json): Json {
  const mark = schema["x-mark"];
  const words = mark === "exit" ? EXIT_WORDS : mark && OFFERS[mark]?.words();
  if (words === undefined) return read;
  // Editors offer an `enum` of any branch. One that no value fits is in no hover and in no list of what is allowed.
  const offered = { enum: words, not: {} };
  return Array.isArray(read.anyOf)
    ? { ...read, anyOf: [...read.anyOf, offered] }
    : { anyOf: [read, offered] };
}
