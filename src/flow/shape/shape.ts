/**
 * Checks a value against a schema. The only file that loads ajv, and only if a value does not fit: each error becomes
 * a finding at its place in the file.
 */
import { createRequire } from "node:module";
import type { Ajv, ErrorObject, ValidateFunction } from "ajv";
import type { TSchema } from "typebox";
import { nearest } from "../language/diagnostic.ts";
import { ANNOTATIONS, type Mark } from "../language/mark.ts";
import type { MapNode, Node, Pair, ScalarNode, Span } from "../language/node.ts";
import { fits } from "./fits.ts";
import type { Belongs } from "./misplaced.ts";
import { type Projected, project } from "./project.ts";
import type { ShapeDiagnostic } from "./shape-findings.ts";
import { type Found, inWords, type Place, param } from "./shape-words.ts";

const require = createRequire(import.meta.url);

let ajv: Ajv | undefined;

function loadAjv(): Ajv {
  const { Ajv }: typeof import("ajv") = require("ajv");
  return new Ajv({
    allErrors: true,
    verbose: true,
    strict: true,
    strictTypes: false,
    validateFormats: false,
    // A run checks few flows: generating faster code would cost more time than it saves.
    code: { optimize: false },
  }).addVocabulary(ANNOTATIONS);
}

const validators = new Map<TSchema, ValidateFunction>();

function validatorOf(schema: TSchema): ValidateFunction {
  let validator = validators.get(schema);
  if (!validator) {
    ajv ??= loadAjv();
    validator = ajv.compile(schema);
    validators.set(schema, validator);
  }
  return validator;
}

/** A value, its marks, and the findings on its shape. */
export interface Shaped {
  value: unknown;
  marks: Mark[];
  diagnostics: ShapeDiagnostic[];
}

/** How findings describe a value. */
export interface Subject {
  file: string;
  /** Names the value in messages: "gather", "the flow". */
  what: string;
  /** The key of the value, if any: findings point at it if the value itself is empty. */
  key?: ScalarNode;
  /** Says where an unknown key belongs. */
  belongs?: Belongs;
}

/** Projects and validates a node. */
export function checkShape(schema: TSchema, node: Node, subject: Subject): Shaped {
  const projected = project(schema, node);
  const { value, marks } = projected;
  if (fits(schema, value)) return { value, marks, diagnostics: [] };
  const validate = validatorOf(schema);
  if (validate(value)) return { value, marks, diagnostics: [] };
  const meant = (validate.errors ?? []).filter((error) => counts(projected, error));
  // A wrong shape is always reported, if need be with an error of a branch that was not meant.
  const errors = meant.length > 0 ? meant : (validate.errors ?? []).slice(0, 1);
  const diagnostics = withoutFollowUps(errors).map((error) => toDiagnostic(error, node, subject, projected));
  return { value, marks, diagnostics };
}

/** Only the errors of the branches that the author meant; an `anyOf` has none of its own. */
function counts({ branches }: Projected, { keyword, schemaPath, instancePath }: ErrorObject): boolean {
  if (keyword === "anyOf") return false;
  const around = pointersTo(instancePath).flatMap((pointer) => branches.get(pointer) ?? []);
  return around.every(
    ({ schema, taken }) =>
      !schemaPath.startsWith(`${schema}/`) || schemaPath.startsWith(`${schema}/${taken}/`),
  );
}

/** A pointer and all its prefixes. */
function pointersTo(pointer: string): string[] {
  const pointers = [pointer];
  for (let at = pointer.lastIndexOf("/"); at >= 0; at = pointer.lastIndexOf("/", at - 1)) {
    pointers.push(pointer.slice(0, at));
    if (at === 0) break;
  }
  return pointers;
}

/** How many unknown keys of one map are reported: each is looked for among all of the map's keys. */
const MOST_UNKNOWN = 100;

/** Removes errors that follow from others: a map with a misspelt key also lacks the right one. */
function withoutFollowUps(errors: readonly ErrorObject[]): ErrorObject[] {
  const unknown = new Map<string, string[]>();
  for (const error of errors) {
    if (error.keyword !== "additionalProperties") continue;
    const keys = unknown.get(error.instancePath) ?? [];
    keys.push(String(param(error, "additionalProperty")));
    unknown.set(error.instancePath, keys);
  }
  const told = new Map<string, number>();
  const mistyped = new Set(errors.flatMap((one) => (one.keyword === "type" ? [one.instancePath] : [])));
  return errors.filter((error) => {
    if (error.keyword === "additionalProperties") {
      const count = (told.get(error.instancePath) ?? 0) + 1;
      told.set(error.instancePath, count);
      return count <= MOST_UNKNOWN;
    }
    // 0.5 is reported as not a whole number, but not as too small as well.
    if (error.keyword === "minimum" || error.keyword === "maximum") return !mistyped.has(error.instancePath);
    const keys = error.keyword === "required" ? (unknown.get(error.instancePath) ?? []) : [];
    const missing = [String(param(error, "missingProperty"))];
    // Of several branches, the wrong one may have been chosen.
    const isUnion = error.schemaPath.includes("/anyOf/");
    return !keys.some((key) => isUnion || nearest(key, missing) !== undefined);
  });
}

const indexed = new WeakMap<MapNode, Map<string, Pair>>();

/** The pairs of a map by their keys, the last of a repeated key. Collected once: a large map can have an error at each pair. */
function pairsByKey(node: MapNode): Map<string, Pair> {
  const known = indexed.get(node) ?? new Map(node.pairs.map((pair) => [pair.key.text, pair]));
  indexed.set(node, known);
  return known;
}

function find(root: Found, pointer: string): Found {
  let found = root;
  for (const step of pointer.split("/").slice(1)) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    const { node } = found;
    if (node.type === "list") found = { node: node.items[Number(key)] ?? node };
    else if (node.type === "map") {
      const pair = pairsByKey(node).get(key);
      if (pair) found = { node: pair.value, key: pair.key };
    }
  }
  return found;
}

function toDiagnostic(
  error: ErrorObject,
  node: Node,
  { file, what, key, belongs }: Subject,
  projected: Projected,
): ShapeDiagnostic {
  const [branch] = projected.branches.get(error.instancePath) ?? [];
  const isOwn = error.instancePath === "" || node.type !== "map";
  const found: Place = {
    ...find(key ? { node, key } : { node }, error.instancePath),
    known: branch?.keys ?? propertiesOf(error),
    listed: branch?.itemKeys ?? [],
    belongs: (pair) => belongs?.(pair, isOwn),
  };
  const name = nameOf(found, error, what);
  const { span = spanOf(found), ...rest } = inWords(error, found, name);
  return { severity: "error", file, span, ...rest };
}

/** How messages call the value: by its key, else by what was validated. */
function nameOf(found: Found, error: ErrorObject, what: string): string {
  if (error.instancePath === "") return what;
  const last = error.instancePath.slice(error.instancePath.lastIndexOf("/") + 1);
  return found.key ? `\`${found.key.text}\`` : /^\d+$/.test(last) ? `item ${Number(last) + 1}` : what;
}

function spanOf({ node, key }: Found): Span {
  return node.span.end > node.span.start ? firstLine(node) : (key?.span ?? node.span);
}

// Findings on a whole map point at its first key.
function firstLine(node: Node): Span {
  return node.type === "map" ? (node.pairs[0]?.key.span ?? node.span) : node.span;
}

function propertiesOf(error: ErrorObject): string[] {
  const properties: unknown = error.parentSchema?.properties;
  return Object.keys(properties ?? {});
}
