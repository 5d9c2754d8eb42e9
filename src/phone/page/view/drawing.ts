/** The pieces of a diagram: its steps, its ends, and its departments. */
import { h } from "preact";
import { BEGINS, type Department, type Drawing, type DrawnNode } from "../contract/drawing.ts";
import type { FindingView, FlowView } from "../contract/flow.ts";
import type { StepView } from "../contract/steps.ts";
import { cut } from "../text/measure.ts";
import { placeOf } from "../text/places.ts";
import type { Route, Steps } from "../text/route.ts";
import { RoleMark } from "./role-icon.ts";

// As in diagram.css.
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif';
const NAME = `600 14px ${FONT}`;
const SMALL = `12px ${FONT}`;

/** The part of a flow that is drawn. */
type Drawn = Pick<FlowView, "steps" | "findings" | "start" | "changes">;

interface NodesProps {
  flow: Drawn;
  drawing: Drawing;
  route: Route;
  selected?: string | undefined;
  choose?: ((step: string) => void) | undefined;
  openPart?: ((flow: string) => void) | undefined;
}

/** The steps. One of them is reached by Tab, the others from it by arrow keys. */
export function Nodes({ flow, drawing, route, selected, choose, openPart }: NodesProps) {
  const steps = new Map(flow.steps.map((step) => [step.name, step]));
  const drawn = new Set(drawing.nodes.map(({ id }) => id));
  const reached = [selected, route.at, flow.start].find((id) => id !== undefined && drawn.has(id));
  const found = Map.groupBy(flow.findings, ({ step }) => step);
  const changed = changedSteps(flow);
  return h(
    "g",
    { class: "nodes" },
    drawing.nodes.map((node) => {
      const { id, begins, elsewhere, arrives } = node;
      const step = steps.get(id);
      if (elsewhere !== undefined) return h(Elsewhere, { key: id, node, step: elsewhere, choose });
      if (begins) return h(Pill, { key: id, node, kind: "begin", text: BEGINS[begins], route });
      if (arrives !== undefined)
        return h(Pill, { key: id, node, kind: "begin", text: `from ${arrives} steps`, route });
      if (!step) return h(Pill, { key: id, node, kind: "end", text: ENDS[node.end ?? "hangup"], route });
      const isReached = id === (reached ?? drawing.nodes[0]?.id);
      const isChanged = changed.has(id);
      const own = { isSelected: id === selected, isReached, isChanged, findings: found.get(id) ?? [] };
      return h(Step, { key: id, node, step, route, choose, openPart, ...own });
    }),
  );
}

const ENDS = { hangup: "hang up", back: "back", return: "return" } as const;

interface PillProps {
  node: DrawnNode;
  kind: "begin" | "end";
  text: string;
  route: Route;
}

function Pill({ node: { id, x, y, width, height }, kind, text, route }: PillProps) {
  return h(
    "g",
    { class: `${kind}${stateOf(id, route)}`, transform: `translate(${x} ${y})` },
    h("rect", { width, height, rx: height / 2 }),
    h("text", { x: width / 2, y: height / 2 }, text),
  );
}

interface ElsewhereProps extends Pick<NodesProps, "choose"> {
  node: DrawnNode;
  step: string;
}

function Elsewhere({ node, step, choose }: ElsewhereProps) {
  const { id, x, y, width, height } = node;
  return h(
    "g",
    {
      class: "end is-elsewhere",
      transform: `translate(${x} ${y})`,
      ...(choose && buttonOf(id, `${step}, drawn elsewhere`, () => choose(step))),
    },
    h("rect", { width, height, rx: height / 2 }),
    h("text", { x: width / 2, y: height / 2 }, `${cut(step, width - 30, SMALL)} ↗`),
  );
}

/** SVG has no buttons. Enter and Space press one. */
function buttonOf(id: string, label: string, press: () => void) {
  return {
    role: "button",
    tabindex: -1,
    "data-node": id,
    "aria-label": label,
    onClick: press,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      press();
    },
  } as const;
}

/** At the corner of a step that changed. */
const DELTA = "M-8 7 0-8 8 7Z";

/** The steps at which callers meet a change. */
function changedSteps({ changes = [] }: Drawn): ReadonlySet<string> {
  return new Set(changes.flatMap(({ steps }) => steps));
}

interface StepProps extends Pick<NodesProps, "route" | "choose" | "openPart"> {
  node: DrawnNode;
  step: StepView;
  findings: readonly FindingView[];
  isSelected: boolean;
  isReached: boolean;
  isChanged: boolean;
}

