/** Exits lead somewhere: to a step that is there, and from every step that needs one. */

import { type Edge, edgesOf, type Graph } from "../analysis/graph.ts";
import { suggesterOf } from "../language/diagnostic.ts";
import type { Mark } from "../language/mark.ts";
import { EXIT_WORDS } from "../language/schema.ts";
import type { Flow, Report, Step } from "../model/flow.ts";
import type { Rule } from "./rule.ts";

const HEAD = "steps:\n";

export const exits: Rule = {
  findings: [
    {
      code: "unknown-step",
      severity: "error",
      summary: "An exit names a step that is not there.",
      bad: `${HEAD}  greet:\n    say: Hello.\n    next: recepton\n  reception:\n    hangup: Goodbye.\n`,
      good: `${HEAD}  greet:\n    say: Hello.\n    next: reception\n  reception:\n    hangup: Goodbye.\n`,
    },
    {
      code: "not-a-gather",
      severity: "error",
      summary: "`retry` names a step that asks nothing.",
      bad: `${HEAD}  greet:\n    say: Hello.\n    next: { retry: greet }\n`,
      good: `${HEAD}  greet:\n    say: Hello.\n    next: hangup\n`,
    },
    {
      code: "missing-next",
      severity: "error",
      summary: "A step would run off without an exit.",
      bad: `${HEAD}  greet:\n    say: Hello.\n`,
      good: `${HEAD}  greet:\n    say: Hello.\n    next: hangup\n`,
    },
    {
      code: "needless-next",
      severity: "error",
      summary: "A step that has its exits inside, or ends the call, has a `next` too.",
      bad: `${HEAD}  bye:\n    hangup: Goodbye.\n    next: bye\n`,
      good: `${HEAD}  bye:\n    hangup: Goodbye.\n`,
    },
    {
      code: "return-outside",
      severity: "error",
      summary: "`return` leaves a sub-flow or a side road; a call's main road has nothing to return to.",
      bad: `${HEAD}  greet:\n    say: Hello.\n    next: return\n`,
      good: `${HEAD}  greet:\n    say: Hello.\n    next: hangup\n`,
    },
    {
      code: "wrong-start",
      severity: "error",
      summary: "`start`, `onError`, and whatever begins a side road name a step.",
      bad: `start: hangup\n${HEAD}  greet:\n    say: Hello.\n    next: hangup\n`,
      good: `start: greet\n${HEAD}  greet:\n    say: Hello.\n    next: hangup\n`,
    },
  ],
  check({ flow, graph, report }) {
    const broken = new Set(flow.broken.map(({ name }) => name));
    const suggest = suggesterOf([...graph.steps.keys(), ...broken, ...EXIT_WORDS]);
    const names: Names = { graph, broken, suggest };
    for (const step of flow.steps) checkNext(step, report);
    for (const step of [...flow.steps, ...flow.broken]) {
      for (const edge of edgesOf(step)) checkExit(edge, names, report);
    }
    for (const mark of [...flow.marks, ...[...flow.steps, ...flow.broken].flatMap(({ marks }) => marks)])
      checkBegin(mark, flow, names, report);
  },
};

/** Where a call or a side road begins: a step, and no other word. */
function checkBegin({ mark, value, node, path }: Mark, { marks }: Flow, names: Names, report: Report): void {
  const begins = mark === "side" || (mark === "exit" && marks.some((one) => one.node === node));
  if (!begins) return;
  if (typeof value !== "string" || EXIT_WORDS.some((word) => word === value)) {
    const message = `\`${path.join(".")}\` must be the name of a step`;
    report({ code: "wrong-start", at: node, message });
  } else checkExit({ to: value, at: node }, names, report);
}

function checkNext(step: Step, report: Report): void {
  const wants = step.kind.next(step.body);
  if (wants === "required" && step.next === undefined) {
    const message = `step "${step.name}" has no exit; say where to go in \`next\`, or \`next: hangup\` to end the call`;
    report({ code: "missing-next", at: step.nameNode, message });
  }
  if (wants === "refused" && step.next !== undefined) {
    const at = step.node.pairs.find(({ key }) => key.text === "next")?.key ?? step.nameNode;
    const leads = edgesOf(step).length > 1 ? "has exits of its own" : "goes on to no step";
    const message = `this \`${step.kind.name}\` ${leads} and never takes \`next\`; remove it`;
    report({ code: "needless-next", at, message });
  }
}

/** A flow of so many steps has them all named where none is like the one that was written. */
const MOST_NAMED = 12;

/** The steps that an exit can name. */
interface Names {
  graph: Graph;
  /** Steps that are out of shape. */
  broken: ReadonlySet<string>;
  suggest: (word: string) => string | undefined;
}

/** What is wrong with a `return`; a step that no road leads to may be meant for a side road. */
function wrongReturn({ main, beside, sides }: Graph, step: string): string | undefined {
  if (!main.has(step) && sides.length > 0) return undefined;
  const isBeside = [...beside.values()].some((names) => names.has(step));
  return isBeside
    ? `"${step}" is on a side road and on the call's main road too, where there is nothing to return to; write a step of its own for each`
    : "there is nothing to return to here; write `hangup`, or say in `takes` or `gives` that other flows run this one";
}

function checkExit(
  { to: exit, at, from }: Pick<Edge, "to" | "at"> & { from?: string },
  { graph, broken, suggest }: Names,
  report: Report,
): void {
  const name = typeof exit === "string" ? exit : exit.retry;
  const message =
    exit === "return" && !graph.isPart && from !== undefined ? wrongReturn(graph, from) : undefined;
  if (message) report({ code: "return-outside", at, message });
  if (typeof exit === "string" && EXIT_WORDS.some((word) => word === exit)) return;
  // An empty name is told already.
  if (broken.has(name) || name === "") return;
  const step = graph.steps.get(name);
  if (!step) {
    const near = suggest(name);
    const names = [...graph.steps.keys(), ...broken];
    const few = names.length <= MOST_NAMED ? `; the steps are ${names.join(", ")}` : "";
    const advice = near ? `; did you mean "${near}"?` : few;
    report({ code: "unknown-step", at, message: `no step is called "${name}"${advice}` });
  } else if (typeof exit !== "string" && !step.kind.canRetry) {
    report({
      code: "not-a-gather",
      at,
      message: `"${name}" is no gather; \`retry\` asks a gather's question again`,
    });
  }
}
