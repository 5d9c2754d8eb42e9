/**
 * A positioned YAML value and a schema → the plain value that the schema means. A scalar that means text is taken
 * as it was written (`+14155550100`, `007`); one that means a number is taken as YAML types it.
 */
import type { Json } from "../../program/json.ts";
import { nearest } from "../language/diagnostic.ts";
import type { JsonSchema, Mark } from "../language/mark.ts";
import type { MapNode, Node, ScalarNode } from "../language/node.ts";
import { CONSTANT, type Literal } from "../language/schema.ts";
import { regExp } from "./fits.ts";

/** The result of projecting a value. */
export interface Projected {
  value: unknown;
  marks: Mark[];
  /** The branches taken, by the pointer to their value: they decide which errors count. */
  branches: Map<string, Branch[]>;
}

/** The branch that a value was meant for, at one `anyOf`. */
export interface Branch {
  /** The schema with the `anyOf`, and the branch of it. */
  schema: JsonSchema;
  taken: JsonSchema;
}

/** Projects a node. If it does not fit the schema, the value is as YAML has it, to be refused. */
export function project(schema: JsonSchema, node: Node): Projected {
  const projected: Projected = { value: undefined, marks: [], branches: new Map() };
  projected.value = valueFor(projected, schema, node, { instance: "", path: [] });
  return projected;
}

interface Where {
  instance: string;
  path: string[];
  key?: ScalarNode;
}

