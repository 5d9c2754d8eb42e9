/** The schemas of the files, and which of their parts a place can have. */
import { Exit } from "../../flow/language/exit-schema.ts";
import type { JsonSchema, MarkName } from "../../flow/language/mark.ts";
import type { MapNode } from "../../flow/language/node.ts";
import type { Vocabulary } from "../../flow/language/vocabulary.ts";
import { PROMISE_DOCS } from "../../flow/model/promises.ts";
import { CalendarSetting, SETTING_DOCS, Settings } from "../../flow/model/settings.ts";
import { testFileSchema, testVocabulary } from "../../flow/scenarios/test-file-schema.ts";
import { regExp } from "../../flow/shape/fits.ts";
import { flowVocabulary, vocabularyFor } from "../../flow/shape/vocabulary.ts";
import type { Kinds } from "../../flow/steps/registry.ts";
import type { FileKind } from "../files.ts";
import { type Around, isMarker } from "./cursor.ts";

/** One branch of a schema, with the marks of the unions around it. */
export interface Meant {
  schema: JsonSchema;
  marks: readonly MarkName[];
}

/** A kind of file: its schema, and what its keys say about their texts. */
interface Language {
  schema: JsonSchema;
  vocabulary: Vocabulary;
}

const LANGUAGES: Readonly<Record<FileKind, (kinds: Kinds) => Language>> = {
  flow: (kinds) => ({ schema: flowSchema(kinds), vocabulary: vocabularyFor(kinds) }),
  test: () => ({ schema: testFileSchema, vocabulary: testVocabulary }),
  calendar: () => ({ schema: CalendarSetting, vocabulary: flowVocabulary }),
};

/** The language of a kind of file. */
export function languageOf(kind: FileKind, kinds: Kinds): Language {
  return LANGUAGES[kind](kinds);
}

function flowSchema({ all }: Kinds): JsonSchema {
  const bodies = Object.fromEntries(all.map(({ name, schema }) => [name, schema]));
  const step: JsonSchema = { type: "object", properties: { ...bodies, next: Exit } };
  const steps: JsonSchema = { type: "object", patternProperties: { "": step } };
  return { type: "object", properties: { ...Settings.properties, steps } };
}

/** The branches of a schema. */
export function branchesOf(schema: JsonSchema, marks: readonly MarkName[] = []): Meant[] {
  const mark = schema["x-mark"];
  const own = mark === undefined ? marks : [...marks, mark];
  return schema.anyOf ? schema.anyOf.flatMap((one) => branchesOf(one, own)) : [{ schema, marks: own }];
}

/** The branches at the end of a trail. */
export function meantAt(schema: JsonSchema, trail: readonly Around[]): Meant[] {
  let meant = branchesOf(schema);
  for (const { node, key } of trail) {
    meant =
      typeof key === "string" && node.type === "map"
        ? mapBranches(meant, node).flatMap((one) => belowKey(one, key))
        : meant.flatMap(({ schema: { items }, marks }) => (items ? branchesOf(items, listMarks(marks)) : []));
  }
  return meant;
}

// A list of destinations is marked as a whole; what is listed has the same meaning.
function listMarks(marks: readonly MarkName[]): readonly MarkName[] {
  return marks.filter((mark) => mark === "destination");
}

/** The branches that a map fits best, by the keys that it has. */
export function mapBranches(meant: readonly Meant[], node: MapNode): Meant[] {
  const keys = node.pairs.map(({ key }) => key.text).filter((key) => !isMarker(key));
  const scored = meant
    .filter(({ schema }) => schema.type === "object")
    .map((one) => ({ one, known: keys.filter((key) => belowKey(one, key).length > 0).length }));
  const most = Math.max(0, ...scored.map(({ known }) => known));
  return scored.filter(({ known }) => known === most).map(({ one }) => one);
}

function belowKey({ schema: { properties = {}, patternProperties = {} } }: Meant, key: string): Meant[] {
  const named = Object.hasOwn(properties, key) ? properties[key] : undefined;
  if (named) return branchesOf(named);
  const pattern = Object.keys(patternProperties).find((one) => regExp(one).test(key));
  return pattern === undefined ? [] : branchesOf(patternProperties[pattern] ?? {});
}

/** The kind of the step at a trail, by the keys of the step's map. */
function kindAt(trail: readonly Around[], kinds: Kinds) {
  const step = trail[2];
  return step?.node.type === "map" && typeof step.key === "string" && trail[0]?.key === "steps"
    ? kinds.named(step.key)
    : undefined;
}

/** What the documentation says about the keys of the map at a trail. */
export function docsAt(
  kind: FileKind,
  trail: readonly Around[],
  kinds: Kinds,
): Readonly<Record<string, string>> {
  if (kind !== "flow") return {};
  if (trail.length === 0) return SETTING_DOCS;
  if (trail[0]?.key === "promises" && trail.length === 2) return PROMISE_DOCS;
  if (trail[0]?.key !== "steps") return {};
  if (trail.length === 2) return stepDocs(kinds);
  return trail.length === 3 || (trail.length === 4 && typeof trail[3]?.key === "number")
    ? (kindAt(trail, kinds)?.keys ?? {})
    : {};
}

function stepDocs({ all }: Kinds): Readonly<Record<string, string>> {
  const summaries = Object.fromEntries(all.map(({ name, doc }) => [name, doc.summary]));
  return { ...summaries, next: "Where to go afterwards." };
}
