/** A flow as the phone's page shows it: its text, its steps with their lines, its exits and its findings. */

import type { Checked } from "../../flow/analysis/checked.ts";
import { languagesOf } from "../../flow/analysis/facts.ts";
import { type Edge, type Side, targetOf } from "../../flow/analysis/graph.ts";
import { heardAt } from "../../flow/analysis/heard.ts";
import { type Diagnostic, position } from "../../flow/language/diagnostic.ts";
import type { SourceFile } from "../../flow/language/node.ts";
import { type Flow, type Step, sentencesOf } from "../../flow/model/flow.ts";
import type { FindingView, FlowView } from "../../phone/page/contract/flow.ts";
import type { EdgeView, StepView } from "../../phone/page/contract/steps.ts";
import { addressesOf } from "../play/destination-addresses.ts";

/** The parts of a readable flow. */
export type Anatomy = Omit<FlowView, "name" | "file" | "text" | "version" | "saved" | "findings" | "graph">;

/** The longest text of a step on the diagram, in characters. */
const SAYS = 42;

/**
 * The steps, exits and declarations of a flow.
 * @param parts the names of the flows that it runs
 * @param env environment variables, for destinations
 */
export function anatomyOf(
  { flow, graph, facts }: Checked,
  parts: string[],
  env: Readonly<Record<string, string>>,
): Anatomy {
  const { description = "", destinations = {}, onError, onHangup, onMessage, onMachine } = flow.settings;
  const onUnanswered = graph.sides.find(({ road }) => road === "unanswered")?.to;
  return {
    description,
    ...(graph.start !== undefined && { start: graph.start }),
    ...(typeof onError === "string" && { onError }),
    ...(onHangup !== undefined && { onHangup }),
    ...(onMessage !== undefined && { onMessage }),
    ...(typeof onMachine === "string" && { onMachine }),
    ...(onUnanswered !== undefined && { onUnanswered }),
    steps: flow.steps.map((step) => stepView(flow, step)),
    edges: flow.steps.flatMap((step) => [
      ...(graph.edges.get(step.name) ?? []).map((edge) => edgeView(step, edge)),
      ...graph.sides.filter(({ from }) => from === step.name).map(sideView),
    ]),
    variables: Object.entries(facts.variables).map(([name, { type, sensitive = false, keep }]) => ({
      name,
      type,
      sensitive,
      ...(keep !== undefined && { keep }),
    })),
    languages: facts.languages,
    destinations: Object.keys(destinations).map((name) => ({
      name,
      addresses: addressesOf(flow, name, env),
    })),
    hours: Object.entries(facts.hours).map(([name, { timezone }]) => ({ name, timezone })),
    parts,
  };
}

/** For a flow that could never be read. */
export const UNREAD: Anatomy = {
  description: "",
  steps: [],
  edges: [],
  variables: [],
  languages: [],
  destinations: [],
  hours: [],
  parts: [],
};

/** Of a kind that declares none. */
const ROLES = { speaks: "speaks", asks: "asks", silent: "decides" } as const;

function stepView(flow: Flow, step: Step): StepView {
  const { text } = flow;
  const { name, kind, nameNode, node, marks } = step;
  const said = sentencesOf(step)[0] ?? recordedWords(flow, step);
  const speaks = marks.flatMap(({ mark, value }) =>
    (mark === "spoken" || mark === "url") && typeof value === "string" ? [value] : [],
  );
  const runs = marks.find(({ mark }) => mark === "flow")?.value;
  return {
    name,
    kind: kind.name,
    role: kind.role ?? ROLES[kind.does],
    from: position(text, nameNode.span.start).line,
    // A block's span can end after its last line break.
    to: position(text, Math.max(nameNode.span.start, trimmedEnd(text, node.span.end))).line,
    ...(said !== undefined && { says: shortened(said) }),
    ...(speaks.length > 0 && { speaks }),
    ...(typeof runs === "string" && { runs }),
  };
}

/** The first words of a recording that a step plays, if the flow has them. */
function recordedWords(flow: Flow, step: Step): string | undefined {
  const [language = ""] = languagesOf(flow);
  return heardAt(step, language, language).texts[0]?.text;
}

function trimmedEnd(text: string, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(text[at - 1] ?? "")) at--;
  return at;
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > SAYS ? `${line.slice(0, SAYS - 1).trimEnd()}…` : line;
}

function edgeView({ kind }: Step, edge: Edge): EdgeView {
  const { from, label, path } = edge;
  return { from, to: targetOf(edge) ?? String(edge.to), label, by: kind.exitTrigger?.(path) ?? "outcome" };
}

/** A side road is drawn as an exit of its step, labelled with its setting. */
function sideView({ from = "", to, road }: Side): EdgeView {
  return {
    from,
    to,
    label: road === "queue" || road === "room" ? "wait" : road,
    by: "outcome",
    sideRoad: true,
  };
}

/** A file's findings, each with its step. */
export function findingViews(
  { path, text }: SourceFile,
  steps: readonly StepView[],
  diagnostics: readonly Diagnostic[],
): FindingView[] {
  return diagnostics
    .filter(({ file }) => file === path)
    .map(({ code, severity, span, message, hint }) => {
      const start = position(text, span.start);
      const end = position(text, span.end);
      const step = steps.find(({ from, to }) => from <= start.line && start.line <= to)?.name;
      return {
        code,
        severity,
        ...start,
        endLine: end.line,
        endColumn: end.column,
        message,
        ...(hint !== undefined && { hint }),
        ...(step !== undefined && { step }),
      };
    });
}
