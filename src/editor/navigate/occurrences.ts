/** Every place that names something: a step, a destination, hours, a variable, a flow. */

import { environmentOf } from "../../flow/analysis/environment.ts";
import {
  expressionsIn,
  literalText,
  readsOf,
  spanIn,
  type Written,
  walk,
} from "../../flow/analysis/expressions.ts";
import { isNumber } from "../../flow/compile/destination.ts";
import { EXIT_WORDS } from "../../flow/language/exit-schema.ts";
import { functionDocs } from "../../flow/language/functions.ts";
import type { Mark, MarkName } from "../../flow/language/mark.ts";
import type { Node, ScalarNode, Span } from "../../flow/language/node.ts";
import type { FileRead } from "../project/read.ts";

/** What a name can stand for. */
export type Sort = "step" | "destination" | "hours" | "variable" | "flow";

/** One place that names something. */
export interface Occurrence {
  sort: Sort;
  name: string;
  /** The name itself, without quotes. */
  span: Span;
  isDefinition: boolean;
}

const SECTIONS: Readonly<Record<string, Sort>> = {
  steps: "step",
  destinations: "destination",
  hours: "hours",
  variables: "variable",
};

/** Every occurrence in a file, without those in expressions. */
function namedIn({ file, kind, root, marks }: FileRead): Occurrence[] {
  const place: Place = { text: file.text, isDefinition: false };
  const definitions = kind === "flow" ? definitionsIn(root, { ...place, isDefinition: true }) : [];
  return [...definitions, ...marks.flatMap((mark) => BY_MARK[mark.mark]?.(mark, place) ?? [])];
}

/** Every occurrence in a file. */
export function occurrencesIn(read: FileRead): Occurrence[] {
  const { flow, file, marks } = read;
  if (!flow) return namedIn(read);
  return [...namedIn(read), ...marks.flatMap(expressionsIn).flatMap((one) => inExpression(one, file.text))];
}

interface Place {
  text: string;
  isDefinition: boolean;
}

function definitionsIn(root: Node | undefined, place: Place): Occurrence[] {
  return (root?.type === "map" ? root.pairs : []).flatMap(({ key, value }) => {
    const sort = Object.hasOwn(SECTIONS, key.text) ? SECTIONS[key.text] : undefined;
    if (sort === undefined || value.type !== "map") return [];
    return value.pairs.flatMap((pair) => occurrence(sort, pair.key, place));
  });
}

type Reader = (mark: Mark, place: Place) => Occurrence[];

const step: Reader = ({ node }, place) =>
  node.type === "scalar" && !EXIT_WORDS.some((word) => word === node.text)
    ? occurrence("step", node, place)
    : [];
const variable: Reader = ({ node }, place) =>
  node.type === "scalar" ? occurrence("variable", node, place) : [];
const variableKey: Reader = ({ key }, place) => (key ? occurrence("variable", key, place) : []);

const BY_MARK: Partial<Record<MarkName, Reader>> = {
  exit: step,
  retry: step,
  side: step,
  promised: step,
  variable,
  declared: variable,
  saved: variableKey,
  expected: variableKey,
  // The default of a variable's declaration is marked as well.
  value: (mark, place) => (mark.path[0] === "variables" ? [] : variableKey(mark, place)),
  flow: ({ node }, place) => (node.type === "scalar" ? occurrence("flow", node, place) : []),
  destination: ({ node }, place) =>
    (node.type === "list" ? node.items : [node]).flatMap((item) =>
      item.type === "scalar" && !isNumber(item.text) && !item.text.includes("{{")
        ? occurrence("destination", item, place)
        : [],
    ),
};

/** A scalar that is written on one line, in quotes or without. */
function occurrence(
  sort: Sort,
  { text: name, span }: ScalarNode,
  { text, isDefinition }: Place,
): Occurrence[] {
  const quotes = /^["']/.test(text.slice(span.start, span.end)) ? 1 : 0;
  const start = span.start + quotes;
  const end = start + name.length;
  return name !== "" && text.slice(start, end) === name
    ? [{ sort, name, span: { start, end }, isDefinition }]
    : [];
}

const HOURS: ReadonlySet<string> = new Set(
  functionDocs.flatMap(({ name, names }) => (names === "hours" ? [name] : [])),
);

const parser = environmentOf({});

/** The names in an expression; none in one that cannot be parsed. */
function inExpression(written: Written, file: string): Occurrence[] {
  const tree = parse(written.text);
  if (!tree) return [];
  const found: Occurrence[] = [];
  const add = (sort: Sort, name: string, from: number): void => {
    const at = written.text.indexOf(name, from);
    if (at < 0) return;
    found.push({ sort, name, span: spanIn(written, file, at, at + name.length), isDefinition: false });
  };
  walk(tree, (node) => {
    if (node.op !== "call" || !HOURS.has(node.args[0])) return;
    const [first] = node.args[1];
    const name = literalText(first);
    if (first && name !== undefined) add("hours", name, first.range.start);
  });
  for (const { root, field, node } of readsOf(tree)) {
    if (root === "vars" && field !== undefined)
      add("variable", field, afterRoot(written.text, node.range.start));
  }
  return found;
}

// The field comes after `vars.`; the name of a variable can be part of that.
function afterRoot(text: string, start: number): number {
  const root = /^\s*vars\s*[.[]/.exec(text.slice(start));
  return start + (root?.[0].length ?? 0);
}

function parse(text: string) {
  try {
    return parser.parse(text).ast;
  } catch {
    return undefined;
  }
}

/** The occurrence at an offset. */
export function occurrenceAt(read: FileRead, offset: number): Occurrence | undefined {
  const isHere = ({ span }: Occurrence): boolean => span.start <= offset && offset <= span.end;
  return namedIn(read).find(isHere) ?? occurrencesIn(read).find(isHere);
}
