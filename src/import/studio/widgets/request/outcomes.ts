/** Where a request leads: a circle after failures becomes `retries`, and a split on the status code `status`. */
import { type Conversion, exitTo, leadsOf } from "../../conversion.ts";
import { transitionOf, type Widget } from "../../definition.ts";
import { parseLiquid } from "../../liquid/parse.ts";
import { promptOf } from "../../prompts.ts";
import { circleTo } from "../../shape/circle.ts";
import { Prompt, type Tree } from "../../step.ts";
import { passedOn } from "../../values/assigned.ts";

/** The outcomes of a request. */
interface Outcomes {
  next: string | undefined;
  retries: number;
  status: Tree;
  meanwhile?: Prompt | undefined;
  widgets: readonly string[];
}

/** How often a request without end is repeated. */
const RETRIES = 2;

/** Reads the outcomes. */
export function outcomesOf(c: Conversion, widget: Widget, failed: string | undefined): Outcomes {
  const success = transitionOf(widget, "success").next;
  const leads = leadsOf(c, widget.name);
  const circle = circleTo(c, failed, new Set([widget.name, ...leads]));
  const said = leads.flatMap((name) => {
    const lead = c.graph.widgets.get(name);
    return lead ? promptOf(c, lead) : [];
  });
  const code = codeSplit(c, widget, success);
  const after = circle ? circle.after : failed;
  if (circle) noteRetries(c, widget, circle.attempts);
  return {
    next: code ? code.next : success,
    retries: circle ? Math.min((circle.attempts ?? RETRIES + 1) - 1, 3) : 0,
    status: { else: exitTo(c, after) },
    meanwhile: said.length === 0 ? undefined : new Prompt(said),
    widgets: [...(circle?.widgets ?? []), ...(code ? [code.split] : [])],
  };
}

function noteRetries(c: Conversion, { name }: Widget, attempts: number | undefined): void {
  c.notes.changed.push({
    widget: name,
    was:
      attempts === undefined
        ? "after a failure it was tried again without end"
        : `a counter allowed ${attempts} attempts of up to 10 seconds`,
    is: `\`retries\` of the request, which have ${10} seconds in all`,
  });
  if (attempts === undefined)
    for (const event of ["fail", "failed"]) c.notes.changedExits.add(`${name} ${event}`);
}

/** A split that only asks whether the status of a success is 200: a success it is. */
function codeSplit(
  c: Conversion,
  widget: Widget,
  next: string | undefined,
): { split: string; next: string | undefined } | undefined {
  const split = next === undefined || c.exact ? undefined : c.graph.widgets.get(next);
  if (split?.type !== "split-based-on") return undefined;
  const [match, another] = split.transitions.filter(({ event }) => event === "match");
  const [condition, more] = match?.conditions ?? [];
  if (
    !match ||
    another ||
    !condition ||
    more ||
    condition.type !== "equal_to" ||
    condition.value.trim() !== "200"
  )
    return undefined;
  const path = passedOn(parseLiquid(condition.argument) ?? [])?.path.join(".");
  if (path !== `widgets.${widget.name}.status_code`) return undefined;
  c.notes.changed.push({
    widget: split.name,
    was: "only the status 200 was a success",
    is: "every status from 200 to 299 is",
  });
  c.notes.changedExits.add(`${split.name} noMatch`);
  return { split: split.name, next: match.next };
}
