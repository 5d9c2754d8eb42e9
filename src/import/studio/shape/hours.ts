/** Stage 5: a request that asks whether an office is open could be `hours`; a comment says how. */
import type { Conversion } from "../conversion.ts";
import { textIn } from "../definition.ts";
import { isTreeMap, type Step } from "../step.ts";

const HOURS = /hours|schedule|holiday|is-?open/i;

/** Adds the comment to a step that looks like it. */
export function offerHours(c: Conversion, step: Step): Step {
  if (step.kind !== "request" || !isTreeMap(step.body) || !isTreeMap(step.body.save)) return step;
  const isAsked = step.widgets.some((name) => {
    const widget = c.graph.widgets.get(name);
    return (
      HOURS.test(name) ||
      (widget !== undefined && HOURS.test(textIn(widget, "url").replace(/^https?:\/\/[^/]*/, "")))
    );
  });
  if (!isAsked) return step;
  const comment = [
    "Opening hours can be in the flow itself, without this request:",
    '  hours: { office: { timezone: America/New_York, open: { mon-fri: "09:00-17:00" } } }',
    '  branch: [{ when: isOpen("office"), next: … }, { next: … }]',
  ];
  return { ...step, comment: [...(step.comment ?? []), ...comment] };
}
