/** Stage 3: what Set Variables assigns: passed on, counted, or fixed. */
import { pairsIn, transitionOf, type Widget } from "../definition.ts";
import { type Graph, reachedFrom } from "../graph.ts";
import type { ExpressionType } from "../liquid/cel.ts";
import { parseLiquid } from "../liquid/parse.ts";
import type { Operand, Part } from "../liquid/tree.ts";
import { isReply } from "./replies.ts";

/** A value that a Set Variables assigns. */
export interface Assignment {
  widget: string;
  source: string;
  parts: readonly Part[];
}

/** Every assignment of the widgets that a road reaches, by the variable. */
export function assignmentsIn(widgets: Iterable<Widget>): Map<string, Assignment[]> {
  const all = new Map<string, Assignment[]>();
  for (const widget of widgets) {
    if (widget.type !== "set-variables") continue;
    for (const [name, source] of pairsIn(widget, "variables")) {
      const assignment = { widget: widget.name, source, parts: parseLiquid(source) ?? [] };
      all.set(name, [...(all.get(name) ?? []), assignment]);
    }
  }
  return all;
}

type Path = readonly (string | number)[];

/** The path that a text passes on, with the literal that stands in for nothing; undefined if it is more than that. */
export function passedOn(parts: readonly Part[]): { path: Path; otherwise?: Operand } | undefined {
  const [part, more] = parts.filter((one) => one.part !== "text" || one.text.trim() !== "");
  if (part?.part !== "output" || more !== undefined || !("path" in part.value.start)) return undefined;
  const { start, filters } = part.value;
  const [filter, another] = filters;
  if (filter === undefined) return { path: start.path };
  const [otherwise] = filter.arguments;
  if (filter.name !== "default" || another !== undefined || !otherwise || "path" in otherwise)
    return undefined;
  return { path: start.path, otherwise };
}

/** Filters that make no difference to words, which match in any case. */
const SAME_WORDS = new Set(["downcase", "upcase", "capitalize", "strip", "lstrip", "rstrip"]);

/** The path of what was said or written, if a text only changes its case and spaces; undefined for other values. */
export function wordsIn(parts: readonly Part[]): Path | undefined {
  const [part, more] = parts.filter((one) => one.part !== "text" || one.text.trim() !== "");
  if (part?.part !== "output" || more !== undefined || !("path" in part.value.start)) return undefined;
  const { start, filters } = part.value;
  const isWords = /\.(?:SpeechResult|inbound\.Body)$/.test(start.path.join("."));
  return isWords && filters.every(({ name }) => SAME_WORDS.has(name)) ? start.path : undefined;
}

/**
 * The path that only passes on what another widget has left, if that is all that is ever assigned.
 * @param readers the widgets that read the variable
 */
export function sourceOf(
  assignments: readonly Assignment[],
  graph: Graph,
  readers: readonly string[],
): Path | undefined {
  const [first, another] = assignments;
  const path = first && another === undefined ? passedOn(first.parts)?.path : undefined;
  const source = path?.[0] === "widgets" ? graph.widgets.get(String(path[1])) : undefined;
  if (!first || !source || !PASSES.has(source.type)) return undefined;
  // An answer by text message can be read before it is passed on, unless that happens at once.
  if (isReply(source) && transitionOf(source, "incomingMessage").next !== first.widget) return undefined;
  const isEarly = isReadEarly(source, first.widget, graph, readers);
  return isEarly ? undefined : path;
}

/** Whether a variable can be read after a widget has left another value, and before that is passed on. */
function isReadEarly(
  { transitions }: Widget,
  passing: string,
  { widgets }: Graph,
  readers: readonly string[],
): boolean {
  const before = new Set(
    transitions.flatMap(({ event, next }) =>
      next === undefined || LEAVES_NOTHING.has(event)
        ? []
        : [...reachedFrom(next, widgets, (name) => name === passing)],
    ),
  );
  return readers.some((name) => name !== passing && before.has(name));
}

/** Events at which a widget leaves no new value. */
const LEAVES_NOTHING = new Set(["timeout", "fail", "failed", "deliveryFailure"]);

/** Widgets whose steps can save under any name. */
const PASSES = new Set([
  "run-function",
  "make-http-request",
  "gather-input-on-call",
  "send-and-wait-for-reply",
  "run-subflow",
  "add-twiml-redirect",
]);

/**
 * The type of a variable, from all that is assigned to it. One that is only ever given numbers, and never counted with, is a
 * text: before that it is empty, and not 0.
 * @param isTold whether an empty text leads elsewhere than 0 does
 */
export function typeOf(assignments: readonly Assignment[], isTold: boolean): ExpressionType {
  const counted = assignments.filter(({ parts }) => isCounted(parts));
  const others = assignments.filter((one) => !counted.includes(one));
  if (counted.length === 0 || (isTold && others.length === 0)) return "string";
  return others.every(({ source }) => isWhole(source)) ? "int" : "string";
}

function isWhole(source: string): boolean {
  return /^-?(?:0|[1-9]\d{0,14})$/.test(source.trim());
}

function isCounted(parts: readonly Part[]): boolean {
  const last = parts.flatMap(outputsIn).map(({ filters }) => filters.at(-1)?.name ?? "");
  return last.length > 0 && last.every((name) => COUNTS.has(name));
}

const COUNTS = new Set(["size", "plus", "minus", "times", "modulo", "floor", "to_integer"]);

function outputsIn(part: Part): Extract<Part, { part: "output" }>["value"][] {
  if (part.part === "output") return [part.value];
  if (part.part !== "choice") return [];
  return [...part.branches.flatMap(({ parts }) => parts), ...part.otherwise].flatMap(outputsIn);
}
