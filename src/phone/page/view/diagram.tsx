/** A flow's diagram: steps and exits, the route taken, and the caller's place. Works with mouse, touch and keyboard. */
import { useMemo } from "preact/hooks";
import type { Drawing, DrawnNode, FlowView } from "../contract.ts";
import { neighbour } from "../text/neighbour.ts";
import type { Route } from "../text/route.ts";
import { Arrowheads, Edges, Nodes } from "./drawing.tsx";
import { type DiagramWindow, useViewport } from "./use-viewport.ts";
import { STEP, ZoomButtons } from "./zoom-buttons.tsx";

/** What the diagram shows and reports. */
interface DiagramProps {
  flow: FlowView;
  drawing: Drawing;
  route: Route;
  /** The step that is followed. */
  at: string | undefined;
  selected: string | undefined;
  /** The viewport follows the caller. */
  follows: boolean;
  setFollows(follows: boolean): void;
  choose(step: string): void;
  openPart(flow: string): void;
}

/** The diagram in a window of its own. */
export function Diagram(props: DiagramProps) {
  const { flow, drawing, route, selected, follows, setFollows, choose, openPart } = props;
  const window = useViewport(props);
  const { frame, view, zoomBy, fitAll } = window;
  const content = useMemo(
    () => (
      <>
        <Edges drawing={drawing} route={route} />
        <Nodes {...{ flow, drawing, route, selected, choose, openPart }} />
      </>
    ),
    [flow, drawing, route, selected],
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the steps in it, which are buttons.
    <div class="diagram" ref={frame} onKeyDown={(event) => walk(event, drawing, window)}>
      {/* biome-ignore lint/a11y/useSemanticElements: SVG has no fieldset. */}
      <svg width="100%" height="100%" role="group" aria-label={`${flow.name}, ${flow.steps.length} steps`}>
        <Arrowheads />
        <g
          class={follows ? "world is-following" : "world"}
          style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})` }}
        >
          {content}
        </g>
      </svg>
      <ZoomButtons zoomBy={zoomBy} fitAll={fitAll} follows={follows} follow={() => setFollows(!follows)} />
    </div>
  );
}

/** Plus, minus and Home move the window; arrow keys go from one step to the next. */
function walk(event: KeyboardEvent, drawing: Drawing, window: DiagramWindow): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const moved = moveBy(event.key, window);
  const id = event.target instanceof Element ? event.target.getAttribute("data-node") : null;
  const from = drawing.nodes.find((node) => node.id === id);
  const next = from && neighbour(drawing.nodes.filter(isButton), from, event.key);
  if (!moved && !next) return;
  event.preventDefault();
  moved?.();
  if (!next) return;
  window.show(next);
  window.frame.current?.querySelector<SVGElement>(`[data-node="${CSS.escape(next.id)}"]`)?.focus();
}

function moveBy(key: string, { zoomBy, fitAll }: DiagramWindow): (() => void) | undefined {
  if (key === "+" || key === "=") return () => zoomBy(STEP);
  if (key === "-") return () => zoomBy(1 / STEP);
  return key === "Home" ? fitAll : undefined;
}

/** A beginning and an end are nothing to go to. */
function isButton({ begins, end }: DrawnNode): boolean {
  return begins === undefined && end === undefined;
}
