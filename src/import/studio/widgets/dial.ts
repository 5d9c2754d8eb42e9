/** Connect Call To → `dial`; a split on how the call ended is its `status`. */
import { type Conversion, exitTo, textFor } from "../conversion.ts";
import { textIn, transitionOf, type Widget, wholeIn } from "../definition.ts";
import { parseLiquid } from "../liquid/parse.ts";
import { require } from "../notes.ts";
import { compact, type Exit, type Step, type Tree } from "../step.ts";
import { passedOn } from "../values/assigned.ts";
import { valuesOf } from "../values/compared.ts";
import { stepFor } from "./widget.ts";

/** Converts a Connect Call To. */
export function convertDial(c: Conversion, widget: Widget): Step[] {
  const { next, status, widgets } = outcomesOf(c, widget);
  const target = targetOf(c, widget);
  const isComputed = JSON.stringify(target).includes("{{");
  if (isComputed)
    require(c.notes, { kind: "allow", name: "US", why: `the countries that ${widget.name} may call` });
  const [timeout, limit] = [wholeIn(widget, "timeout"), wholeIn(widget, "time_limit")];
  const body = compact({
    to: target,
    allow: isComputed ? ["US"] : undefined,
    status,
    timeout: timeout === undefined || timeout === 30 || timeout < 5 ? undefined : timeout,
    timeLimit: limit === undefined || limit < 1 ? undefined : limit,
    callerId: callerIdOf(c, widget),
    record: textIn(widget, "record") === "true" ? "record-from-answer" : undefined,
  });
  const hangup = transitionOf(widget, "hangup").next;
  if (hangup !== undefined) c.notes.changedExits.add(`${widget.name} hangup`);
  return [stepFor(widget, { kind: "dial", body, widgets: [widget.name, ...widgets], next })];
}

function targetOf(c: Conversion, widget: Widget): Tree {
  const [noun, to] = [textIn(widget, "noun"), textFor(c, widget, textIn(widget, "to").trim()).text];
  if (noun === "sip" || noun === "sim" || noun === "client" || noun === "conference")
    return {
      [noun === "sip" ? "sip" : noun]:
        noun === "sip" ? textFor(c, widget, textIn(widget, "sip_endpoint") || textIn(widget, "to")).text : to,
    };
  const numbers = to
    .split(",")
    .map((one) => numberOf(one.trim()))
    .filter((one) => one !== "");
  const [only, more] = numbers;
  return only === undefined ? "+" : more === undefined ? only : numbers;
}

/** A number in full; one without a plus is taken to be American. */
function numberOf(text: string): string {
  if (text.includes("{{") || text.startsWith("+")) return text;
  const digits = text.replace(/\D/g, "");
  return digits.length === 10 ? `+1${digits}` : digits === "" ? "" : `+${digits}`;
}

/** The caller's own number is shown anyway. */
function callerIdOf(c: Conversion, widget: Widget): string | undefined {
  const { text, whole } = textFor(c, widget, textIn(widget, "caller_id").trim());
  return text === "" || whole?.cel === "caller.number" ? undefined : whole ? text : numberOf(text);
}

interface Outcomes {
  next: Exit;
  status: Tree;
  widgets: readonly string[];
}

/** Studio's names of outcomes, and ours: what is a conversation takes `next`. */
const COMPLETED = new Set(["completed", "answered"]);
const STATUS = new Set(["busy", "no-answer", "failed", "canceled"]);

function outcomesOf(c: Conversion, widget: Widget): Outcomes {
  const after = transitionOf(widget, "callCompleted").next;
  const split = after === undefined ? undefined : c.graph.widgets.get(after);
  const plain: Outcomes = { next: exitTo(c, after), status: { else: exitTo(c, after) }, widgets: [] };
  if (split?.type !== "split-based-on") return plain;
  const exits = new Map<string, string | undefined>();
  for (const { event, next, conditions } of split.transitions) {
    if (event !== "match") continue;
    const [condition, more] = conditions;
    if (!condition || more || !/^(?:equal_to|matches_any_of)$/.test(condition.type)) return plain;
    const path = passedOn(parseLiquid(condition.argument) ?? [])?.path.join(".");
    if (path !== `widgets.${widget.name}.DialCallStatus`) return plain;
    for (const value of valuesOf(condition)) if (!exits.has(value)) exits.set(value, next);
  }
  const other = transitionOf(split, "noMatch").next;
  const completed = [...COMPLETED].find((one) => exits.has(one));
  const status = [...exits].flatMap(([value, next]): [string, Tree][] =>
    STATUS.has(value) && next !== other ? [[value, exitTo(c, next)]] : [],
  );
  return {
    next: exitTo(c, completed === undefined ? other : exits.get(completed)),
    status: { ...Object.fromEntries(status), else: exitTo(c, other) },
    widgets: [split.name],
  };
}
