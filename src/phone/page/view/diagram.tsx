/** A flow's diagram: steps and exits, the way taken, and the caller's place. Walked by mouse, finger and keyboard. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Drawing, DrawnNode, FlowView } from "../contract.ts";
import { middle, neighbour } from "../text/neighbour.ts";
import { centre, fitted, type Size, sees, type Viewport, zoom } from "../text/viewport.ts";
import type { Way } from "../text/way.ts";
import { Edges, Nodes } from "./drawing.tsx";
import { usePointers } from "./use-pointers.ts";

/** What the diagram shows and tells. */
interface DiagramProps {
  flow: FlowView;
  drawing: Drawing;
  way: Way;
  selected: string | undefined;
  /** The window goes where the caller goes. */
  follows: boolean;
  setFollows(follows: boolean): void;
  choose(step: string): void;
  openPart(flow: string): void;
}

/** Steps are readable from this scale on. */
const READABLE = 0.75;
const STEP = 1.25;

/** The diagram in a window of its own. */
export function Diagram({
  flow,
  drawing,
  way,
  selected,
  follows,
  setFollows,
  choose,
  openPart,
}: DiagramProps) {
  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  const [moved, setMoved] = useState<Viewport>();
  const view = moved ?? first(flow, drawing, size);
  const move = (to: Viewport): void => {
    setFollows(false);
    setMoved(to);
  };
  const latest = useRef({ view, move });
  latest.current = { view, move };
  usePointers(frame, latest);

  useEffect(() => {
    const node = drawing.nodes.find(({ id }) => id === way.at);
    if (!follows || !node || sees(view, size, node)) return;
    setMoved(centre(view, size, middle(node), READABLE));
  }, [way.at, follows, size.width]);

  useEffect(() => {
    const node = drawing.nodes.find(({ id }) => id === selected);
    // Chosen from a list, it may be anywhere.
    if (node && !sees(view, size, node)) move(centre(view, size, middle(node), READABLE));
  }, [selected]);

  const focus = (node: DrawnNode): void => {
    if (!sees(view, size, node)) move(centre(view, size, middle(node), 0));
    frame.current?.querySelector<SVGElement>(`[data-node="${CSS.escape(node.id)}"]`)?.focus();
  };
  const walk = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const zoomed = zoomedBy(event.key, view, drawing, size);
    const id = event.target instanceof Element ? event.target.getAttribute("data-node") : null;
    const from = drawing.nodes.find((node) => node.id === id);
    const next = from && neighbour(drawing.nodes.filter(isButton), from, event.key);
    if (!zoomed && !next) return;
    event.preventDefault();
    if (zoomed) move(zoomed);
    if (next) focus(next);
  };
  const content = useMemo(
    () => (
      <>
        <Edges drawing={drawing} way={way} />
        <Nodes
          flow={flow}
          drawing={drawing}
          way={way}
          selected={selected}
          choose={choose}
          openPart={openPart}
        />
      </>
    ),
    [flow, drawing, way, selected],
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the steps in it, which are buttons.
    <div class="diagram" ref={frame} onKeyDown={walk}>
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
      <ZoomButtons
        zoomBy={(factor) => move(zoom(view, factor, { x: size.width / 2, y: size.height / 2 }))}
        fitAll={() => move(fitted(drawing, size))}
        follows={follows}
        follow={() => setFollows(!follows)}
      />
    </div>
  );
}

/** A beginning and an end are nothing to go to. */
function isButton({ begins, end }: DrawnNode): boolean {
  return begins === undefined && end === undefined;
}

/** All of it, where that can be read; else its beginning. */
function first(flow: FlowView, drawing: Drawing, size: Size): Viewport {
  const whole = fitted(drawing, size);
  const start = drawing.nodes.find(({ id }) => id === flow.start);
  if (whole.scale >= READABLE * 0.8 || !start) return whole;
  const { x } = middle(start);
  const left = size.width / 2 - x * READABLE;
  // No empty space at one side while something is cut off at the other.
  const least = Math.min(0, size.width - drawing.width * READABLE);
  return { scale: READABLE, x: Math.max(least, Math.min(0, left)), y: 16 - start.y * READABLE };
}

function zoomedBy(key: string, view: Viewport, drawing: Drawing, size: Size): Viewport | undefined {
  const at = { x: size.width / 2, y: size.height / 2 };
  if (key === "+" || key === "=") return zoom(view, STEP, at);
  if (key === "-") return zoom(view, 1 / STEP, at);
  return key === "Home" ? fitted(drawing, size) : undefined;
}

function useSize(frame: { current: HTMLElement | null }): Size {
  const [size, setSize] = useState<Size>({ width: 800, height: 600 });
  useEffect(() => {
    const { current } = frame;
    if (!current) return;
    const measure = (): void => setSize({ width: current.clientWidth, height: current.clientHeight });
    const observer = new ResizeObserver(measure);
    measure();
    observer.observe(current);
    return () => observer.disconnect();
  }, [frame]);
  return size;
}

function Arrowheads() {
  return (
    <defs>
      {["", "taken", "beside"].map((tone) => (
        <marker
          key={tone}
          id={tone === "" ? "arrow" : `arrow-${tone}`}
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto"
        >
          <path class={`head-of-arrow${tone === "" ? "" : ` is-${tone}`}`} d="M0 .5 8 4 0 7.5Z" />
        </marker>
      ))}
    </defs>
  );
}

interface ZoomButtonsProps {
  zoomBy(factor: number): void;
  fitAll(): void;
  follows: boolean;
  follow(): void;
}

function ZoomButtons({ zoomBy, fitAll, follows, follow }: ZoomButtonsProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: buttons of one window, not fields of a form.
    <div class="zoom" role="group" aria-label="The window on the diagram">
      <button type="button" class="small" aria-pressed={follows} onClick={follow}>
        Follow
      </button>
      <button type="button" class="small" onClick={fitAll}>
        Show all
      </button>
      <button type="button" class="small" aria-label="Further away" onClick={() => zoomBy(1 / STEP)}>
        −
      </button>
      <button type="button" class="small" aria-label="Closer" onClick={() => zoomBy(STEP)}>
        +
      </button>
    </div>
  );
}
