/** A widget without a counterpart: a marked step that keeps its exits, with the widget's JSON in a comment. */
import { GAP } from "../../../flow/language/gap.ts";
import { type Conversion, exitTo } from "../conversion.ts";
import type { Widget } from "../definition.ts";
import { noteOnce } from "../notes.ts";
import type { Step, Tree } from "../step.ts";
import { stepFor } from "./widget.ts";

/** The marked step. */
export function gapOf(c: Conversion, widget: Widget): Step[] {
  noteOnce(c.notes.left, { widget: widget.name, text: `a widget of the type \`${widget.type}\`` });
  const { offset: _, ...properties } = widget.properties;
  const exits = widget.transitions.filter(({ next }) => next !== undefined);
  const last = exitTo(c, exits[0]?.next);
  const body: Tree = [
    ...exits.slice(1).map(({ event, next }) => ({
      when: `"${event}" == "${exits[0]?.event ?? ""}"`,
      next: exitTo(c, next),
    })),
    { next: last },
  ];
  const [first] = exits;
  const until =
    first === undefined
      ? "until then the road ends here"
      : `until then the flow continues as after "${first.event}"`;
  const comment = [
    `${GAP} ${widget.type} has no counterpart. Write what replaces it; ${until}.`,
    ...jsonLines(widget, properties),
  ];
  return [stepFor(widget, { kind: "branch", body, comment })];
}

/** The widget's JSON, a line for each property and each transition. */
function jsonLines(
  { name, type, transitions }: Widget,
  properties: Readonly<Record<string, unknown>>,
): string[] {
  const list = (lines: readonly string[]): string[] =>
    lines.map((line, index) => `    ${line}${index === lines.length - 1 ? "" : ","}`);
  return [
    `{ "name": ${JSON.stringify(name)}, "type": ${JSON.stringify(type)},`,
    '  "properties": {',
    ...list(
      Object.entries(properties).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`),
    ),
    '  }, "transitions": [',
    ...list(
      transitions.map(({ event, next, conditions }) =>
        JSON.stringify({ event, next, ...(conditions.length > 0 && { conditions }) }),
      ),
    ),
    "  ] }",
  ];
}
