/** Stage 5: a split on what the caller pressed or said is a menu. */
import type { Conversion } from "../conversion.ts";
import { transitionOf, type Widget } from "../definition.ts";
import { parseLiquid } from "../liquid/parse.ts";
import { pathText } from "../liquid/tree.ts";
import { passedOn, wordsIn } from "../values/assigned.ts";
import { valuesOf } from "../values/compared.ts";

/** One way out of a menu. */
export interface Option {
  /** Keys, phrases, or words of a text message. */
  answers: readonly string[];
  next: string | undefined;
}

/** Where a widget leaves an answer. */
type AnswerField = "Digits" | "SpeechResult" | "inbound.Body";

/** A menu: its options, and where any other answer leads. */
export interface Menu {
  split: string;
  options: readonly Option[];
  other: string | undefined;
}

/** The menu that a widget makes of a gather's answer; undefined if it is something else. */
export function menuOf(
  c: Conversion,
  gather: Widget,
  name: string | undefined,
  field: AnswerField,
): Menu | undefined {
  const split = name === undefined ? undefined : c.graph.widgets.get(name);
  if (split?.type !== "split-based-on") return undefined;
  const options: Option[] = [];
  const seen = new Set<string>();
  for (const { event, next, conditions } of split.transitions) {
    if (event !== "match") continue;
    const [condition, another] = conditions;
    if (!condition || another || !isNamed(condition.type, field)) return undefined;
    if (!isAnswer(c, gather, condition.argument, field)) return undefined;
    const answers = valuesOf(condition).filter((one) => !seen.has(one));
    if (field === "Digits" && answers.some((one) => !/^[0-9*#]+$/.test(one))) return undefined;
    for (const one of answers) seen.add(one);
    if (answers.length > 0) options.push({ answers, next });
  }
  if (options.length === 0) return undefined;
  return { split: split.name, options, other: transitionOf(split, "noMatch").next };
}

/** Whether a condition names its answers; words can be a part of what was said or written. */
function isNamed(type: string, field: AnswerField): boolean {
  return /^(?:equal_to|matches_any_of)$/.test(type) || (type === "contains" && field !== "Digits");
}

/** Whether a text is the gather's answer, directly or through a variable that passes it on. */
function isAnswer(c: Conversion, gather: Widget, argument: string, field: AnswerField): boolean {
  const parts = parseLiquid(argument) ?? [];
  const passed = passedOn(parts);
  const path = passed && !passed.otherwise ? passed.path : wordsIn(parts);
  return (
    path !== undefined && pathText(c.values.sources.sourceOf(path)) === `widgets.${gather.name}.${field}`
  );
}

/** The choices of a gather, as YAML has them: keys in ranges where several in a row lead to the same place. */
export function keysOf(answers: readonly string[]): string[] {
  const keys: string[] = [];
  for (let at = 0; at < answers.length; ) {
    let end = at;
    while (isNext(answers[end], answers[end + 1])) end++;
    const [first = "", last = ""] = [answers[at], answers[end]];
    if (end - at >= 2) keys.push(`${first}-${last}`);
    else keys.push(...answers.slice(at, end + 1));
    at = end + 1;
  }
  return keys;
}

function isNext(one: string | undefined, next: string | undefined): boolean {
  if (one === undefined || next === undefined || one.length !== next.length) return false;
  return /^\d+$/.test(one) && /^\d+$/.test(next) && Number(next) === Number(one) + 1;
}
