/** Destinations: names that are there, numbers that could be rung, and no more than Twilio takes. */
import { isPossiblePhoneNumber } from "libphonenumber-js/max";
import { groupsOf, isNumber, MOST_LEGS } from "../destination.ts";
import { nearest } from "../diagnostic.ts";
import type { Mark } from "../project.ts";
import type { Destination, Leg } from "../schema.ts";
import { type Flow, marksOf } from "../steps/kind.ts";
import { wholeHole } from "../text.ts";
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
      code: "circular-destination",
      severity: "error",
      summary: "A destination that names itself, by itself or by others.",
      bad: flow("  reception: oncall\n  oncall: reception\n"),
      good: flow("  reception: oncall\n  oncall: +14155550101\n"),
    },
    {
      code: "too-many-numbers",
      severity: "error",
      summary: "More than ten at once, or a conference or queue among others: Twilio's Dial does not take it.",
      bad: flow(many(11)),
      good: flow(many(10)),
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
    const { settings, steps } = context.flow;
    const known = settings.destinations ?? {};
    for (const mark of marksOf(context.flow)) {
      if (mark.mark === "destination" && isDestination(mark.value)) checkDestination(mark, mark.value, known, context);
    }
    for (const name of Object.keys(known)) checkCircle(name, known, context);
    for (const step of steps) checkComputed(step, known, context);
  },
};

type Known = Readonly<Record<string, Destination>>;

function isDestination(value: unknown): value is Destination {
  return typeof value === "string" || (typeof value === "object" && value !== null);
}

function checkDestination({ node }: Mark, value: Destination, known: Known, context: RuleContext): void {
  const legs: Leg[] = Array.isArray(value) ? value : [value];
  const names = namesUnder(context.flow.root, "destinations");
  legs.forEach((leg, index) => {
    const at = node.type === "list" ? (node.items[index] ?? node) : node;
    const problem = legProblem(leg, known);
    if (problem && !(typeof leg === "string" && names.has(leg))) context.report({ ...problem, at });
  });
  const [group = []] = groupsOf(known, value, false);
  const alone = group.some((leg) => typeof leg === "object" && ("conference" in leg || "queue" in leg));
  if (group.length > MOST_LEGS) {
    const message = `this rings ${group.length} numbers at once; Twilio takes ${MOST_LEGS}: make the list shorter, or two steps`;
    context.report({ code: "too-many-numbers", at: node, message });
  } else if (alone && group.length > 1) {
    const message = "a conference or a queue cannot ring together with others (Twilio 13000); dial it by itself";
    context.report({ code: "too-many-numbers", at: node, message });
  }
}

function legProblem(leg: Leg, known: Known): { code: string; message: string } | undefined {
  const number = typeof leg === "object" && "number" in leg && typeof leg.number === "string" ? leg.number : leg;
  if (typeof number !== "string" || number.includes("{{")) return undefined;
  if (isNumber(number)) return numberProblem(number);
  if (Object.hasOwn(known, number)) return undefined;
  const near = nearest(number, Object.keys(known));
  const advice = near ? `; did you mean "${near}"?` : "; name it under `destinations`";
  return { code: "unknown-destination", message: `no destination is called "${number}"${advice}` };
}

function numberProblem(number: string): { code: string; message: string } | undefined {
  const shown = number.replace(/[\s().-]/g, "");
  if (!number.startsWith("+")) {
    const advice = /^\d{10}$/.test(shown) ? `; in the US that is +1${shown}` : "";
    return { code: "bad-number", message: `write ${number} with a plus and its country code${advice}` };
  }
  if (shown !== number) return { code: "bad-number", message: `write ${number} without spaces and signs: ${shown}` };
  if (isPossiblePhoneNumber(number)) return undefined;
  return { code: "bad-number", message: `${number} cannot be a phone number: check its country code and its digits` };
}

function checkCircle(name: string, known: Known, context: RuleContext): void {
  const follow = (leg: Leg, path: string[]): string[] | undefined => {
    if (typeof leg !== "string" || !Object.hasOwn(known, leg)) return undefined;
    if (leg === name) return [...path, leg];
    if (path.includes(leg)) return undefined;
    return legsOf(known[leg]).map((next) => follow(next, [...path, leg])).find((found) => found !== undefined);
  };
  const circle = legsOf(known[name]).map((leg) => follow(leg, [name])).find((found) => found !== undefined);
  if (!circle) return;
  const at = destinationNode(name, context.flow);
  context.report({ code: "circular-destination", at, message: `"${name}" names itself: ${circle.join(", ")}` });
}

function legsOf(destination: Destination | undefined): Leg[] {
  if (destination === undefined) return [];
  return Array.isArray(destination) ? destination : [destination];
}

function destinationNode(name: string, { root }: Flow): { span: Flow["root"]["span"] } {
  const all = root.pairs.find(({ key }) => key.text === "destinations")?.value;
  return (all?.type === "map" ? all.pairs.find(({ key }) => key.text === name)?.key : undefined) ?? root;
}

function checkComputed(step: Flow["steps"][number], known: Known, context: RuleContext): void {
  const { body } = step;
  for (const { mark, value, node } of step.marks) {
    if (mark !== "destination" || typeof value !== "string" || !wholeHole(value)) continue;
    const allows = typeof body === "object" && body !== null && "allow" in body;
    if (allows || Object.keys(known).length > 0) continue;
    const message = "this number is computed; say which numbers are allowed in `allow`, or name `destinations`";
    context.report({ code: "not-allowed", at: node, message });
  }
}
