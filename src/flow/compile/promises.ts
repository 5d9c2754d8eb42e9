/** A flow's promises, with their names resolved and their conditions lowered. They are not a part of its Program. */
import type { Expr } from "../../program/op.ts";
import type { Checked } from "../analysis/checked.ts";
import { type Target, targetOf } from "../analysis/promised.ts";
import type { Span } from "../language/node.ts";
import type { PromisedSteps, PromiseSetting, Within } from "../model/promises.ts";
import { lower } from "./lower.ts";

interface Common {
  /** The key that it begins with. */
  span: Span;
  /** As the author wrote it, on one line. */
  text: string;
  /** It counts only while this holds. */
  while?: Expr;
  because?: string;
}

/** A promise of a flow. Steps are named as in the flow's own Program. */
export type FlowPromise = Common &
  (
    | { sort: "reach"; to: Target; from?: Target; within: Within }
    | { sort: "never"; of: Target }
    | { sort: "always"; first: Target; before: Target }
    | { sort: "only"; condition: Expr; at: Target }
  );

/** The promises of a flow without errors. @param parts every flow that it can run */
export function promisesOf(checked: Checked, parts: readonly Checked[]): FlowPromise[] {
  const { flow, facts } = checked;
  const { promises = [] } = flow.settings;
  const node = flow.root.pairs.find(({ key }) => key.text === "promises")?.value;
  const items = node?.type === "list" ? node.items : [];
  const own = new Set(facts.functions.map(({ name }) => name));
  const read: Reading = {
    condition: (text) => lower(facts.environment.parse(text).ast, own),
    target: (names) => targetOf([names].flat(), checked, parts),
  };
  return promises.map((setting, index) => {
    const item = items[index];
    const span = (item?.type === "map" ? item.pairs[0]?.key : item)?.span ?? { start: 0, end: 1 };
    return { span, text: textOf(setting), ...commonOf(setting, read), ...sortOf(setting, read) };
  });
}

interface Reading {
  condition(text: string): Expr;
  target(names: PromisedSteps): Target;
}

type Sorted = FlowPromise extends infer P ? (P extends Common ? Omit<P, keyof Common> : never) : never;

function sortOf(setting: PromiseSetting, { condition, target }: Reading): Sorted {
  if ("reach" in setting) {
    const { reach, from, within = {} } = setting;
    return { sort: "reach", to: target(reach), ...(from !== undefined && { from: target(from) }), within };
  }
  if ("never" in setting) return { sort: "never", of: target(setting.never) };
  if ("always" in setting)
    return { sort: "always", first: target(setting.always), before: target(setting.before) };
  return { sort: "only", condition: condition(setting.only), at: target(setting.at) };
}

function commonOf(setting: PromiseSetting, { condition }: Reading): Omit<Common, "span" | "text"> {
  const { because } = setting;
  const when = "while" in setting ? setting.while : undefined;
  return {
    ...(when !== undefined && { while: condition(when) }),
    ...(because !== undefined && { because }),
  };
}

/** `never hangup, while isOpen("office")`. */
function textOf(setting: PromiseSetting): string {
  const { because: _why, ...rest } = setting;
  return Object.entries(rest)
    .map(([key, value]) => `${key} ${wordsOf(value)}`)
    .join(", ");
}

function wordsOf(value: PromisedSteps | Within): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.join(" or ");
  return Object.entries(value)
    .map(([units, most]) => `${most} ${most === 1 ? units.replace(/s$/, "") : units}`)
    .join(" and ");
}
