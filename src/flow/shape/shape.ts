/** Checks a value against a schema: each error becomes a finding at its place in the file. */
import { nearest } from "../language/diagnostic.ts";
import type { JsonSchema, Mark } from "../language/mark.ts";
import type { MapNode, Node, Pair, ScalarNode, Span } from "../language/node.ts";
import { errorsOf, type ShapeError } from "./errors.ts";
import { fits } from "./fits.ts";
import type { Belongs } from "./misplaced.ts";
import { itemKeysOf, keysOf, type Projected, project, wordsOf } from "./project.ts";
import type { ShapeDiagnostic } from "./shape-findings.ts";
import { type Found, inWords, type Place } from "./shape-words.ts";

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
export function checkShape(schema: JsonSchema, node: Node, subject: Subject): Shaped {
  const projected = project(schema, node);
  const { value, marks } = projected;
  if (fits(schema, value)) return { value, marks, diagnostics: [] };
  const errors = withoutFollowUps(errorsOf(schema, projected));
  return { value, marks, diagnostics: errors.map((error) => toDiagnostic(error, node, subject, projected)) };
}

/** Whether a node fits a schema. */
export function isInShape(schema: JsonSchema, node: Node): boolean {
  return fits(schema, project(schema, node).value);
}

/** How many unknown keys of one map are reported: each is looked for among all of the map's keys. */
const MOST_UNKNOWN = 100;

/** Removes errors that follow from others: a map with a misspelt key also lacks the right one. */
function withoutFollowUps(errors: readonly ShapeError[]): ShapeError[] {
  const unknown = new Map<string, string[]>();
  const mistyped = new Set<string>();
  for (const { keyword, instance, key } of errors) {
    if (keyword === "type") mistyped.add(instance);
    if (keyword !== "additionalProperties" || key === undefined) continue;
    const keys = unknown.get(instance) ?? [];
    unknown.set(instance, keys);
    keys.push(key);
  }
  const told = new Map<string, number>();
  return errors.filter(({ keyword, instance, key, inUnion }) => {
    if (keyword === "additionalProperties") {
      const count = (told.get(instance) ?? 0) + 1;
      told.set(instance, count);
      return count <= MOST_UNKNOWN;
    }
    // 0.5 is reported as not a whole number, but not as too small as well.
    if (keyword === "minimum" || keyword === "maximum") return !mistyped.has(instance);
    if (keyword !== "required" || key === undefined) return true;
    // Of several branches, the wrong one may have been chosen.
    return !unknown.get(instance)?.some((one) => inUnion || nearest(one, [key]) !== undefined);
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
  error: ShapeError,
  node: Node,
  { file, what, key, belongs }: Subject,
  projected: Projected,
): ShapeDiagnostic {
  const [branch] = projected.branches.get(error.instance) ?? [];
  const isOwn = error.instance === "" || node.type !== "map";
  const found: Place = {
    ...find(key ? { node, key } : { node }, error.instance),
    known: keysOf(branch?.schema ?? { properties: error.schema.properties }),
    words: branch ? wordsOf(branch.schema) : [],
    listed: branch ? itemKeysOf(branch.schema) : [],
    belongs: (pair) => belongs?.(pair, isOwn),
  };
  const name = nameOf(found, error, what);
  const { span = spanOf(found), ...rest } = inWords(error, found, name);
  return { severity: "error", file, span, ...rest };
}

/** How messages call the value: by its key, else by what was validated. */
function nameOf(found: Found, error: ShapeError, what: string): string {
  if (error.instance === "") return what;
  const last = error.instance.slice(error.instance.lastIndexOf("/") + 1);
  return found.key ? `\`${found.key.text}\`` : /^\d+$/.test(last) ? `item ${Number(last) + 1}` : what;
}

function spanOf({ node, key }: Found): Span {
  return node.span.end > node.span.start ? firstLine(node) : (key?.span ?? node.span);
}

// Findings on a whole map point at its first key.
function firstLine(node: Node): Span {
  return node.type === "map" ? (node.pairs[0]?.key.span ?? node.span) : node.span;
}
