/** The graph: steps that no call comes to, circles in which nothing is heard, and menus that `back` misses. */

import { circlesAmong, type Edge, type Graph, targetOf, tellCircle } from "../analysis/graph.ts";
import type { Flow, Report } from "../model/flow.ts";
import type { Rule } from "./rule.ts";

const HEAD = "steps:\n  greet:\n    say: Hello.\n    next: hangup\n";
const circle = (last: string): string =>
  `variables:\n  tries: { type: int }\nsteps:\n  count:\n    set: { tries: "{{ vars.tries + 1 }}" }\n    next: again\n  again:\n    branch:\n      - when: vars.tries < 3\n        next: count\n      - next: ${last}\n`;
const screen = (first: string): string =>
  `steps:\n${first}  screen:\n    branch:\n      - when: caller.number == "anonymous"\n        next: refuse\n      - next: bye\n  refuse:\n    reject: busy\n  bye:\n    hangup: Goodbye.\n`;

export const reach: Rule = {
  findings: [
    {
      code: "unreachable-step",
      severity: "warning",
      summary: "A step that no exit leads to.",
      bad: `${HEAD}  closed:\n    hangup: We are closed.\n`,
      good: HEAD,
    },
    {
      code: "endless-loop",
      severity: "error",
      summary: "Steps that lead in a circle without asking the caller anything: the call would never get on.",
      bad: circle("count"),
      good: circle("hangup"),
    },
    {
      code: "back-to-nowhere",
      severity: "warning",
      summary: "`back` where a call can be before any menu: there is nothing to go back to.",
      bad: "steps:\n  greet:\n    say: Hello.\n    next: back\n",
      good: HEAD,
    },
    {
      code: "reject-too-late",
      severity: "error",
      summary:
        "`reject` behind something that is heard: the call is answered by then, and Twilio cannot refuse it.",
      bad: screen("  greet:\n    say: Hello.\n    next: screen\n"),
      good: screen(""),
    },
  ],
  check({ flow, graph, report }) {
    // Where a step could not be read, neither can its exits: nothing is known of the graph.
    if (flow.broken.length > 0) return;
    if (everyExitIsKnown(flow, graph)) checkReached(flow, graph, report);
    for (const loop of silentLoops(graph)) {
      const names = tellCircle(loop, " → ");
      const message = `these steps go round without asking the caller anything: ${names}; let one lead elsewhere`;
      report({ code: "endless-loop", at: graph.steps.get(loop[0] ?? "")?.nameNode ?? flow.root, message });
    }
    checkBack(graph, report);
    const answered = answeredSteps(graph);
    for (const step of flow.steps) {
      if (step.kind.refusesCall && answered.has(step.name)) {
        const message = `something is heard before "${step.name}", so the call is answered already; hang up instead`;
        report({ code: "reject-too-late", at: step.nameNode, message });
      }
    }
  },
};

/** Where an exit leads to no step, the step that was meant may be any of those that nothing else leads to. */
function everyExitIsKnown({ settings }: Flow, graph: Graph): boolean {
  const roads = [...graph.edges.values()].flatMap(targets);
  const named = [settings.start, settings.onError].filter((name) => typeof name === "string");
  const beside = graph.sides.map(({ to }) => to);
  return [...roads, ...named, ...beside].every((name) => graph.steps.has(name));
}

function checkReached(flow: Flow, graph: Graph, report: Report): void {
  for (const step of flow.steps) {
    if (graph.reached.has(step.name)) continue;
    const message = `no exit leads to "${step.name}"; lead one there, or remove the step`;
    report({ code: "unreachable-step", severity: "warning", at: step.nameNode, message });
  }
}

function checkBack(graph: Graph, report: Report): void {
  for (const name of beforeMenus(graph)) {
    for (const edge of graph.edges.get(name) ?? []) {
      if (edge.to !== "back") continue;
      const message = "a call can come here before any gather with choices; write the name of a step";
      report({ code: "back-to-nowhere", severity: "warning", at: edge.at, message });
    }
  }
}

/** Steps that a call can come to without having been at a menu. */
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

/** Circles of steps from which no road leads to an answer or an end, each circle once. */
function silentLoops(graph: Graph): string[][] {
  const trapped = trappedSteps(graph);
  const next = (name: string): string | undefined =>
    silentTargets(graph, name).find((target) => trapped.has(target));
  return circlesAmong(trapped, next);
}

/** The steps that a step goes on to without an answer: `retry` asks for one. */
function silentTargets(graph: Graph, name: string): string[] {
  const edges = (graph.edges.get(name) ?? []).filter(({ to }) => typeof to === "string");
  return targets(edges).filter((target) => graph.steps.has(target));
}

/** Steps from which no road leads to an answer or an end: what is left after taking away all that do. */
function trappedSteps(graph: Graph): Set<string> {
  const sources = new Map<string, string[]>();
  const free: string[] = [];
  for (const name of graph.reached) {
    const edges = graph.edges.get(name) ?? [];
    const known = silentTargets(graph, name);
    for (const target of known) {
      const list = sources.get(target);
      if (list) list.push(name);
      else sources.set(target, [name]);
    }
    if (asks(graph, name) || edges.length === 0 || known.length < edges.length) free.push(name);
  }
  const trapped = new Set(graph.reached);
  for (let name = free.pop(); name !== undefined; name = free.pop()) {
    if (!trapped.delete(name)) continue;
    for (const source of sources.get(name) ?? []) free.push(source);
  }
  return trapped;
}

/** Steps that a call can come to after something was heard or asked. */
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