function Step({ node, step, route, findings, choose, openPart, ...is }: StepProps) {
  const { isSelected, isReached, isChanged } = is;
  const { name, kind, role, says, runs } = step;
  const { x, y, width, height } = node;
  const worst = findings.some(({ severity }) => severity === "error") ? "error" : findings[0]?.severity;
  const label = [
    ...[name, kind, says],
    route.at === name ? "the caller is here" : undefined,
    route.asides.at === name ? "an aside waits here" : undefined,
    worst && "has a finding",
    isChanged && "changed since the last commit",
  ];
  const left = 46;
  const below = says === undefined ? kind : `${kind} · ${says}`;
  return h(
    "g",
    {
      class: `step${stateOf(name, route)}${isSelected ? " is-selected" : ""}${isChanged ? " is-changed" : ""}`,
      "data-node": name,
      transform: `translate(${x} ${y})`,
      ...(choose && {
        ...buttonOf(name, label.filter(Boolean).join(", "), () => choose(name)),
        tabindex: isReached ? 0 : -1,
        "aria-pressed": isSelected,
        onDblClick: () => runs !== undefined && openPart?.(runs),
      }),
    },
    h("title", null, says === undefined ? `${name}: ${kind}` : `${name}: ${kind}: ${says}`),
    h("rect", { class: "box", width, height, rx: 10 }),
    h(RoleMark, { role, x: 10, y: (height - 28) / 2 }),
    h("text", { class: "name", x: left, y: height / 2 - 8 }, cut(name, width - left - 10, NAME)),
    h("text", { class: "says", x: left, y: height / 2 + 10 }, cut(below, width - left - 10, SMALL)),
    isChanged && h("path", { class: "delta", d: DELTA }),
    worst && h("circle", { class: `mark is-${worst}`, cx: width - 1, cy: 1, r: 7 }),
  );
}

interface DepartmentsProps {
  flow: Drawn;
  drawing: Drawing;
  route: Route;
  toggle?: ((department: Department) => void) | undefined;
}

/** The frames of departments; one that is folded hides its steps. */
export function Departments({ flow, drawing, route, toggle }: DepartmentsProps) {
  const changed = changedSteps(flow);
  return h(
    "g",
    { class: "departments" },
    drawing.departments.map((department) => {
      const isChanged = department.steps.some((step) => changed.has(step));
      return h(Frame, { key: department.id, department, route, toggle, isChanged });
    }),
  );
}

interface FrameProps extends Pick<DepartmentsProps, "route" | "toggle"> {
  department: Department;
  isChanged: boolean;
}

function Frame({ department, route, toggle, isChanged }: FrameProps) {
  const { id, steps, isOpen, x, y, width, height } = department;
  const count = `${steps.length} steps`;
  const middle = isOpen ? 20 : height / 2;
  const name = cut(id, width - 44 - (isOpen ? 70 : 0), NAME);
  const state = isOpen ? "" : stateOf(steps.find((step) => step === route.at) ?? anyIn(steps, route), route);
  return h(
    "g",
    {
      class: `department${isOpen ? " is-open" : ` is-folded${state}${isChanged ? " is-changed" : ""}`}`,
      transform: `translate(${x} ${y})`,
      ...(toggle && {
        ...buttonOf(placeOf(id), `${id}, department of ${count}${isChanged ? ", changed" : ""}`, () =>
          toggle(department),
        ),
        "aria-expanded": isOpen,
      }),
    },
    h("title", null, `${isOpen ? "Fold" : "Unfold"} ${id}: ${steps.join(", ")}`),
    h("rect", { class: "box", width, height, rx: 12 }),
    !isOpen && h("path", { class: "pile", d: `M8 ${height + 4}h${width - 16}` }),
    h("path", { class: "fold", d: isOpen ? `M14 ${middle - 3}l5 6 5-6` : `M16 ${middle - 5}l6 5-6 5` }),
    h("text", { class: "name", x: 34, y: isOpen ? middle : middle - 8 }, name),
    isOpen
      ? h("text", { class: "count", x: width - 14, y: middle }, count)
      : h("text", { class: "says", x: 34, y: middle + 10 }, count),
    isChanged && !isOpen && h("path", { class: "delta", d: DELTA }),
  );
}

function anyIn(steps: readonly string[], route: Route): string {
  const isIn = ({ nodes }: Steps) => steps.find((step) => nodes.has(step));
  return isIn(route) ?? isIn(route.asides) ?? "";
}

function stateOf(id: string, route: Route): string {
  const toneOf = (steps: Steps, tone: string): string =>
    `${steps.nodes.has(id) ? ` is-${tone}` : ""}${steps.at === id ? " is-at" : ""}`;
  return route.nodes.has(id) ? toneOf(route, "taken") : toneOf(route.asides, "aside");
}
