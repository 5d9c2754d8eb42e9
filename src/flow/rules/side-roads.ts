/** Side roads: which kinds can run on them, how they end, and what can be read only there. */

import { expressionsIn, readsOf } from "../analysis/expressions.ts";
import { type Graph, isTakenOn } from "../analysis/graph.ts";
import type { Mark } from "../language/mark.ts";
import { HEARD, mediumOn, SIDE_ROADS, type SideRoad } from "../language/side-roads.ts";
import { type Flow, kindKey, type Report, type Step } from "../model/flow.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { type Code, FINDINGS } from "./side-roads-findings.ts";

export const sideRoads: Rule<Code> = {
  name: "side-roads",
  findings: FINDINGS,
  check(context) {
    const { flow, graph, report } = context;
    checkStart(flow, graph, report);
    for (const step of flow.steps) {
      checkMain(step, graph, report);
      for (const road of roadsTo(graph, step.name)) checkStep(step, road, graph, report);
      checkReads(step.marks, step, context);
    }
    checkReads(flow.marks, undefined, context);
  },
};

/** A flow without `start` begins at its first step. */
function checkStart({ settings, steps }: Flow, { start, sides }: Graph, report: Report<Code>): void {
  const [first] = steps;
  const side = sides.find(({ to }) => to === first?.name);
  if (settings.start !== undefined || start === undefined || !first || !side) return;
  const message = `a call would begin at "${first.name}", which runs ${SIDE_ROADS[side.road]}; set \`start\` to the first step of a call, or move that step to the top`;
  report({ code: "starts-beside", at: first.nameNode, message });
}

/** The side roads that lead to a step. */
function roadsTo({ beside }: Graph, name: string): SideRoad[] {
  return [...beside].flatMap(([road, names]) => (names.has(name) ? [road] : []));
}

function checkMain({ name, kind, node, nameNode }: Step, graph: Graph, report: Report<Code>): void {
  if (!kind.onlyBeside || !graph.main.has(name) || isPartOn("message", kind, graph)) return;
  const does = kind.onlyBeside === true ? "has no effect" : kind.onlyBeside;
  const roads = (kind.beside ?? []).map((road) => SIDE_ROADS[road]).join(", ");
  const message = `the main road of the call leads here, where \`${kind.name}\` ${does}; use it only in steps that run ${roads}`;
  report({ code: "only-beside", at: kindKey({ node, kind, nameNode }), message });
}

/** Whether another flow can run this one on a side road that a kind can be on: then that flow's `run` is checked. */
function isPartOn(road: SideRoad, kind: Step["kind"], { isEntry }: Graph): boolean {
  return !isEntry && kind.beside?.includes(road) === true;
}

function checkStep(step: Step, road: SideRoad, graph: Graph, report: Report<Code>): void {
  const { kind, name } = step;
  if (!kind.beside?.includes(road)) {
    const advice = (road === "message" && byText(kind)) || "lead elsewhere, or use another kind of step";
    const message = `\`${kind.name}\` cannot run ${SIDE_ROADS[road]}; ${advice}`;
    report({ code: "not-beside", at: kindKey(step), message });
    return;
  }
  for (const edge of graph.edges.get(name) ?? []) {
    const { to, at } = edge;
    if (!isTakenOn(edge, mediumOn(road))) continue;
    const isWrong = to === "back" || (to === "hangup" && !hangsUp(road));
    if (!isWrong) continue;
    const message = `\`${to}\` is not an exit ${SIDE_ROADS[road]}; write \`return\``;
    report({ code: "wrong-exit-beside", at, message });
  }
}

/** What does by text message what a kind does in a call. */
function byText({ asksBy, does }: Step["kind"]): string | undefined {
  if (asksBy !== undefined) return "ask with `ask`";
  return does === "speaks" ? "write with `sms`" : undefined;
}

/** TwiML Conference, "waitUrl": a waiting room cannot hang up. */
function hangsUp(road: SideRoad): boolean {
  return HEARD.includes(road) && road !== "room";
}

const DELIVERY = {
  code: "delivery-elsewhere",
  road: "delivery",
  says: "this would be empty, because no delivery is reported here",
} as const;

/** The side road on which each of these names can be read. */
const ONLY: Readonly<Record<string, { code: Code; road: SideRoad; says: string }>> = {
  queue: {
    code: "queue-elsewhere",
    road: "queue",
    says: "this would be 0, because nobody waits in a queue here",
  },
  message: {
    code: "message-elsewhere",
    road: "message",
    says: "this would be empty, because no text message comes in here",
  },
  "call.messageStatus": DELIVERY,
  "call.errorCode": DELIVERY,
};

/**
 * Whether a step can read one of them. A step that puts callers in a queue can also read `queue`, and a flow that asks by text
 * message and that others run, `message`.
 */
function canRead({ name, kind }: Step, root: string, road: SideRoad, graph: Graph): boolean {
  if (root === "queue" && kind.queues === true) return true;
  return (road === "message" && isTextPart(graph)) || isOnlyOn(name, road, graph);
}

/** Whether other flows can run this one only where a text message is answered. */
function isTextPart({ isEntry, steps }: Graph): boolean {
  return !isEntry && [...steps.values()].some((step) => step.kind.waitsForMessage !== undefined);
}

/** @param step the step that the marks belong to; undefined for the marks of the settings */
function checkReads(marks: readonly Mark[], step: Step | undefined, context: RuleContext<Code>): void {
  const { graph, facts, report } = context;
  const { environment } = facts;
  for (const written of marks.flatMap(expressionsIn)) {
    // Most expressions read neither, so skip them early.
    if (
      !/\b(queue|message|messageStatus|errorCode)\b/.test(written.text) ||
      !environment.check(written.text).valid
    )
      continue;
    for (const { root: whole, field } of readsOf(environment.parse(written.text).ast)) {
      const root = whole === "call" ? `call.${field}` : whole;
      const only = Object.hasOwn(ONLY, root) ? ONLY[root] : undefined;
      if (!only || (step && canRead(step, root, only.road, graph))) continue;
      report({
        code: only.code,
        at: written.node,
        message: `${only.says}; read \`${root}\` only ${SIDE_ROADS[only.road]}`,
      });
    }
  }
}

function isOnlyOn(name: string, road: SideRoad, { main, beside }: Graph): boolean {
  const others = [...beside].some(([other, names]) => other !== road && names.has(name));
  return !main.has(name) && !others;
}
