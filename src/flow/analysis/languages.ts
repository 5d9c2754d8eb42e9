/** The languages in force at the steps of a flow. */
import { isExit } from "../language/exit-schema.ts";
import { HEARD_BY_CALLER } from "../language/side-roads.ts";
import type { Flow, Step } from "../model/flow.ts";
import { languagesOf } from "./facts.ts";
import { type Graph, graphOf, targetOf } from "./graph.ts";

/** The steps that a call can reach after it changes to a language and before it changes again. */
export function stepsIn(language: string, graph: Graph): ReadonlySet<string> {
  const begins = [...graph.steps.values()].flatMap((step) =>
    exitsOf(step).flatMap(({ to, changesTo }) => (changesTo === language ? to : [])),
  );
  return withoutChange(begins, graph);
}

/** The languages that a call can be in at a step: of those it can change to, and the flow's own. */
export function languagesAt(name: string, flow: Flow): string[] {
  const graph = graphOf(flow);
  const [own = "", ...others] = languagesOf(flow);
  const changed = [own, ...others].filter((tag) => stepsIn(tag, graph).has(name));
  const { onError, onMachine } = flow.settings;
  const roots = [graph.start, onError, onMachine, ...graph.sides.map(({ to }) => to)];
  const begins = withoutChange(
    roots.filter((root) => typeof root === "string"),
    graph,
  );
  return begins.has(name) ? [...new Set([own, ...changed])] : changed;
}

/** The steps that a call can reach from some before it changes its language. */
function withoutChange(begins: readonly string[], graph: Graph): ReadonlySet<string> {
  const waiting = [...begins];
  const reached = new Set<string>();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const step = graph.steps.get(name);
    if (!step || reached.has(name)) continue;
    reached.add(name);
    waiting.push(...exitsOf(step).flatMap(({ to, changesTo }) => (changesTo === undefined ? to : [])));
    // The other roads are heard by staff, who need no translation.
    const heard = graph.sides.filter(({ from, road }) => from === name && HEARD_BY_CALLER.includes(road));
    waiting.push(...heard.map(({ to }) => to));
  }
  return reached;
}

/** A step's exits: the target of each, and the language that the call changes to, if any. */
function exitsOf({ name, marks }: Step): { to: string[]; changesTo: string | undefined }[] {
  const changes = marks.filter(({ mark }) => mark === "language");
  return marks.flatMap((exit) => {
    if (exit.mark !== "exit" || !isExit(exit.value)) return [];
    const change = changes.find(({ path }) => isBelow(exit.path, path.slice(0, -1)));
    const target = targetOf({ from: name, to: exit.value });
    const changesTo = typeof change?.value === "string" ? change.value : undefined;
    return [{ to: target === undefined ? [] : [target], changesTo }];
  });
}

function isBelow(path: readonly string[], above: readonly string[]): boolean {
  return above.every((key, index) => path[index] === key);
}
