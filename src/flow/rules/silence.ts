/** Callers who stay silent: none goes in circles forever, and each hears a question before an answer is awaited. */

import {
  circlesAmong,
  type Edge,
  type Graph,
  targetOf,
  tellCircle,
  trappedAmong,
} from "../analysis/graph.ts";
import { kindKey, type Step, valueAt } from "../model/flow.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { type Code, FINDINGS } from "./silence-findings.ts";

export const silence: Rule<Code> = {
  name: "silence",
  findings: FINDINGS,
  check(context) {
    // The exits of a broken step are unknown, so the graph is incomplete.
    if (context.flow.broken.length > 0) return;
    checkCircles(context);
    checkQuestions(context);
  },
};

function checkCircles({ graph, report }: RuleContext<Code>): void {
  const trapped = trappedBySilence(graph);
  const next = (name: string): string | undefined =>
    targetsOf(silentEdges(graph, name), graph).find((target) => trapped.has(target));
  for (const circle of circlesAmong(trapped, next)) {
    const asking = circle.find((name) => listens(graph, name));
    // A circle without a question has a finding of its own.
    if (asking === undefined) continue;
    const at = silentEdges(graph, asking)[0]?.at;
    const message = `a caller who stays silent never leaves this circle: ${tellCircle(circle, " → ")}; let silence lead elsewhere, such as to \`${graph.main.has(asking) ? "hangup" : "return"}\``;
    if (at) report({ code: "silent-circle", severity: "warning", at, message });
  }
}

/** The steps that a silent caller never leaves. A caller who waits in a queue can stay silent. */
function trappedBySilence(graph: Graph): Set<string> {
  const roads = ["whisper", "message"] as const;
  const names = new Set([...graph.main, ...roads.flatMap((road) => [...(graph.beside.get(road) ?? [])])]);
  return trappedAmong(names, (name) => {
    const edges = silentEdges(graph, name);
    const isAnswered = graph.steps.get(name)?.kind.does === "asks" && !listens(graph, name);
    const targets = isAnswered ? [] : targetsOf(edges, graph);
    return targets.length === 0 || targets.length < edges.length ? "free" : targets;
  });
}

function listens({ steps }: Graph, name: string): boolean {
  const kind = steps.get(name)?.kind;
  return kind?.listens !== undefined || kind?.waitsForMessage !== undefined;
}

/** The exits that a silent caller can take. */
function silentEdges(graph: Graph, name: string): Edge[] {
  const edges = graph.edges.get(name) ?? [];
  const { kind, body } = graph.steps.get(name) ?? {};
  return kind?.isSilent ? edges.filter(({ path }) => kind.isSilent?.(path, body)) : edges;
}

/** The steps that exits lead to. Attempts of a `retry` are counted, so it leads out of a circle in the end. */
function targetsOf(edges: readonly Edge[], { steps }: Graph): string[] {
  return edges.flatMap((edge) => {
    const target = typeof edge.to === "string" ? targetOf(edge) : undefined;
    return target !== undefined && steps.has(target) ? [target] : [];
  });
}

function checkQuestions({ flow, graph, report }: RuleContext<Code>): void {
  const promptless = flow.steps.filter((step) => isPromptless(step) && graph.reached.has(step.name));
  if (promptless.length === 0) return;
  const afterSilence = stepsAfterSilence(graph);
  for (const step of promptless) {
    if (!afterSilence.has(step.name)) continue;
    const message = `a caller can get here without hearing anything first; add \`${step.kind.asksBy}\`, or a step before it that says what is asked`;
    report({ code: "no-question", severity: "warning", at: kindKey(step), message });
  }
}

function isPromptless(step: Step): boolean {
  const { canRetry: asksAgain, asksBy } = step.kind;
  return asksAgain === true && asksBy !== undefined && !valueAt(step, asksBy);
}

/** Steps that a person can get to, when the call begins or after an answer, before anything is said. */
function stepsAfterSilence(graph: Graph): ReadonlySet<string> {
  const after = new Set<string>();
  const asking = [...graph.reached].filter((name) => listens(graph, name));
  const waiting = [
    ...(graph.start === undefined ? [] : [graph.start]),
    ...graph.sides.map(({ to }) => to),
    ...asking.flatMap((name) => targetsOf(graph.edges.get(name) ?? [], graph)),
  ];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (after.has(name)) continue;
    after.add(name);
    if (graph.steps.get(name)?.kind.does !== "silent") continue;
    waiting.push(...targetsOf(graph.edges.get(name) ?? [], graph));
  }
  return after;
}
