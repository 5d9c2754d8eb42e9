/** flow.schema.json and calendar.schema.json, with which editors complete and check files. They cover shapes; `check` covers names and types. */

import { isMap } from "../../program/is-map.ts";
import { Exit } from "../language/exit-schema.ts";
import { mapValues } from "../language/map-values.ts";
import type { JsonSchema } from "../language/mark.ts";
import { NAME } from "../language/name.ts";
import { Type } from "../language/type.ts";
import { CalendarSetting, SETTING_DOCS, Settings } from "../model/settings.ts";
import type { AnyKind } from "../steps/kind.ts";
import { BUILT_IN, type Kinds } from "../steps/registry.ts";
import { Definitions, type Json, namedMap } from "./json-definitions.ts";
import { stepOf } from "./json-step.ts";

/** The schema for flows with these kinds of step, as draft-07 has it. */
export function flowSchema({ all: kinds }: Kinds = BUILT_IN): Json {
  const definitions = new Definitions();
  const { properties } = definitions.read(SETTINGS);
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
        title: "steps",
        description: SETTING_DOCS.steps,
        minProperties: 1,
        ...namedMap(NAME, step, "a lower-case word with hyphens, such as front-desk"),
      },
    },
    definitions: definitions.all(),
  };
}

const STEP = Type.String({ minLength: 1 });

function isExit({ "x-mark": mark }: JsonSchema): boolean {
  return mark === "exit";
}

/** The settings; an exit there can only be a step, so that `hangup` is not offered. */
const SETTINGS = {
  ...Settings,
  properties: mapValues<JsonSchema, JsonSchema>(Settings.properties, (schema) =>
    isExit(schema) ? STEP : schema,
  ),
};

/** The schema of calendar files, as draft-07 has it. */
export function calendarSchema(): Json {
  const definitions = new Definitions();
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "A calendar of Ringflow's hours",
    ...definitions.read(CalendarSetting),
    definitions: definitions.all(),
  };
}

function stepSchema(kinds: readonly AnyKind[], definitions: Definitions): Json {
  const bodies = kinds.map((kind): [string, Json] => [kind.name, bodySchema(kind, definitions)]);
  const next = { title: "next", description: "Where to go afterwards.", allOf: [definitions.refer(Exit)] };
  return stepOf({ ...Object.fromEntries(bodies), next });
}

function bodySchema({ name, schema, doc, keys }: AnyKind, definitions: Definitions): Json {
  return { title: name, description: doc.summary, ...withKeys(definitions.read(schema), keys) };
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
    return [name, text === undefined || !isMap(schema) ? schema : { ...schema, description: text }];
  });
  return Object.fromEntries(entries);
}
