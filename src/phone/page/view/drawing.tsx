/** The pieces of a diagram: its steps, its ends, and the exits between them. */
import {
  BEGINS,
  type Drawing,
  type DrawnEdge,
  type DrawnNode,
  type FindingView,
  type FlowView,
  LABEL_LINE,
  type StepView,
} from "../contract.ts";
import { cut } from "../text/measure.ts";
import { roundedPath } from "../text/rounded-path.ts";
import { edgeKey, isLit, type Route, type Steps } from "../text/route.ts";

// As in flow.css.
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif';
const NAME = `600 14px ${FONT}`;
const SMALL = `12px ${FONT}`;

/** The heads of lines, by how those are lit. */
export function Arrowheads() {
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

/** The exits, the taken ones on top. */
export function Edges({ drawing, route }: { drawing: Drawing; route: Route }) {
  const elsewhere = new Map(drawing.nodes.map(({ id, elsewhere }) => [id, elsewhere ?? id]));
  const isIn = ({ edges }: Steps, { from, to }: DrawnEdge): boolean =>
    edges.has(edgeKey(from, elsewhere.get(to) ?? to));
  const toneOf = (edge: DrawnEdge): Tone => {
    if (!edge.sideRoad && isIn(route, edge)) return "taken";
    return isIn(route.asides, edge) ? "aside" : "none";
  };
  const ordered = drawing.edges
    .map((edge) => ({ edge, tone: toneOf(edge) }))
    .sort((one, other) => TONES.indexOf(one.tone) - TONES.indexOf(other.tone));
  return (
    <g class="edges">
      {ordered.map(({ edge, tone }) => (
        <Edge
          key={`${edgeKey(edge.from, edge.to)} ${edge.sideRoad ?? ""}`}
          edge={edge}
          tone={tone}
          taken={route.labels?.get(edgeKey(edge.from, elsewhere.get(edge.to) ?? edge.to))}
        />
      ))}
    </g>
  );
}

/** How a line is lit: not at all, as a side road, as the caller's route. */
const TONES = ["none", "aside", "taken"] as const;
type Tone = (typeof TONES)[number];

const HEADS = { none: "url(#arrow)", aside: "url(#arrow-aside)", taken: "url(#arrow-taken)" } as const;

interface EdgeProps {
  edge: DrawnEdge;
  tone: Tone;
  /** The exits that were taken among those that share the line; all of them if that is not known. */
  taken: ReadonlySet<string> | undefined;
}

function Edge({ edge: { points, labels, labelAt, sideRoad }, tone, taken }: EdgeProps) {
  const [x, y] = labelAt ?? [0, 0];
  const top = y - ((labels.length - 1) * LABEL_LINE) / 2;
  return (
    <g class={`edge${sideRoad ? " is-side-road" : ""}${tone === "none" ? "" : ` is-${tone}`}`}>
      <path d={roundedPath(points)} marker-end={HEADS[tone]} />
      {labels.map((label, index) => (
        // Made anew in another tone: Chromium (156) leaves a text as it was when only its group's class changes.
        <text
          key={`${label} ${tone} ${isLit(label, taken)}`}
          class={isLit(label, taken) ? "" : "is-other"}
          x={x}
          y={top + index * LABEL_LINE}
        >
          {label}
        </text>
      ))}
    </g>
  );
}

interface NodesProps {
  flow: FlowView;
  drawing: Drawing;
  route: Route;
  selected: string | undefined;
  choose(step: string): void;
  openPart(flow: string): void;
}

/** The steps. One of them is reached by Tab, the others from it by arrow keys. */
export function Nodes({ flow, drawing, route, selected, choose, openPart }: NodesProps) {
  const steps = new Map(flow.steps.map((step) => [step.name, step]));
  const reached = [selected, route.at, flow.start].find((id) => id !== undefined && steps.has(id));
  return (
    <g class="nodes">
      {drawing.nodes.map((node) => {
        const step = steps.get(node.id);
        if (node.elsewhere !== undefined)
          return <Elsewhere key={node.id} node={node} step={node.elsewhere} choose={choose} />;
        if (node.begins)
          return <Pill key={node.id} node={node} kind="begin" text={BEGINS[node.begins]} route={route} />;
        if (!step) return <End key={node.id} node={node} route={route} />;
        return (
          <Step
            key={node.id}
            node={node}
            step={step}
            route={route}
            findings={flow.findings.filter((one) => one.step === step.name)}
            isSelected={node.id === selected}
            isReached={node.id === reached}
            choose={choose}
            openPart={openPart}
          />
        );
      })}
    </g>
  );
}

const ENDS = { hangup: "hang up", back: "back", return: "return" } as const;

function End({ node, route }: { node: DrawnNode; route: Route }) {
  return <Pill node={node} kind="end" text={ENDS[node.end ?? "hangup"]} route={route} />;
}

interface PillProps {
  node: DrawnNode;
  kind: "begin" | "end";
  text: string;
  route: Route;
}

function Pill({ node: { id, x, y, width, height }, kind, text, route }: PillProps) {
  return (
    <g class={`${kind}${stateOf(id, route)}`} transform={`translate(${x} ${y})`}>
      <rect width={width} height={height} rx={height / 2} />
      <text x={width / 2} y={height / 2}>
        {text}
      </text>
    </g>
  );
}

interface ElsewhereProps {
  node: DrawnNode;
  step: string;
  choose(step: string): void;
}

function Elsewhere({ node, step, choose }: ElsewhereProps) {
  const { x, y, width, height } = node;
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no buttons.
    <g
      class="end is-elsewhere"
      transform={`translate(${x} ${y})`}
      role="button"
      tabindex={-1}
      data-node={node.id}
      aria-label={`${step}, drawn elsewhere`}
      onClick={() => choose(step)}
      onKeyDown={(event) => isPress(event) && choose(step)}
    >
      <rect width={width} height={height} rx={height / 2} />
      <text x={width / 2} y={height / 2}>
        {cut(step, width - 32, SMALL)} ↗
      </text>
    </g>
  );
}

