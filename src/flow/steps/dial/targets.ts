/** Whether what a dial rings can be rung: no more at once than Twilio takes, and only numbers that are allowed. */
import { groupsOf, isComputedLeg, MOST_LEGS } from "../../compile/destination.ts";
import type { FindingDoc } from "../../language/diagnostic.ts";
import { yaml } from "../../language/example.ts";
import { type Flow, type Report, type Step, valueAt } from "../../model/flow.ts";
import type { Leg } from "../../twiml/leg.ts";
import type { Dial } from "./body.ts";
import { computed } from "./ring.ts";

/** The finding on receivers other than numbers that the call works out. */
export const COMPUTED_RECEIVER: FindingDoc<"computed-receiver"> = {
  code: "computed-receiver",
  severity: "warning",
  summary:
    "A computed SIP address, client, application, SIM or WhatsApp number: callers can decide whom it rings. Such a call ends after an hour unless `timeLimit` says otherwise.",
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
    destinations:
      ada: { client: ada }
    steps:
      connect:
        dial: { to: "{{ vars.name }}", status: { else: hangup } }
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
  report: Report<"computed-receiver" | "too-many-numbers" | "not-allowed">,
): void {
  const { to, allow, sequential = false } = step.body;
  const at = valueAt(step, "to") ?? step.bodyNode;
  const named = settings.destinations ?? {};
  const isComputed = computed(step.body) !== undefined;
  const targets = isComputed ? Object.values(named) : [to];
  if (isComputed && targets.length === 0 && allow === undefined) {
    const message = "this number is computed; list the allowed numbers in `allow`, or declare `destinations`";
    report({ code: "not-allowed", at, message });
  }
  const groups = targets.flatMap((target) => groupsOf(named, target, sequential));
  if (groups.flat().some(isComputedLeg)) {
    const message =
      "callers can decide whom this rings; write its destinations under `destinations`, and compute only their names in `to`";
    report({ code: "computed-receiver", severity: "warning", at, message });
  }
  const message = groups.map(groupProblem).find((problem) => problem !== undefined);
  if (message) report({ code: "too-many-numbers", at, message });
}

function groupProblem(group: Leg[]): string | undefined {
  if (group.length > MOST_LEGS) {
    return `this rings ${group.length} numbers at once, and Twilio accepts ${MOST_LEGS}; shorten the list, or use two steps`;
  }
  const alone = group.some((leg) => typeof leg === "object" && ("conference" in leg || "queue" in leg));
  if (!alone || group.length === 1) return undefined;
  return "a conference or a queue cannot ring together with others (Twilio 13000); dial it on its own";
}
