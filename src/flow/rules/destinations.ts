/** Destinations: names that are there, numbers that could be rung, and no more than Twilio takes. */
import { circlesAmong, tellCircle } from "../analysis/graph.ts";
import { groupsOf, isDestination, isNumber, MOST_LEGS, type Named } from "../compile/destination.ts";
import { nearest } from "../language/diagnostic.ts";
import type { Mark } from "../language/mark.ts";
import { wholeHole } from "../language/text.ts";
import { marksOf, type Step } from "../model/flow.ts";
import { numberProblem, type Problem } from "../numbers/numbers.ts";
import type { Destination, Leg } from "../twiml/leg.ts";
import { sipProblem } from "../twiml/sip.ts";
import { namesUnder, type Rule, type RuleContext } from "./rule.ts";

const flow = (destinations: string, to = "reception"): string =>
  `destinations:\n${destinations}steps:\n  connect:\n    dial: { to: ${to}, status: { else: hangup } }\n    next: hangup\n`;
const RECEPTION = "  reception: +14155550100\n";
const many = (count: number): string =>
  `  reception: [${Array.from({ length: count }, (_, i) => `+1415555${1000 + i}`).join(", ")}]\n`;

export const destinations: Rule = {
  findings: [
    {
      code: "unknown-destination",
      severity: "error",
      summary: "A name that no destination has.",
      bad: flow(RECEPTION, "receptoin"),
      good: flow(RECEPTION),
    },
    {
      code: "bad-number",
      severity: "error",
      summary: "A number that cannot be one: Twilio dials E.164, a plus, the country code and the number.",
      bad: flow("  reception: +1415555\n"),
      good: flow(RECEPTION),
    },
    {
      code: "emergency-number",
      severity: "error",
      summary:
        "A number for emergencies. Help is sent to the place of the phone that calls, and a flow has none: callers have to dial it themselves.",
      bad: flow("  police: 911\n", "police"),
      good: "steps:\n  greet:\n    say: If this is an emergency, hang up and dial 9 1 1.\n    next: hangup\n",
    },
    {
      code: "premium-number",
      severity: "error",
      summary:
        "A premium-rate number, or one of a satellite phone, that is dialled without a name: whoever means it names it under `destinations`.",
      bad: "steps:\n  connect:\n    dial: { to: +19002555555, status: { else: hangup } }\n    next: hangup\n",
      good: flow("  horoscope: +19002555555\n", "horoscope"),
    },
    {
      code: "circular-destination",
      severity: "error",
      summary: "A destination that names itself, by itself or by others.",
      bad: flow("  reception: oncall\n  oncall: reception\n"),
      good: flow("  reception: oncall\n  oncall: +14155550101\n"),
    },
    {
      code: "too-many-numbers",
      severity: "error",
      summary:
        "More than ten at once, or a conference or queue among others: Twilio's Dial does not take it.",
      bad: flow(many(11)),
      good: flow(many(10)),
    },
    {
      code: "twilio-13243",
      severity: "error",
      summary: "A SIP address that is none.",
      bad: flow("  reception: { sip: desk }\n"),
      good: flow("  reception: { sip: sip:desk@example.com }\n"),
    },
    {
      code: "not-allowed",
      severity: "error",
      summary: "A computed destination in a flow that names none and allows none.",
      bad: 'steps:\n  connect:\n    dial: { to: "{{ caller.number }}", status: { else: hangup } }\n    next: hangup\n',
      good: 'steps:\n  connect:\n    dial: { to: "{{ caller.number }}", allow: ["+1415*"], status: { else: hangup } }\n    next: hangup\n',
    },
  ],
  check(context) {
    const known = context.flow.settings.destinations ?? {};
    for (const mark of marksOf(context.flow)) {
      if (mark.mark === "destination" && isDestination(mark.value)) {
        checkLegs(mark, mark.value, known, context);
      }
    }
    for (const circle of circlesIn(known)) reportCircle(circle, context);
    for (const step of context.flow.steps) checkDial(step, known, context);
  },
};

function checkLegs({ node, path }: Mark, value: Destination, known: Named, context: RuleContext): void {
  const names = namesUnder(context.flow.root, "destinations");
  const isTo = path.length === 1 && typeof value === "string";
  const legs: Leg[] = Array.isArray(value) ? value : [value];
  legs.forEach((leg, index) => {
    if (isTo && isComputed(leg)) return;
    const at = node.type === "list" ? (node.items[index] ?? node) : node;
    const problem = legProblem(leg, known, path[0] === "destinations");
    if (problem && !(typeof leg === "string" && names.has(leg))) context.report({ ...problem, at });
  });
}

