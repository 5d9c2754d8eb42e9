/** Completion of a key: the keys of its map's schema, and names where authors choose the keys. */
import type { JsonSchema, MarkName } from "../../flow/language/mark.ts";
import type { MapNode } from "../../flow/language/node.ts";
import { isMarker } from "../place/cursor.ts";
import { branchesOf, type Meant, mapBranches } from "../place/schemas.ts";
import { named } from "./expression.ts";
import type { Entry } from "./item.ts";
import type { Known } from "./values.ts";

/** Where a key is written. */
export interface KeyPlace {
  docs: Readonly<Record<string, string>>;
  /** The kind of the step, if the map is a step that has one. */
  hasKind: boolean;
  isKind(key: string): boolean;
}

/** The keys that a map can still get. */
export function keyEntries(meant: readonly Meant[], map: MapNode, place: KeyPlace, known: Known): Entry[] {
  const present = new Set(map.pairs.map(({ key }) => key.text));
  const branches = mapBranches(meant, map);
  // Of several maps, the key that each needs decides which one it is.
  const isOpen = present.size === 1 && branches.length > 1;
  const entries = branches.flatMap(({ schema, marks }) => [
    ...Object.entries(schema.properties ?? {}).flatMap(([label, below]) =>
      isOpen && schema.required && !schema.required.includes(label)
        ? []
        : [keyEntry(label, below, schema, place)],
    ),
    ...chosenEntries(schema, marks, known),
  ]);
  const once = new Map(entries.map((entry) => [entry.label, entry]));
  return [...once.values()].filter(
    ({ label }) => !present.has(label) && !(place.hasKind && place.isKind(label)),
  );
}

function keyEntry(label: string, below: JsonSchema, { required = [] }: JsonSchema, place: KeyPlace): Entry {
  const doc = Object.hasOwn(place.docs, label) ? place.docs[label] : undefined;
  return {
    label,
    sort: place.isKind(label) ? "kind" : "key",
    ...(required.includes(label) && { detail: "required" }),
    ...(doc !== undefined && { doc }),
    text: isNested(below) ? `${label}:` : `${label}: `,
  };
}

/** Whether a value is always a map or a list, which begins on the next line. */
function isNested(schema: JsonSchema): boolean {
  const branches = branchesOf(schema);
  return (
    branches.length > 0 &&
    branches.every((one) => one.schema.type === "object" || one.schema.type === "array")
  );
}

type Chosen = (known: Known) => Entry[];

const variables: Chosen = ({ names }) => named(names.variables);

/** The names of keys that authors choose, by the mark of their values. */
const BY_MARK: Partial<Record<MarkName, Chosen>> = {
  saved: variables,
  value: variables,
  expected: variables,
  argument: ({ names, part }) =>
    (part === undefined ? [] : (names.flows.get(part)?.takes ?? [])).map((label) => ({
      label,
      sort: "name",
    })),
};

function chosenEntries(
  { patternProperties = {} }: JsonSchema,
  marks: readonly MarkName[],
  known: Known,
): Entry[] {
  const chosen = marks.includes("variants")
    ? known.names.languages.map((label): Entry => ({ label, sort: "name" }))
    : Object.values(patternProperties)
        .flatMap((below) => branchesOf(below))
        .flatMap((below) => below.marks.flatMap((mark) => BY_MARK[mark]?.(known) ?? []));
  return chosen.map((entry) => ({ ...entry, text: `${entry.label}: ` }));
}

/** The text of a key's value in a map, if it is written already. */
export function writtenValue(map: MapNode | undefined, key: string): string | undefined {
  const value = map?.pairs.find((pair) => pair.key.text === key && !isMarker(pair.key.text))?.value;
  return value?.type === "scalar" && !isMarker(value.text) ? value.text : undefined;
}

/** The maps that a value can be, each with the one key that it needs: `{ retry: … }`. */
export function wrappedEntries(meant: readonly Meant[]): Entry[] {
  return meant.flatMap(({ schema: { type, required = [] } }) => {
    const [only] = required;
    if (type !== "object" || only === undefined || required.length > 1) return [];
    return [{ label: `{ ${only}: … }`, sort: "wrapped" as const, text: `{ ${only}: $0 }` }];
  });
}
