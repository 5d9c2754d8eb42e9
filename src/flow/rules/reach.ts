/** The graph: unreachable steps, loops without an answer, `back` before any menu, and late `reject` steps. */

import {
  circlesAmong,
  type Edge,
  type Graph,
  targetOf,
  tellCircle,
  trappedAmong,
} from "../analysis/graph.ts";
import type { Flow, Report } from "../model/flow.ts";
import { type Code, FINDINGS } from "./reach-findings.ts";
import type { Rule } from "./rule.ts";

export const reach: Rule<Code> = {
  name: "reach",
  findings: FINDINGS,
  check({ flow, graph, report }) {
    // The exits of a broken step are unknown, so the graph is incomplete.
    if (flow.broken.length > 0) return;
    if (everyExitIsKnown(flow, graph)) checkReached(flow, graph, report);
    for (const loop of silentLoops(graph)) {
      const path = tellCircle(loop, " → ");
      const message = `these steps form a loop that never asks the caller anything: ${path}; let one of them lead elsewhere`;
      report({ code: "endless-loop", at: graph.steps.get(loop[0] ?? "")?.nameNode ?? flow.root, message });
    }
    checkBack(graph, report);
    const answered = answeredSteps(graph);
    for (const step of flow.steps) {
      if (step.kind.refusesCall && answered.has(step.name)) {
        const message = `the call has been answered before "${step.name}", because something was heard; hang up instead`;
        report({ code: "reject-too-late", at: step.nameNode, message });
      }
    }
  },
};

/** An exit to an unknown step may be meant for any step that nothing else leads to. */
function everyExitIsKnown({ settings }: Flow, graph: Graph): boolean {
  const isKnown = (name: string): boolean => graph.steps.has(name);
  const { start, onError, onMachine } = settings;
  const named = [start, onError, onMachine].filter((name) => typeof name === "string");
  return (
    [...graph.edges.values()].every((edges) => targets(edges).every(isKnown)) &&
    named.every(isKnown) &&
    graph.sides.every(({ to }) => isKnown(to))
  );
}

function checkReached(flow: Flow, graph: Graph, report: Report<Code>): void {
  for (const step of flow.steps) {
    if (graph.reached.has(step.name)) continue;
    const message = `no exit leads to "${step.name}"; add one, or remove the step`;
    report({ code: "unreachable-step", severity: "warning", at: step.nameNode, message });
  }
}

function checkBack(graph: Graph, report: Report<Code>): void {
  for (const name of beforeMenus(graph)) {
    for (const edge of graph.edges.get(name) ?? []) {
      if (edge.to !== "back") continue;
      const message =
        "a call can get here before any gather with choices, and has nothing to go back to; name a step instead";
      report({ code: "back-to-nowhere", severity: "warning", at: edge.at, message });
    }
  }
}

/** Steps that a call can reach before any menu. */
function beforeMenus(graph: Graph): ReadonlySet<string> {
  const before = new Set<string>();
  const waiting = graph.start === undefined ? [] : [graph.start];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (before.has(name) || graph.menus.has(name) || !graph.steps.has(name)) continue;
    before.add(name);
    for (const target of targets(graph.edges.get(name))) waiting.push(target);
  }
  return before;
}

function targets(edges: readonly Edge[] | undefined): string[] {
  return (edges ?? []).flatMap((edge) => targetOf(edge) ?? []);
}

function asks(graph: Graph, name: string): boolean {
  return graph.steps.get(name)?.kind.does === "asks";
}

/** Loops of steps that never reach an answer or an end, each once. */
function silentLoops(graph: Graph): string[][] {
  const trapped = trappedSteps(graph);
  const next = (name: string): string | undefined =>
    silentTargets(graph, name).find((target) => trapped.has(target));
  return circlesAmong(trapped, next);
}

/** The steps that a step leads to without an answer; `retry` asks for one. */
function silentTargets(graph: Graph, name: string): string[] {
  const edges = (graph.edges.get(name) ?? []).filter(({ to }) => typeof to === "string");
  return targets(edges).filter((target) => graph.steps.has(target));
}

/** Steps that never reach an answer or an end. */
function trappedSteps(graph: Graph): Set<string> {
  return trappedAmong(graph.reached, (name) => {
    const { length } = graph.edges.get(name) ?? [];
    const silent = asks(graph, name) ? [] : silentTargets(graph, name);
    return silent.length === 0 || silent.length < length ? "free" : silent;
  });
}

/** Steps that a call can reach after something was heard or asked. */
function answeredSteps(graph: Graph): ReadonlySet<string> {
  const answered = new Set<string>();
  const waiting = [...graph.reached].filter((name) => graph.steps.get(name)?.kind.does !== "silent");
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const target of targets(graph.edges.get(name))) {
      if (answered.has(target)) continue;
      answered.add(target);
      waiting.push(target);
    }
  }
  return answered;
}
