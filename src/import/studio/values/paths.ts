/** The paths that the texts of widgets read. */
import type { Widget } from "../definition.ts";
import { parseLiquid } from "../liquid/parse.ts";
import type { Part, Test, Value } from "../liquid/tree.ts";

type Path = readonly (string | number)[];

/** Every path, once. */
export function pathsIn(widgets: readonly Widget[]): Path[] {
  const found = new Map<string, Path>();
  const texts = widgets.flatMap(({ properties, transitions }) => [
    ...textsIn(properties),
    ...transitions.flatMap(({ conditions }) => conditions.map(({ argument }) => argument)),
  ]);
  for (const text of texts)
    for (const path of (parseLiquid(text) ?? []).flatMap(inPart)) found.set(path.join("\u0000"), path);
  return [...found.values()];
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function inPart(part: Part): Path[] {
  if (part.part === "output" || part.part === "assign") return inValue(part.value);
  if (part.part !== "choice") return [];
  return [
    ...part.branches.flatMap(({ test, parts }) => [...inTest(test), ...parts.flatMap(inPart)]),
    ...part.otherwise.flatMap(inPart),
  ];
}

function inValue({ start, filters }: Value): Path[] {
  return [...inTest(start), ...filters.flatMap((filter) => filter.arguments.flatMap(inTest))];
}

function inTest(test: Test): Path[] {
  if (!("op" in test)) return "path" in test ? [test.path] : [];
  return test.op === "not" ? inTest(test.of) : [...inTest(test.left), ...inTest(test.right)];
}
