/** Stage 5: a Say/Play that only leads to a question or a request is its prompt. */

import { textIn, transitionOf, type Widget } from "../definition.ts";
import type { Graph } from "../graph.ts";
import { before } from "../graph.ts";
import { parseLiquid } from "../liquid/parse.ts";

/** The Say/Play widgets that are merged, and the widgets that they are merged into. */
export function mergedIn(graph: Graph): Map<string, string> {
  const merged = new Map<string, string>();
  for (const widget of graph.widgets.values()) {
    if (widget.type !== "say-play" || isManifold(widget)) continue;
    const next = graph.widgets.get(transitionOf(widget, "audioComplete").next ?? "");
    if (!next || !takesPrompt(next) || [...merged.values()].includes(next.name)) continue;
    const others = before(graph, next.name).filter(({ name }) => name !== widget.name);
    if (others.length === 0) merged.set(widget.name, next.name);
  }
  return merged;
}

/** Whether a widget has no words of its own, and its step has room for some. */
function takesPrompt(widget: Widget): boolean {
  if (widget.type === "run-function" || widget.type === "make-http-request") return true;
  return (
    widget.type === "gather-input-on-call" && (textIn(widget, "say") + textIn(widget, "play")).trim() === ""
  );
}

/** Whether a text depends on a value, so that it can become several steps. */
function isManifold(widget: Widget): boolean {
  return (parseLiquid(textIn(widget, "say")) ?? []).some(({ part }) => part === "choice");
}
