/** Stage 3, its end: only what is read is saved and assigned. */
import type { Conversion } from "../conversion.ts";
import { compact, Exit, isTreeMap, type Step, type Tree, type TreeMap } from "../step.ts";
import type { Variable } from "../values/declared.ts";
import { WIDGETS } from "../widgets/registry.ts";
import { assignmentsOf } from "../widgets/set.ts";

/** Fills in `save` and `set`, until nothing is saved that no step reads. */
export function withUsed(c: Conversion, steps: readonly Step[]): Step[] {
  const filled = withoutUnread(steps.map((step) => assigned(c, step)));
  const read = readIn(filled);
  return filled.map((step) => saving(c, step, read));
}

/** Steps that assign only what others read. */
export function withoutUnread(steps: readonly Step[]): Step[] {
  const read = readIn(steps);
  const fewer = steps.map((step) => onlyRead(step, read));
  return JSON.stringify(fewer) === JSON.stringify(steps) ? fewer : withoutUnread(fewer);
}

/** Steps that save only what others read: joining steps can have taken the readers away. */
export function withoutUnreadSaves(steps: readonly Step[]): Step[] {
  const read = readIn(steps);
  return steps.map((step) => onlyReadSaves(step, read));
}

function onlyReadSaves(step: Step, read: ReadonlySet<string>): Step {
  const { body } = step;
  if (!isTreeMap(body) || !isTreeMap(body.save)) return step;
  // An answer that lacks the value leads elsewhere.
  if (isTreeMap(body.status) && "invalid" in body.status) return step;
  const kept = Object.entries(body.save).filter(([name]) => read.has(name));
  return {
    ...step,
    body: compact({ ...body, save: kept.length > 0 ? Object.fromEntries(kept) : undefined }),
  };
}

/** The names of variables that steps read. */
export function readIn(steps: readonly Step[]): Set<string> {
  const text = JSON.stringify(steps.map(({ body }) => body));
  return new Set([...text.matchAll(/\bvars\.(\w+)/g)].map(([, name = ""]) => name));
}

function widgetOf(c: Conversion, { widgets: [name] }: Step) {
  return name === undefined ? undefined : c.graph.widgets.get(name);
}

function assigned(c: Conversion, step: Step): Step {
  const widget = step.kind === "set" ? widgetOf(c, step) : undefined;
  return widget?.type === "set-variables" ? { ...step, body: assignmentsOf(c, widget) } : step;
}

/** A `set` without what no step reads. */
function onlyRead(step: Step, read: ReadonlySet<string>): Step {
  if (step.kind !== "set" || !isTreeMap(step.body)) return step;
  return {
    ...step,
    body: Object.fromEntries(Object.entries(step.body).filter(([name]) => read.has(name))),
  };
}

function saving(c: Conversion, step: Step, read: ReadonlySet<string>): Step {
  const widget = widgetOf(c, step);
  const kind = widget && Object.hasOwn(WIDGETS, widget.type) ? WIDGETS[widget.type] : undefined;
  if (!widget || !kind?.save || step.kind === "branch") return step;
  const saved = c.values.declared.savedBy(widget.name).filter(({ variable }) => read.has(variable.name));
  const body = withInvalid(c, widget.name, kind.save(step.body, saved));
  if (!needsPlace(step, body)) return { ...step, body };
  return { ...step, body: compact({ ...body, save: unreadName(c) }) };
}

/** Whether a question without choices has no place for its answer: it needs one, even if no step reads it. */
function needsPlace({ kind, next }: Step, body: Tree): body is TreeMap {
  const isQuestion = kind === "gather" || (kind === "ask" && next !== undefined);
  return isQuestion && isTreeMap(body) && !("choices" in body || "save" in body);
}

/** A variable that nothing reads. */
function unreadName({ values }: Conversion): string {
  const names = new Set(values.declared.variables.map(({ name }) => name));
  let name = "answer";
  for (let count = 2; names.has(name); count++) name = `answer_${count}`;
  return name;
}

/** The exit for an answer that lacks a value. */
function withInvalid(c: Conversion, widget: string, body: Tree): Tree {
  const exit = c.invalid.get(widget);
  if (!exit || !isTreeMap(body) || !isTreeMap(body.status)) return body;
  const { else: other } = body.status;
  const isSame = other instanceof Exit && other.to === exit.to && other.isWord === exit.isWord;
  return isSame ? body : { ...body, status: { invalid: exit, ...body.status } };
}

/** The variables to declare: `save` declares those of an answer itself. */
export function declared(variables: readonly Variable[], steps: readonly Step[]): Variable[] {
  const read = readIn(steps);
  const text = JSON.stringify(steps.map(({ body }) => body));
  return variables
    .filter(({ name }) => read.has(name))
    .filter(
      (one) => one.type !== "string" || one.default !== undefined || one.isTaken || !isSavedAlone(one, text),
    )
    .map((one) => withLength(one, text));
}

function isSavedAlone({ name }: Variable, text: string): boolean {
  return text.includes(`"save":${JSON.stringify(name)}`);
}

/** The length of a text that is a prompt of its own, which a service has written. */
const SPOKEN = 1000;

function withLength(variable: Variable, text: string): Variable {
  const isPrompt = variable.type === "string" && text.includes(`{"say":"{{ vars.${variable.name} }}`);
  return isPrompt && variable.default !== undefined ? { ...variable, maxLength: SPOKEN } : variable;
}
