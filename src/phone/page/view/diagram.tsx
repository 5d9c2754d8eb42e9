/** A flow's diagram: steps and exits, the route taken, and the caller's place. Works with mouse, touch and keyboard. */
import type { ComponentChildren } from "preact";
import { useMemo, useRef } from "preact/hooks";
import type { Department, Drawing, DrawnNode, Graph } from "../contract/drawing.ts";
import type { FlowView } from "../contract/flow.ts";
import { neighbour } from "../text/neighbour.ts";
import { placesIn } from "../text/places.ts";
import type { Route } from "../text/route.ts";
import { Departments, Nodes } from "./drawing.ts";
import { Arrowheads, Edges } from "./edges.ts";
import { useDrawing } from "./use-drawing.ts";
import { useSize } from "./use-size.ts";
import { type DiagramWindow, useViewport } from "./use-viewport.ts";
import { STEP, ZoomButtons } from "./zoom-buttons.tsx";

/** What the diagram shows and reports. */
interface DiagramProps {
  flow: FlowView;
  graph: Graph;
  route: Route;
  /** The step that is followed. */
  at: string | undefined;
  selected: string | undefined;
  /** The viewport follows the caller. */
  follows: boolean;
  setFollows(follows: boolean): void;
  choose(step: string): void;
  openPart(flow: string): void;
  /** What is next to the buttons of its window. */
  children: ComponentChildren;
}

/** The diagram in a window of its own. */
export function Diagram({ graph, choose, children, ...props }: DiagramProps) {
  const { flow, route, at, selected, follows, setFollows, openPart } = props;
  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  const { drawing, toggle, toggleAll, refold } = useDrawing(graph, size, [
    selected,
    follows ? at : undefined,
  ]);
  const window = useViewport({ ...props, frame, size, drawing });
  const { view, zoomBy, fitAll, hold } = window;
  const content = useMemo(() => {
    const chosen = (step: string): void => {
      window.keep(step);
      choose(step);
    };
    const fold = (department: Department): void => {
      hold(department);
      toggle(department);
    };
    return (
      <>
        <Departments flow={flow} drawing={drawing} route={route} toggle={fold} />
        <Edges drawing={drawing} route={route} />
        <Nodes {...{ flow, drawing, route, selected, choose: chosen, openPart }} />
      </>
    );
    // The handlers read what is latest.
  }, [flow, drawing, route, selected]);
  return (
    <>
      <div class="flow-head">
        {children}
        <ZoomButtons
          zoomBy={zoomBy}
          fitAll={() => {
            refold();
            fitAll();
          }}
          follows={follows}
          follow={() => setFollows(!follows)}
          {...(drawing.departments.length > 0 && {
            departments: { areOpen: drawing.departments.some(({ isOpen }) => isOpen), toggle: toggleAll },
          })}
        />
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the steps in it, which are buttons. */}
      <div class="diagram" ref={frame} onKeyDown={(event) => walk(event, drawing, window, frame.current)}>
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
      </div>
    </>
  );
}

/** Plus, minus and Home move the window; arrow keys go from one step to the next. */
function walk(
  event: KeyboardEvent,
  drawing: Drawing,
  window: DiagramWindow,
  frame: HTMLElement | null,
): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const moved = moveBy(event.key, window);
  const id = event.target instanceof Element ? event.target.getAttribute("data-node") : null;
  const places = placesIn(drawing);
  const from = places.find((node) => node.id === id);
  const next: DrawnNode | undefined = from && neighbour(places, from, event.key);
  if (!moved && !next) return;
  event.preventDefault();
  moved?.();
  if (!next) return;
  window.show(next);
  frame?.querySelector<SVGElement>(`[data-node="${CSS.escape(next.id)}"]`)?.focus();
}

function moveBy(key: string, { zoomBy, fitAll }: DiagramWindow): (() => void) | undefined {
  if (key === "+" || key === "=") return () => zoomBy(STEP);
  if (key === "-") return () => zoomBy(1 / STEP);
  return key === "Home" ? fitAll : undefined;
}