/** A key as a step of a JSON pointer. */
export function pointerStep(key: string): string {
  return `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function valueFor(out: Projected, schema: JsonSchema, node: Node, where: Where): unknown {
  const value = unmarkedValue(out, schema, node, where);
  const mark = schema["x-mark"];
  const { path, key } = where;
  if (mark) out.marks.push({ mark, schema, value, node, path, ...(key && { key }) });
  return value;
}

function unmarkedValue(out: Projected, schema: JsonSchema, node: Node, where: Where): unknown {
  if (schema.anyOf) {
    const index = bestBranch(schema.anyOf, node);
    const branches = out.branches.get(where.instance) ?? [];
    const branch = schema.anyOf[index] ?? {};
    branches.push({ schema, taken: branch });
    out.branches.set(where.instance, branches);
    if (branch.title === CONSTANT) markConstant(out, schema, node, where);
    return valueFor(out, branch, node, where);
  }
  const mark = schema["x-mark"];
  if (mark === "value") return literal(node);
  if (mark === "json" || mark === "argument") return jsonValue(out, schema, mark, node, where.path);
  if (node.type === "scalar") return scalarValue(schema, node);
  if (node.type === "list")
    return node.items.map((item, index) => itemValue(out, schema, item, index, where));
  return mapValue(out, schema, node, where);
}

// The value of an environment variable must fit the whole union that it replaces.
function markConstant(out: Projected, schema: JsonSchema, node: Node, { path }: Where): void {
  out.marks.push({ mark: "constant", schema, value: plain(node), node, path });
}

function itemValue(out: Projected, schema: JsonSchema, item: Node, index: number, where: Where): unknown {
  return valueFor(out, schema.items ?? {}, item, {
    instance: `${where.instance}/${index}`,
    path: [...where.path, String(index)],
  });
}

function mapValue(out: Projected, schema: JsonSchema, node: MapNode, where: Where): Record<string, unknown> {
  // Of a repeated key the last one counts, as it does for JSON.
  const pairs = new Map(node.pairs.map((pair) => [pair.key.text, pair]));
  const entries = [...pairs.values()].map(({ key, value }): [string, unknown] => {
    const below = propertySchema(schema, key.text) ?? {};
    const inner = {
      instance: where.instance + pointerStep(key.text),
      path: [...where.path, key.text],
      key,
    };
    return [key.text, valueFor(out, below, value, inner)];
  });
  return Object.fromEntries(entries);
}

function propertySchema(schema: JsonSchema, key: string): JsonSchema | undefined {
  const { properties, patternProperties } = schema;
  const named = properties && Object.hasOwn(properties, key) ? properties[key] : undefined;
  if (named) return named;
  for (const [pattern, below] of Object.entries(patternProperties ?? {})) {
    if (regExp(pattern).test(key)) return below;
  }
  return undefined;
}

function scalarValue(schema: JsonSchema, node: ScalarNode): Json {
  const means = schema.type ?? "";
  return means === "string" && !isEmpty(node) ? node.text : typed(node);
}

// A phone number keeps its plus and a code its zeros, even if the schema does not ask for a text.
function typed(node: ScalarNode): Json {
  return !node.quoted && /^(\+\d{5,}|0\d+)$/.test(node.text) ? node.text : node.value;
}

/** A key without a value: not a text, but something forgotten. */
function isEmpty(node: ScalarNode): boolean {
  return !node.quoted && node.text.trim() === "";
}

function literal(node: Node): Literal {
  return { text: node.type === "scalar" ? node.text : "", value: plain(node) };
}

/** JSON can hold expressions at any depth: each scalar inside is marked. */
function jsonValue(
  out: Projected,
  schema: JsonSchema,
  mark: "json" | "argument",
  node: Node,
  path: string[],
): Literal {
  const inner =
    node.type === "map" ? node.pairs.map(({ value }) => value) : node.type === "list" ? node.items : [];
  for (const one of inner) {
    const value = jsonValue(out, schema, mark, one, path);
    if (one.type === "scalar") out.marks.push({ mark, schema, value, node: one, path });
  }
  return literal(node);
}

/** A node as YAML types it. */
export function plain(node: Node): Json {
  if (node.type === "scalar") return typed(node);
  if (node.type === "list") return node.items.map(plain);
  return Object.fromEntries(node.pairs.map(({ key, value }) => [key.text, plain(value)]));
}

/** The keys that any branch of a schema knows. */
export function keysOf(schema: JsonSchema): string[] {
  return [...Object.keys(schema.properties ?? {}), ...(schema.anyOf ?? []).flatMap(keysOf)];
}

/** The words that any branch of a schema takes. */
export function wordsOf({ enum: words = [], anyOf = [] }: JsonSchema): string[] {
  return [...words.filter((word) => typeof word === "string"), ...anyOf.flatMap(wordsOf)];
}

/** The keys that the entries of a list know, in any branch that is a list. */
export function itemKeysOf({ anyOf = [] }: JsonSchema): string[] {
  return anyOf.flatMap(({ items }) => (items ? keysOf(items) : []));
}

/** The branch of an `anyOf` that a value is meant for: by its shape, then by the keys it has. */
function bestBranch(branches: readonly JsonSchema[], node: Node): number {
  let best = 0;
  let bestScore = -1;
  branches.forEach((branch, index) => {
    const score = suits(branch, node);
    if (score > bestScore) [best, bestScore] = [index, score];
  });
  return best;
}

function suits(branch: JsonSchema, node: Node): number {
  if (branch.anyOf) return Math.max(...branch.anyOf.map((inner) => suits(inner, node)));
  if (node.type === "list") return branch.type === "array" ? 10 + listFit(branch, node.items[0]) : 0;
  if (node.type === "map") return branch.type === "object" ? mapFit(branch, node) : 0;
  return scalarFit(branch, node);
}

// The first item distinguishes a list of prompts from a list of lists.
function listFit(branch: JsonSchema, first: Node | undefined): number {
  return first && branch.items ? Math.min(suits(branch.items, first), 9) : 0;
}

function mapFit(branch: JsonSchema, node: MapNode): number {
  const keys = node.pairs.map(({ key }) => key.text);
  const properties = Object.keys(branch.properties ?? {});
  const known = keys.filter((key) => properties.includes(key)).length;
  // If no key fits, a misspelt one shows which branch was meant.
  const meant = known === 0 && keys.some((key) => nearest(key, properties) !== undefined) ? 3 : 0;
  const required = branch.required?.every((key) => keys.includes(key)) && branch.properties ? 1 : 0;
  const patterned = keys.length > 0 && keys.every((key) => propertySchema(branch, key) !== undefined) ? 1 : 0;
  return 10 + 4 * known + meant + 2 * required + patterned;
}

function scalarFit(branch: JsonSchema, node: ScalarNode): number {
  const choices = branch.enum ?? (branch.const === undefined ? undefined : [branch.const]);
  if (choices) return choices.includes(node.text) || choices.includes(node.value) ? 20 : 1;
  const typed = !node.quoted && typeof node.value;
  if (branch.type === "boolean") return typed === "boolean" ? 15 : 0;
  if (branch.type === "integer" || branch.type === "number") return typed === "number" ? 15 : 0;
  if (branch.type === "null") return isEmpty(node) ? 15 : 0;
  return branch.type === "string" ? 10 : 0;
}
