/** Whether what a dial rings can be rung: no more at once than Twilio takes, and only numbers that are allowed. */
import { computedTexts, groupsOf, isComputedLeg, MOST_LEGS } from "../../compile/destination.ts";
import type { FindingDoc } from "../../language/diagnostic.ts";
import { yaml } from "../../language/example.ts";
import { type Flow, type Report, type Step, valueAt } from "../../model/flow.ts";
import { IDLE_ALLOW, kindOf, ofKind } from "../../numbers/allow.ts";
import type { Leg } from "../../twiml/leg.ts";
import type { Dial } from "./body.ts";
import { allowKindOf, patternFor } from "./judge.ts";
import { computed } from "./turns.ts";

/** The finding on receivers other than numbers that the call works out. */
export const COMPUTED_RECEIVER: FindingDoc<"computed-receiver"> = {
  code: "computed-receiver",
  severity: "error",
  summary:
    "A computed SIP address, client, application, SIM or WhatsApp number without an `allow` pattern for it: callers could decide whom it rings.",
  bad: yaml`
    variables:
      name: { type: string, default: ada }
    steps:
      connect:
        dial: { to: { client: "{{ vars.name }}" }, status: { else: hangup } }
        next: hangup
  `,
  good: yaml`
    variables:
      name: { type: string, default: ada }
    steps:
      connect:
        dial: { to: { client: "{{ vars.name }}" }, allow: ["client:*"], status: { else: hangup } }
        next: hangup
  `,
};

/** The finding that `lintTargets` alone makes. */
export const TOO_MANY: FindingDoc<"too-many-numbers"> = {
  code: "too-many-numbers",
  severity: "error",
  summary:
    "More than ten numbers ring at once, or a conference or queue is dialled together with others: Twilio's Dial accepts neither.",
  bad: yaml`
    destinations:
      reception:
        - +14155551000
        - +14155551001
        - +14155551002
        - +14155551003
        - +14155551004
        - +14155551005
        - +14155551006
        - +14155551007
        - +14155551008
        - +14155551009
        - +14155551010
    steps:
      connect:
        dial: { to: reception, status: { else: hangup } }
        next: hangup
  `,
  good: yaml`
    destinations:
      reception:
        - +14155551000
        - +14155551001
        - +14155551002
        - +14155551003
        - +14155551004
        - +14155551005
        - +14155551006
        - +14155551007
        - +14155551008
        - +14155551009
    steps:
      connect:
        dial: { to: reception, status: { else: hangup } }
        next: hangup
  `,
};

/** Looks at what a dial rings: its destination, or any that a computed one may name. */
export function lintTargets(
  step: Step<Dial>,
  { settings }: Flow,
  report: Report<"computed-receiver" | "too-many-numbers" | "not-allowed" | "idle-attribute">,
): void {
  const { to, allow, sequential = false } = step.body;
  const at = valueAt(step, "to") ?? step.bodyNode;
  const named = settings.destinations ?? {};
  const isComputed = computed(step.body) !== undefined;
  const targets = isComputed ? Object.values(named) : [to];
  if (isComputed && targets.length === 0 && ofKind(allow, "number").length === 0) {
    const message = "this number is computed; list the allowed numbers in `allow`, or declare `destinations`";
    report({ code: "not-allowed", at, message });
  }
  const groups = targets.flatMap((target) => groupsOf(named, target, sequential));
  const computes = (leg: Leg): boolean => (typeof leg === "string" ? leg.includes("{{") : isComputedLeg(leg));
  const idle = isComputed || groups.flat().some(computes) ? undefined : valueAt(step, "allow");
  if (idle) report({ code: "idle-attribute", severity: "warning", at: idle, message: IDLE_ALLOW });
  const missing = [...new Set(groups.flat().flatMap((leg) => patternsMissing(leg, allow)))];
  if (missing.length > 0) {
    const patterns = missing.map((pattern) => JSON.stringify(pattern)).join(", ");
    const message = `callers can decide whom this rings; add \`allow: [${patterns}]\`, or write its destinations under \`destinations\` and compute only their names in \`to\``;
    report({ code: "computed-receiver", at, message });
  }
  const message = groups.map(groupProblem).find((problem) => problem !== undefined);
  if (message) report({ code: "too-many-numbers", at, message });
}

/** The patterns that a computed leg needs in `allow`. */
function patternsMissing(leg: Leg, allow: readonly string[] | undefined): string[] {
  const patterns = ofKind(allow, allowKindOf(leg));
  return computedTexts(leg).flatMap((text) => {
    const wanted = patternFor(leg, text);
    const hosts = patterns.map(hostOf);
    return patterns.length > 0 && hosts.includes(hostOf(wanted)) ? [] : [wanted];
  });
}

/** The scheme and the host of a SIP pattern, which are never computed; nothing for other patterns. */
function hostOf(pattern: string): string {
  return kindOf(pattern) === "sip" ? pattern.replace(/:.*@/, "@").toLowerCase() : "";
}

function groupProblem(group: Leg[]): string | undefined {
  if (group.length > MOST_LEGS) {
    return `this rings ${group.length} numbers at once, and Twilio accepts ${MOST_LEGS}; shorten the list, or use two steps`;
  }
  const alone = group.some((leg) => typeof leg === "object" && ("conference" in leg || "queue" in leg));
  if (!alone || group.length === 1) return undefined;
  return "a conference or a queue cannot ring together with others (Twilio 13000); dial it on its own";
}
