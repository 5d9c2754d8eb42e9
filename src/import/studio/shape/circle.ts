/** Stage 5: roads that lead back to a question, through what is said and counted on the way. */
import type { Conversion } from "../conversion.ts";
import { pairsIn, textIn, transitionOf, type Widget } from "../definition.ts";
import { parseLiquid } from "../liquid/parse.ts";
import type { Part } from "../liquid/tree.ts";
import { pathText } from "../liquid/tree.ts";
import { promptOf } from "../prompts.ts";
import type { PromptItem } from "../step.ts";
import { passedOn } from "../values/assigned.ts";

/** A road back to a question. */
export interface Circle {
  /** What the caller hears on the way. */
  prompt: readonly PromptItem[];
  /** The widgets on the way. */
  widgets: readonly string[];
  /** How often the question is asked in all; undefined if without end. */
  attempts?: number;
  /** Where the last attempt leads. */
  after?: string | undefined;
}

/** The most widgets on the way back. */
const LONGEST = 8;

/** Follows a road; undefined if it does not lead to one of the goals. */
export function circleTo(
  c: Conversion,
  from: string | undefined,
  goals: ReadonlySet<string>,
): Circle | undefined {
  const prompt: PromptItem[] = [];
  const widgets: string[] = [];
  let limit: Pick<Circle, "attempts" | "after"> = {};
  let counted = "";
  for (let name = from; name !== undefined && widgets.length < LONGEST; ) {
    if (goals.has(name)) return { prompt, widgets, ...limit };
    const widget = c.graph.widgets.get(name);
    if (!widget || widgets.includes(name)) return undefined;
    widgets.push(name);
    if (widget.type === "say-play") {
      prompt.push(...promptOf(c, widget));
      name = transitionOf(widget, "audioComplete").next;
    } else if (c.road === "text" && isPlainMessage(widget)) {
      name = transitionOf(widget, "sent").next;
    } else if (widget.type === "set-variables") {
      const variable = counterIn(widget);
      if (variable === undefined || counted !== "") return undefined;
      counted = variable;
      name = transitionOf(widget, "next").next;
    } else {
      const split = counted === "" ? undefined : limitIn(c, widget, counted);
      // What is sent before the split would be missing after the last attempt.
      if (!split || widgets.some((one) => c.graph.widgets.get(one)?.type === "send-message"))
        return undefined;
      limit = { attempts: split.attempts, after: split.after };
      name = split.next;
    }
  }
  return undefined;
}

/** Whether a Send Message only answers the person, so that its words can be a part of the next question. */
function isPlainMessage(widget: Widget): boolean {
  if (widget.type !== "send-message" || textIn(widget, "media_url").trim() !== "") return false;
  const to = textIn(widget, "to").replace(/\s/g, "");
  const failed = transitionOf(widget, "failed").next;
  return /^(?:\{\{contact\.channel\.address\}\})?$/.test(to) && failed === undefined;
}

/** The variable that a Set Variables counts up by one, if it does nothing else. */
function counterIn(widget: Widget): string | undefined {
  const [pair, another] = pairsIn(widget, "variables");
  if (!pair || another) return undefined;
  const [name, source] = pair;
  const outputs = (parseLiquid(source) ?? []).flatMap(outputsIn);
  const [output, more] = outputs;
  if (!output || more !== undefined || !("path" in output.start)) return undefined;
  const [plus] = output.filters;
  const [by] = plus?.arguments ?? [];
  const isOne = plus?.name === "plus" && by !== undefined && "literal" in by && by.literal === 1;
  return isOne && output.start.path.at(-1) === name ? name : undefined;
}

function outputsIn(part: Part): Extract<Part, { part: "output" }>["value"][] {
  if (part.part === "output") return [part.value];
  if (part.part !== "choice") return [];
  return [...part.branches.flatMap(({ parts }) => parts), ...part.otherwise].flatMap(outputsIn);
}

/** Reads a split on a counter: after so many attempts it leads on, before that back. */
function limitIn(
  c: Conversion,
  { type, transitions }: Widget,
  counter: string,
): { attempts: number; after: string | undefined; next: string | undefined } | undefined {
  if (type !== "split-based-on") return undefined;
  const [match, another] = transitions.filter(({ event }) => event === "match");
  const [condition, more] = match?.conditions ?? [];
  if (!match || another || !condition || more) return undefined;
  const path = passedOn(parseLiquid(condition.argument) ?? [])?.path ?? [];
  if (c.values.sources.assignedName(path) !== counter || pathText(path) === "") return undefined;
  const other = transitions.find(({ event }) => event === "noMatch")?.next;
  const count = Number(condition.value);
  if (!Number.isInteger(count) || count < 1 || count > 9) return undefined;
  if (condition.type === "equal_to" || condition.type === "greater_than_or_equal_to")
    return { attempts: count, after: match.next, next: other };
  if (condition.type === "greater_than") return { attempts: count + 1, after: match.next, next: other };
  if (condition.type === "less_than") return { attempts: count, after: other, next: match.next };
  return undefined;
}