/** Enter and Space press a button. */
function isPress(event: KeyboardEvent): boolean {
  if (event.key !== "Enter" && event.key !== " ") return false;
  event.preventDefault();
  return true;
}

interface StepProps extends Pick<NodesProps, "route" | "choose" | "openPart"> {
  node: DrawnNode;
  step: StepView;
  findings: readonly FindingView[];
  isSelected: boolean;
  isReached: boolean;
}

function Step({ node, step, route, findings, isSelected, isReached, choose, openPart }: StepProps) {
  const { name, kind, says, runs } = step;
  const { x, y, width, height } = node;
  const worst = findings.some(({ severity }) => severity === "error") ? "error" : findings[0]?.severity;
  const label = [
    name,
    kind,
    says,
    isAt(name, route) ? "the caller is here" : undefined,
    isAt(name, route.asides) ? "an aside waits here" : undefined,
    worst && `has a finding`,
  ];
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no buttons.
    <g
      class={`step${stateOf(name, route)}${isSelected ? " is-selected" : ""}`}
      transform={`translate(${x} ${y})`}
      role="button"
      tabindex={isReached ? 0 : -1}
      data-node={name}
      aria-pressed={isSelected}
      aria-label={label.filter(Boolean).join(", ")}
      onClick={() => choose(name)}
      onDblClick={() => runs !== undefined && openPart(runs)}
      onKeyDown={(event) => isPress(event) && choose(name)}
    >
      <rect width={width} height={height} rx="10" />
      <text class="name" x="14" y={says === undefined ? height / 2 : height / 2 - 9}>
        {cut(name, width - 42 - kind.length * 6.5, NAME)}
      </text>
      <text class="kind" x={width - 14} y={says === undefined ? height / 2 : height / 2 - 9}>
        {kind}
      </text>
      {says !== undefined && (
        <text class="says" x="14" y={height / 2 + 10}>
          {cut(says, width - 28, SMALL)}
        </text>
      )}
      {worst && <circle class={`mark is-${worst}`} cx={width - 1} cy="1" r="7" />}
    </g>
  );
}

function isAt(id: string, steps: Steps): boolean {
  return steps.at === id;
}

function stateOf(id: string, route: Route): string {
  const toneOf = (steps: Steps, tone: string): string =>
    `${steps.nodes.has(id) ? ` is-${tone}` : ""}${isAt(id, steps) ? " is-at" : ""}`;
  return route.nodes.has(id) ? toneOf(route, "taken") : toneOf(route.asides, "aside");
}
