/** Side roads: what may run beside a call, how it ends there, and what only a queue can tell. */
import { expressionsIn, readsOf } from "../analysis/expressions.ts";
import type { Graph } from "../analysis/graph.ts";
import type { Mark } from "../language/mark.ts";
import { HEARD, SIDE_ROADS, type SideRoad } from "../language/side-roads.ts";
import { type Flow, kindKey, type Report, type Step } from "../model/flow.ts";
import type { Rule, RuleContext } from "./rule.ts";

const told = (tell: string): string =>
  `onHangup: tell\nsteps:\n  greet:\n    hangup: Hello.\n  tell:\n    ${tell}\n`;
const SMS = "sms: { to: +14155550100, body: Somebody hung up. }\n    next:";
const hold = (before: string, wait: string): string =>
  `steps:\n  greet:\n    say: ${before}\n    next: hold\n  hold:\n    enqueue: { queue: support, wait: "${wait}", status: { else: hangup } }\n    next: hangup\n`;
const texted = (start: string, steps: string): string => `${start}onMessage: answer\nsteps:\n${steps}`;
const TEXTED = "  answer:\n    sms: { body: We are open from 8 to 6. }\n    next: return\n";
const GREET = "  greet:\n    hangup: Hello.\n";
const leaving = (next: string, hold: string): string =>
  `steps:\n  greet:\n    say: Hello.\n    ${next}\n${hold}  out:\n    leave:\n`;
const PLACE = "You are number {{ queue.position }}.";

export const sideRoads: Rule = {
  findings: [
    {
      code: "not-beside",
      severity: "error",
      summary:
        "A step that cannot run where a side road leads to it: nobody is there to hear it, or to answer.",
      bad: told("say: Goodbye.\n    next: return"),
      good: told(`${SMS} return`),
    },
    {
      code: "only-beside",
      severity: "error",
      summary: "A `leave` where nobody waits: Twilio passes over it, and the call ends there.",
      bad: leaving("next: out", ""),
      good: leaving(
        "next: hold",
        "  hold:\n    enqueue: { queue: support, wait: { step: out }, status: { else: hangup } }\n    next: hangup\n",
      ),
    },
    {
      code: "wrong-exit-beside",
      severity: "error",
      summary: "An exit that has no meaning on a side road: it ends at `return`.",
      bad: told(`${SMS} hangup`),
      good: told(`${SMS} return`),
    },
    {
      code: "queue-elsewhere",
      severity: "error",
      summary: "`queue` is read where nobody waits in a queue: it would be 0.",
      bad: hold(PLACE, "Please hold."),
      good: hold("Hello.", PLACE),
    },
    {
      code: "message-elsewhere",
      severity: "error",
      summary: "`message` is read where no text message has come in: it would be empty.",
      bad: told(`sms: { to: +14155550100, body: "{{ message.body }}" }\n    next: return`),
      good: told(`${SMS} return`),
    },
    {
      code: "starts-beside",
      severity: "error",
      summary: "A flow without `start` whose first step runs beside calls: no call can begin there.",
      bad: texted("", TEXTED + GREET),
      good: texted("start: greet\n", TEXTED + GREET),
    },
  ],
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

/** A flow without `start` begins at the first step of its file. */
function checkStart({ settings, steps }: Flow, { start, sides }: Graph, report: Report): void {
  const [first] = steps;
  const side = sides.find(({ to }) => to === first?.name);
  if (settings.start !== undefined || start === undefined || !first || !side) return;
  const message = `a call would begin at "${first.name}", which runs ${SIDE_ROADS[side.road]}; name the step that a call begins at in \`start\`, or write it first`;
  report({ code: "starts-beside", at: first.nameNode, message });
}

/** The side roads that lead to a step. */
function roadsTo({ beside }: Graph, name: string): SideRoad[] {
  return [...beside].flatMap(([road, names]) => (names.has(name) ? [road] : []));
}

function checkMain({ name, kind, node, nameNode }: Step, graph: Graph, report: Report): void {
  if (!kind.onlyBeside || !graph.main.has(name)) return;
  const roads = (kind.beside ?? []).map((road) => SIDE_ROADS[road]).join(", ");
  const message = `the call's own road comes here, and a \`${kind.name}\` does nothing there; it stands in steps that run ${roads}`;
  report({ code: "only-beside", at: kindKey({ node, kind, nameNode }), message });
}

function checkStep(step: Step, road: SideRoad, graph: Graph, report: Report): void {
  const { kind, name } = step;
  if (!kind.beside?.includes(road)) {
    const message = `a \`${kind.name}\` cannot run ${SIDE_ROADS[road]}; lead elsewhere, or write another kind of step`;
    report({ code: "not-beside", at: kindKey(step), message });
    return;
  }
  for (const { to, at } of graph.edges.get(name) ?? []) {
    const isWrong = to === "back" || (to === "hangup" && !hangsUp(road));
    if (!isWrong) continue;
    const message = `\`${to}\` leads nowhere ${SIDE_ROADS[road]}; write \`return\``;
    report({ code: "wrong-exit-beside", at, message });
  }
}

/** TwiML Conference, "waitUrl": a waiting room cannot hang up. */
function hangsUp(road: SideRoad): boolean {
  return HEARD.includes(road) && road !== "room";
}

/** Where each of these can be read. */
const ONLY: Readonly<Record<string, { code: string; road: SideRoad; says: string }>> = {
  queue: {
    code: "queue-elsewhere",
    road: "queue",
    says: "nobody waits in a queue here, so that this would be 0",
  },
  message: {
    code: "message-elsewhere",
    road: "message",
    says: "no text message comes in here, so that this would be empty",
  },
};

/** Whether a step can read one of them: `queue` also where it is written what is heard in a queue. */
function canRead({ name, kind }: Step, root: string, road: SideRoad, graph: Graph): boolean {
  return (root === "queue" && kind.queues === true) || isOnlyOn(name, road, graph);
}

/** @param step the step whose marks these are; none where they are the settings' */
function checkReads(marks: readonly Mark[], step: Step | undefined, context: RuleContext): void {
  const { graph, facts, report } = context;
  const { environment } = facts;
  for (const written of marks.flatMap(expressionsIn)) {
    // Most expressions name neither, and need no second look.
    if (!/\b(queue|message)\b/.test(written.text) || !environment.check(written.text).valid) continue;
    for (const { root } of readsOf(environment.parse(written.text).ast)) {
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
