/** How a type of widget becomes steps. */
import type { Conversion } from "../conversion.ts";
import type { Widget } from "../definition.ts";
import type { Step, Tree } from "../step.ts";
import type { Saved } from "../values/declared.ts";

/** The conversion of one type of widget. */
export interface WidgetKind {
  /** The steps, the first for the widget itself; undefined if there is no counterpart on this road. */
  convert(c: Conversion, widget: Widget): Step[] | undefined;
  /** Adds what later widgets read to the body of the step. */
  save?(body: Tree, saved: readonly Saved[]): Tree;
}

/** A step of a widget. */
export function stepFor(widget: Widget, step: Pick<Step, "kind" | "body"> & Partial<Step>): Step {
  return { key: widget.name, wish: widget.name, widgets: [widget.name], ...step };
}
