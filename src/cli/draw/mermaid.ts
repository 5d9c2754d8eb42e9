/** A flow's diagram as a flowchart of Mermaid, which GitHub, GitLab and Notion draw. */
import { BEGINS, type GraphNode, type Label } from "../../phone/page/contract/drawing.ts";
import type { StepView } from "../../phone/page/contract/steps.ts";
import { divide } from "../../phone/page/layout/departments.ts";
import type { Subject } from "./subject.ts";

const ENDS = { hangup: "hang up", back: "back", return: "return" } as const;

/** The text of the chart. */
export function mermaidOf({ view, graph, name }: Subject): string {
  const steps = new Map(view.steps.map((step) => [step.name, step]));
  const ids = new Map(graph.nodes.map(({ id }, index) => [id, `n${index + 1}`]));
  const { within, departments } = divide(graph);
  const lines = ["---", `title: ${JSON.stringify(name)}`, "---", "flowchart TD"];
  const draw = (department: string | undefined, indent: string): void => {
    for (const node of graph.nodes)
      if (within.get(node.id) === department)
        lines.push(`${indent}${ids.get(node.id)}${boxOf(node, steps.get(node.id))}`);
    for (const { id } of departments.values()) {
      if (id === department || aroundOf(id) !== department) continue;
      lines.push(`${indent}subgraph d${ids.get(id)}["${quoted(id)}"]`);
      draw(id, `${indent}  `);
      lines.push(`${indent}end`);
    }
  };
  // The smallest department that has its first step and is another.
  const aroundOf = (id: string): string | undefined =>
    [...departments.values()]
      .filter((one) => one.id !== id && one.steps.includes(id))
      .sort((one, other) => one.steps.length - other.steps.length)[0]?.id;
  draw(undefined, "  ");
  for (const { from, to, labels, sideRoad } of graph.edges) {
    const words = labels.map(wordsOf).join(", ");
    const label = words === "" ? "" : `|"${quoted(words)}"|`;
    lines.push(`  ${ids.get(from)} ${sideRoad ? "-.->" : "-->"}${label} ${ids.get(to)}`);
  }
  return `${lines.join("\n")}\n`;
}

function boxOf({ begins, end }: GraphNode, step: StepView | undefined): string {
  if (begins) return `(["${BEGINS[begins]}"])`;
  if (end || !step) return `(["${ENDS[end ?? "hangup"]}"])`;
  const { name, kind, role, says } = step;
  const text = `"<b>${quoted(name)}</b><br/>${quoted(says === undefined ? kind : `${kind}: ${says}`)}"`;
  if (role === "decides") return `{${text}}`;
  return role === "asks" ? `[/${text}/]` : `[${text}]`;
}

function wordsOf({ text, by }: Label): string {
  if (by === "key") return `key ${text}`;
  return by === "word" ? `“${text}”` : text;
}

/** Within quotes, Mermaid reads entities, and its own signs otherwise. */
function quoted(text: string): string {
  return text.replace(/[#&"<>`]/g, (sign) => `#${sign.charCodeAt(0)};`);
}
