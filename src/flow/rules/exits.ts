/** Exits: every step that needs an exit has one, and it leads to a step that exists. */

import { type Edge, edgesOf, exitsOf, type Graph } from "../analysis/graph.ts";
import { suggesterOf } from "../language/diagnostic.ts";
import { EXIT_WORDS } from "../language/exit-schema.ts";
import type { Mark } from "../language/mark.ts";
import type { Medium } from "../language/side-roads.ts";
import { type Flow, marksOf, type Report, type Step } from "../model/flow.ts";
import { type Code, FINDINGS } from "./exits-findings.ts";
import type { Rule } from "./rule.ts";

export const exits: Rule<Code> = {
  name: "exits",
  findings: FINDINGS,
  check({ flow, graph, report }) {
    const broken = new Set(flow.broken.map(({ name }) => name));
    const suggest = suggesterOf([...graph.steps.keys(), ...broken, ...EXIT_WORDS]);
    const few = graph.steps.size + broken.size <= MOST_NAMED ? [...graph.steps.keys(), ...broken] : [];
    const names: Names = { graph, broken, few, suggest };
    for (const step of flow.steps) checkNext(step, graph, report);
    for (const step of flow.steps) for (const edge of edgesOf(step)) checkExit(edge, names, report);
    for (const { name: from, marks } of flow.broken) {
      for (const { value: to, node: at } of exitsOf(marks)) checkExit({ from, to, at }, names, report);
    }
    for (const mark of marksOf(flow)) checkBegin(mark, flow, names, report);
  },
};

/** A call or a side road must begin at a step, not at another exit. */
function checkBegin(
  { mark, value, node, path }: Mark,
  { marks }: Flow,
  names: Names,
  report: Report<Code>,
): void {
  const begins = mark === "side" || (mark === "exit" && marks.some((one) => one.node === node));
  if (!begins) return;
  if (typeof value !== "string" || EXIT_WORDS.some((word) => word === value)) {
    const message = `\`${path.join(".")}\` must be the name of a step`;
    report({ code: "wrong-start", at: node, message });
  } else checkExit({ to: value, at: node }, names, report);
}

function checkNext(step: Step, { main, beside }: Graph, report: Report<Code>): void {
  const wants = step.kind.next(step.body);
  if (wants === "required" && step.next === undefined) {
    const isBeside = !main.has(step.name) && [...beside.values()].some((names) => names.has(step.name));
    const end = isBeside ? "`next: return` to end the side road" : "`next: hangup` to end the call";
    const message = `step "${step.name}" has no exit; add \`next\`, or ${end}`;
    report({ code: "missing-next", at: step.nameNode, message });
  }
  if (wants === "refused" && step.next !== undefined) {
    const at = step.node.pairs.find(({ key }) => key.text === "next")?.key ?? step.nameNode;
    const reason = edgesOf(step).length > 1 ? "has exits of its own" : "has no step after it";
    const message = `this \`${step.kind.name}\` ${reason} and takes no \`next\`; remove it`;
    report({ code: "needless-next", at, message });
  }
}

/** Up to this many steps are listed when none resembles the unknown name. */
const MOST_NAMED = 12;

/** The steps that an exit can name. */
interface Names {
  graph: Graph;
  /** Steps that do not fit their schema. */
  broken: ReadonlySet<string>;
  /** All of them if they are few. */
  few: readonly string[];
  suggest: (word: string) => string | undefined;
}

/** The message for a wrong `return`. A step that nothing leads to may be meant for a side road. */
function wrongReturn({ main, beside, sides }: Graph, step: string, medium?: Medium): string | undefined {
  if (!main.has(step) && sides.length > 0) return undefined;
  if (medium === "text" && beside.get("message")?.has(step)) return undefined;
  const isBeside = [...beside.values()].some((names) => names.has(step));
  return isBeside
    ? `"${step}" is on a side road and also on the main road, which has nothing to return to; write a separate step for each`
    : "there is nothing to return to here; write `hangup`, or declare `takes` or `gives` if other flows run this one";
}

function checkExit(
  { to: exit, at, from, medium }: Pick<Edge, "to" | "at" | "medium"> & { from?: string },
  { graph, broken, few, suggest }: Names,
  report: Report<Code>,
): void {
  const name = typeof exit === "string" ? exit : exit.retry;
  const message =
    exit === "return" && !graph.isPart && from !== undefined ? wrongReturn(graph, from, medium) : undefined;
  if (message) report({ code: "return-outside", at, message });
  if (typeof exit === "string" && EXIT_WORDS.some((word) => word === exit)) return;
  // An empty name has its own finding.
  if (broken.has(name) || name === "") return;
  const step = graph.steps.get(name);
  if (!step) {
    const near = suggest(name);
    const list = few.length > 0 ? `; the steps are ${few.join(", ")}` : "";
    const advice = near ? `; did you mean "${near}"?` : list;
    report({ code: "unknown-step", at, message: `unknown step "${name}"${advice}`, meant: near });
  } else if (typeof exit !== "string" && !step.kind.canRetry) {
    report({
      code: "not-a-gather",
      at,
      message: `"${name}" is neither a \`gather\` nor an \`ask\`; \`retry\` asks the question of one again`,
    });
  }
}
