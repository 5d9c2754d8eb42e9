/** The exits of a diagram, with their labels. */
import { h } from "preact";
import {
  type Drawing,
  type DrawnEdge,
  KEY_LETTER,
  KEY_WIDTH,
  LABEL_LETTER,
  LABEL_LINE,
  type Label,
} from "../contract/drawing.ts";
import { roundedPath } from "../text/rounded-path.ts";
import { edgeKey, isLit, type Route, type Steps } from "../text/route.ts";

// Written without JSX, as all of the drawing is: Node draws it as well, and runs no JSX.

/** The heads of lines, by how those are lit. */
export function Arrowheads() {
  const head = (tone: string) =>
    h(
      "marker",
      {
        id: tone === "" ? "arrow" : `arrow-${tone}`,
        viewBox: "0 0 8 8",
        refX: 7,
        refY: 4,
        // Of the same size on thick lines.
        markerUnits: "userSpaceOnUse",
        markerWidth: tone === "" ? 9 : 12,
        markerHeight: tone === "" ? 9 : 12,
        orient: "auto",
      },
      h("path", { class: `head-of-arrow${tone === "" ? "" : ` is-${tone}`}`, d: "M0 .5 8 4 0 7.5Z" }),
    );
  return h("defs", null, ["", "taken", "aside"].map(head));
}

/** The exits, the taken ones on top. */
export function Edges({ drawing, route }: { drawing: Drawing; route: Route }) {
  const elsewhere = new Map(drawing.nodes.map(({ id, elsewhere: name }) => [id, name ?? id]));
  const isIn = ({ edges }: Steps, { from, to }: DrawnEdge): boolean =>
    edges.has(edgeKey(from, elsewhere.get(to) ?? to));
  const toneOf = (edge: DrawnEdge): Tone => {
    if (!edge.sideRoad && isIn(route, edge)) return "taken";
    return isIn(route.asides, edge) ? "aside" : "none";
  };
  const ordered = drawing.edges
    .map((edge) => ({ edge, tone: toneOf(edge) }))
    .sort((one, other) => TONES.indexOf(one.tone) - TONES.indexOf(other.tone));
  return h(
    "g",
    { class: "edges" },
    ordered.map(({ edge, tone }) => {
      const taken = route.labels?.get(edgeKey(edge.from, elsewhere.get(edge.to) ?? edge.to));
      return h(Edge, { key: `${edgeKey(edge.from, edge.to)} ${edge.sideRoad ?? ""}`, edge, tone, taken });
    }),
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

function Edge({ edge, tone, taken }: EdgeProps) {
  const { points, labels, labelAt, sideRoad } = edge;
  const [x, y] = labelAt ?? [0, 0];
  const top = y - ((labels.length - 1) * LABEL_LINE) / 2;
  return h(
    "g",
    { class: `edge${sideRoad ? " is-side-road" : ""}${tone === "none" ? "" : ` is-${tone}`}` },
    h("path", { d: roundedPath(points), "marker-end": HEADS[tone] }),
    // Made anew in another tone: Chromium (156) leaves a text as it was when only its group's class changes.
    labels.map((label, index) => {
      const lit = isLit(label.by === "key" ? `key ${label.text}` : label.text, taken);
      const place = { x, y: top + index * LABEL_LINE };
      return h(LabelMark, { key: `${label.text} ${tone} ${lit}`, label, isLit: lit, ...place });
    }),
  );
}

interface LabelProps {
  label: Label;
  isLit: boolean;
  x: number;
  y: number;
}

/** A key looks like one, a word is in quotes, and an outcome is plain. */
function LabelMark({ label: { text, by }, isLit: lit, x, y }: LabelProps) {
  const shown = by === "word" ? `“${text}”` : text;
  const words = h("text", { x, y, class: lit ? "" : "is-other" }, shown);
  const state = `label is-${by}${lit ? "" : " is-other"}`;
  if (by !== "key") {
    const width = shown.length * LABEL_LETTER;
    const ground = { class: "ground", x: x - width / 2, y: y - 7, width, height: 14 };
    return h("g", { class: state }, h("rect", ground), words);
  }
  const width = Math.max(KEY_WIDTH, text.length * KEY_LETTER + 10);
  const cap = { x: x - width / 2, y: y - 8, width, height: 16, rx: 4 };
  return h("g", { class: state }, h("rect", cap), words);
}