function legProblem(leg: Leg, known: Named, isNamed: boolean): Problem | undefined {
  if (typeof leg === "object" && "sip" in leg) return sipsProblem(leg.sip);
  const isObject = typeof leg === "object" && "number" in leg && typeof leg.number === "string";
  const number = isObject ? leg.number : leg;
  if (typeof number !== "string") return undefined;
  if (isComputed(number)) {
    const message = "only the `to` of a dial may be computed, with its `allow`; write this number out";
    return { code: "not-allowed", message };
  }
  if (isObject || isNumber(number)) return numberProblem(number, isNamed);
  if (Object.hasOwn(known, number)) return undefined;
  const near = nearest(number, Object.keys(known));
  const advice = near ? `; did you mean "${near}"?` : "; name it under `destinations`";
  return { code: "unknown-destination", message: `no destination is called "${number}"${advice}` };
}

// Several addresses, tried by priority, are a list of maps.
function sipsProblem(sip: unknown): Problem | undefined {
  if (!Array.isArray(sip)) return sipProblem(sip);
  return sip.map(({ uri }) => sipProblem(uri)).find((problem) => problem !== undefined);
}

function isComputed(leg: Leg): boolean {
  return typeof leg === "string" && leg.includes("{{");
}

/** Names that lead back to themselves, each circle once. */
function circlesIn(known: Named): string[][] {
  const leading = namesLeadingToCircles(known);
  return circlesAmong(leading, (name) => namesIn(known[name], known).find((next) => leading.has(next)));
}

/** What is left after taking away, again and again, every name that names nothing that is left. */
function namesLeadingToCircles(known: Named): Set<string> {
  const left = new Map(Object.keys(known).map((name) => [name, new Set(namesIn(known[name], known))]));
  const namedBy = new Map<string, string[]>();
  for (const [name, targets] of left) {
    for (const target of targets) {
      const list = namedBy.get(target);
      if (list) list.push(name);
      else namedBy.set(target, [name]);
    }
  }
  const done = [...left.keys()].filter((name) => left.get(name)?.size === 0);
  for (let name = done.pop(); name !== undefined; name = done.pop()) {
    left.delete(name);
    for (const other of namedBy.get(name) ?? []) {
      const targets = left.get(other);
      targets?.delete(name);
      if (targets?.size === 0) done.push(other);
    }
  }
  return new Set(left.keys());
}

function namesIn(destination: Destination | undefined, known: Named): string[] {
  const legs = destination === undefined ? [] : Array.isArray(destination) ? destination : [destination];
  return legs.filter((leg): leg is string => typeof leg === "string" && Object.hasOwn(known, leg));
}

function reportCircle(circle: string[], { flow, report }: RuleContext): void {
  const [name = ""] = circle;
  const all = flow.root.pairs.find(({ key }) => key.text === "destinations")?.value;
  const key = all?.type === "map" ? all.pairs.find((pair) => pair.key.text === name)?.key : undefined;
  const message = `"${name}" names itself: ${tellCircle(circle, ", ")}`;
  report({ code: "circular-destination", at: key ?? flow.root, message });
}

function checkDial(step: Step, known: Named, { report }: RuleContext): void {
  for (const { mark, value, node } of step.marks) {
    if (mark !== "destination" || !isDestination(value)) continue;
    const computed = typeof value === "string" && wholeHole(value) !== undefined;
    const targets = computed ? Object.values(known) : [value];
    if (computed && targets.length === 0 && !has(step.body, "allow")) {
      const message =
        "this number is computed; say which numbers are allowed in `allow`, or name `destinations`";
      report({ code: "not-allowed", at: node, message });
    }
    const groups = targets.flatMap((target) => groupsOf(known, target, has(step.body, "sequential", true)));
    const message = groups.map(groupProblem).find((problem) => problem !== undefined);
    if (message) report({ code: "too-many-numbers", at: node, message });
  }
}

function has(body: unknown, key: string, value?: unknown): boolean {
  if (typeof body !== "object" || body === null) return false;
  const found = Object.entries(body).find(([name]) => name === key)?.[1];
  return value === undefined ? found !== undefined : found === value;
}

function groupProblem(group: Leg[]): string | undefined {
  if (group.length > MOST_LEGS) {
    return `this rings ${group.length} numbers at once; Twilio takes ${MOST_LEGS}: make the list shorter, or two steps`;
  }
  const alone = group.some((leg) => typeof leg === "object" && ("conference" in leg || "queue" in leg));
  if (!alone || group.length === 1) return undefined;
  return "a conference or a queue cannot ring together with others (Twilio 13000); dial it by itself";
}
