/** Completion of a value: what each mark of its schema says that it can be. */

import { EXIT_WORDS } from "../../flow/language/exit-schema.ts";
import type { JsonSchema, MarkName } from "../../flow/language/mark.ts";
import { END_WORDS } from "../../flow/model/promises.ts";
import { kinds } from "../../flow/steps/registry.ts";
import { knownLanguages, knownVoices } from "../../flow/twiml/voices.ts";
import type { Meant } from "../place/schemas.ts";
import { named, zoneEntries } from "./expression.ts";
import type { Entry } from "./item.ts";
import type { Names } from "./names.ts";

/** What is known about a value besides its schema. */
export interface Known {
  names: Names;
  /** The flow that a `run` around it names. */
  part: string | undefined;
  /** Whether it is a setting of the flow, where an exit must be a step. */
  isSetting: boolean;
}

const KINDS = kinds.map(({ name }) => name);

type Offers = (known: Known, schema: JsonSchema) => Entry[];

const BY_MARK: Partial<Record<MarkName, Offers>> = {
  exit: ({ names, isSetting }) => [...named(names.steps, "step"), ...(isSetting ? [] : words(EXIT_WORDS))],
  retry: ({ names }) => named(names.steps, "step"),
  side: ({ names }) => named(names.steps, "step"),
  promised: ({ names }) => [...named(names.steps, "step"), ...words([...END_WORDS, ...KINDS])],
  destination: ({ names }) => named(names.destinations),
  variable: ({ names }) => named(names.variables),
  declared: ({ names }) => named(names.variables),
  flow: ({ names }) => [...names.flows.keys()].map((label) => ({ label, sort: "name" })),
  language: languages,
  tag: languages,
  zone: zoneEntries,
  voice: () => [...knownVoices()].map((label) => ({ label, sort: "name" })),
  url: ({ names }, schema) => (schema["x-file"] ? files(names.recordings) : []),
  calendar: ({ names }) => files(names.calendars),
  saved: ({ names, part }, schema) =>
    schema["x-results"] || part === undefined ? [] : words(names.flows.get(part)?.gives ?? []),
};

/** What a value can be, of all branches of its schema. */
export function valueEntries(meant: readonly Meant[], known: Known): Entry[] {
  const entries = meant.flatMap(({ schema, marks }) => [
    ...(isScalar(schema) ? marks.flatMap((mark) => BY_MARK[mark]?.(known, schema) ?? []) : []),
    ...ownWords(schema),
  ]);
  return [...new Map(entries.map((entry) => [entry.label, entry])).values()];
}

function isScalar({ type }: JsonSchema): boolean {
  return type !== "object" && type !== "array";
}

function ownWords(schema: JsonSchema): Entry[] {
  if (schema.type === "boolean") return words(["true", "false"]);
  const known = schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
  return words(known.filter((one) => typeof one === "string"));
}

function words(labels: readonly string[]): Entry[] {
  return labels.map((label) => ({ label, sort: "word" }));
}

function files(paths: readonly string[]): Entry[] {
  return paths.map((label) => ({ label, sort: "file" }));
}

function languages({ names }: Known): Entry[] {
  return words([...new Set([...names.languages, ...knownLanguages()])]);
}
