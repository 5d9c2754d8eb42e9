/** Destinations: names are declared, numbers can be dialled, and no group is larger than Twilio accepts. */

import { circlesAmong, tellCircle } from "../analysis/graph.ts";
import { isDestination, isNumber, type Named } from "../compile/destination.ts";
import { nearestKey, type Problem, type Severity } from "../language/diagnostic.ts";
import type { Mark } from "../language/mark.ts";
import { marksOf } from "../model/flow.ts";
import { extensionProblem, numberProblem } from "../numbers/numbers.ts";
import { CALLEES, type Destination, type Leg } from "../twiml/leg.ts";
import { sipProblem, splitSip } from "../twiml/sip.ts";
import { type Code, FINDINGS } from "./destinations-findings.ts";
import { namesUnder, type Rule, type RuleContext } from "./rule.ts";

type LegProblem = Problem<Code | "computed-host"> & { severity?: Severity; meant?: string | undefined };

export const destinations: Rule<Code, "computed-host"> = {
  name: "destinations",
  findings: FINDINGS,
  check(context) {
    const known = context.flow.settings.destinations ?? {};
    for (const mark of marksOf(context.flow)) {
      if (mark.mark === "destination" && isDestination(mark.value)) {
        checkLegs(mark, mark.value, known, context);
      }
    }
    for (const circle of circlesIn(known)) reportCircle(circle, context);
  },
};

function checkLegs(
  { node, path }: Mark,
  value: Destination,
  known: Named,
  context: RuleContext<Code | "computed-host">,
): void {
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

function legProblem(leg: Leg, known: Named, isNamed: boolean): LegProblem | undefined {
  if (typeof leg === "object" && "sip" in leg) return sipsProblem(leg.sip);
  if (typeof leg === "object" && "whatsApp" in leg) return whatsAppProblem(leg.whatsApp);
  const isObject = typeof leg === "object" && "number" in leg && typeof leg.number === "string";
  const number = isObject ? leg.number : leg;
  if (typeof number !== "string") return undefined;
  if (isComputed(number)) {
    const message = "only the `to` of a dial can be computed, together with `allow`; write this number out";
    return { code: "not-allowed", message };
  }
  if (isObject || isNumber(number)) return numberProblem(number, isNamed);
  if (Object.hasOwn(known, number)) return undefined;
  const near = nearestKey(number, known);
  const meant = near ? `did you mean "${near}"?` : "declare it under `destinations`";
  const advice = asNoun(number) ?? meant;
  return { code: "unknown-destination", message: `unknown destination "${number}"; ${advice}`, meant: near };
}

/** What to write for an address with its scheme, such as `sip:desk@pbx.example.com`. */
function asNoun(text: string): string | undefined {
  const [, scheme = "", rest = ""] = /^([a-z]+):(.+)$/i.exec(text) ?? [];
  if (/^sips?$/i.test(scheme)) return `write { sip: ${JSON.stringify(text)} }`;
  if (/^tel$/i.test(scheme)) return `write ${rest}`;
  const key = CALLEES.map((noun) => noun.text.key).find((one) => one.toLowerCase() === scheme.toLowerCase());
  return key && `write { ${key}: ${JSON.stringify(rest)} }`;
}

// WhatsApp has no premium rates.
function whatsAppProblem(number: unknown): LegProblem | undefined {
  if (typeof number !== "string" || isComputed(number)) return undefined;
  return numberProblem(number.replace(/^whatsapp:/, ""), true);
}

// A list of maps has several addresses, tried by priority.
function sipsProblem(sip: unknown): LegProblem | undefined {
  if (!Array.isArray(sip)) return sipProblem(sip) ?? userProblem(sip);
  // A list out of shape is looked at as far as it goes.
  const uris = sip.flatMap((one: unknown) =>
    typeof one === "object" && one !== null && "uri" in one ? [one.uri] : [],
  );
  return uris.map((uri) => sipProblem(uri) ?? userProblem(uri)).find((problem) => problem !== undefined);
}

function userProblem(sip: unknown): LegProblem | undefined {
  if (typeof sip !== "string") return undefined;
  return extensionProblem(splitSip(sip).address.replace(/^sips?:|@.*$/gi, ""));
}

function isComputed(leg: Leg): boolean {
  return typeof leg === "string" && leg.includes("{{");
}

/** The circles in which names lead back to themselves, each once. */
function circlesIn(known: Named): string[][] {
  const leading = namesLeadingToCircles(known);
  return circlesAmong(leading, (name) => namesIn(known[name], known).find((next) => leading.has(next)));
}

/** The names that lead into a circle: those left after repeatedly removing every name that refers to none of the rest. */
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

function reportCircle(circle: string[], { flow, report }: RuleContext<Code | "computed-host">): void {
  const [name = ""] = circle;
  const all = flow.root.pairs.find(({ key }) => key.text === "destinations")?.value;
  const key = all?.type === "map" ? all.pairs.find((pair) => pair.key.text === name)?.key : undefined;
  const message = `"${name}" refers to itself: ${tellCircle(circle, ", ")}`;
  report({ code: "circular-destination", at: key ?? flow.root, message });
}
