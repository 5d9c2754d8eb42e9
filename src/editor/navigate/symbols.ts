/** The outline of a file: settings and steps of a flow, scenarios of a test. */
import type { Node, Pair, Span } from "../../flow/language/node.ts";
import type { Kinds } from "../../flow/steps/registry.ts";
import type { FileRead } from "../project/read.ts";

/** One entry of the outline. */
export interface Outlined {
  name: string;
  detail: string;
  sort: "section" | "step" | "name" | "scenario";
  span: Span;
  /** The part to select: the name. */
  own: Span;
  children: Outlined[];
}

/** The outline. */
export function outlineOf({ kind, root }: FileRead, kinds: Kinds): Outlined[] {
  if (root?.type !== "map") return [];
  return root.pairs.map((pair) => ({
    ...entry(pair, "section", ""),
    children: childrenOf(pair, kind === "test", kinds),
  }));
}

function childrenOf({ key, value }: Pair, isTest: boolean, kinds: Kinds): Outlined[] {
  if (value.type === "list") return isTest ? value.items.flatMap(scenarioEntry) : [];
  if (value.type !== "map" || value.inline) return [];
  const isSteps = key.text === "steps" && !isTest;
  return value.pairs.map((pair) =>
    entry(pair, isSteps ? "step" : "name", isSteps ? kindIn(pair.value, kinds) : ""),
  );
}

function kindIn(step: Node, kinds: Kinds): string {
  return (step.type === "map" && step.pairs.find(({ key }) => kinds.named(key.text))?.key.text) || "";
}

function scenarioEntry(item: Node): Outlined[] {
  const name = item.type === "map" ? item.pairs.find(({ key }) => key.text === "name")?.value : undefined;
  if (name?.type !== "scalar" || name.text === "") return [];
  return [{ name: name.text, detail: "", sort: "scenario", span: item.span, own: name.span, children: [] }];
}

function entry({ key, value }: Pair, sort: Outlined["sort"], detail: string): Outlined {
  const end = Math.max(key.span.end, value.span.end);
  return {
    name: key.text || "…",
    detail,
    sort,
    span: { start: key.span.start, end },
    own: key.span,
    children: [],
  };
}
