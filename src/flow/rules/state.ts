/** A call's state: small enough to travel in its ticket. */
import type { Variable } from "../../program/program.ts";
import type { Rule, RuleContext } from "./rule.ts";

/**
 * The most bytes of state whose ticket surely leaves the URL under 2,000 characters: a ticket is a third longer
 * than its state and 28 bytes, and flow, version and step take some of the rest.
 */
export const TICKET_STATE_BYTES = 1200;
/** What a call keeps besides its variables: its menus, its attempts, where it came from. */
const BASE_BYTES = 120;
/** A list or a map may hold anything; so much is reckoned for one. */
const OPEN_BYTES = 200;
/** A recording's address and length. */
const RECORDING_BYTES = 220;

const flow = (lengths: number[]): string =>
  `variables:\n${lengths.map((length, i) => `  note${i}: { type: string, maxLength: ${length} }\n`).join("")}steps:\n  greet:\n    say: "{{ vars.note0 }}"\n    next: hangup\n`;

export const state: Rule = {
  findings: [
    {
      code: "large-state",
      severity: "warning",
      summary:
        "The variables could outgrow the ticket that carries a call's state from webhook to webhook. Such a state " +
        "is read from KV instead: slower, and lost if KV is down.",
      bad: flow([800, 800]),
      good: flow([200, 200]),
    },
  ],
  check({ flow, facts, report }: RuleContext) {
    const bytes =
      BASE_BYTES +
      Object.entries(facts.variables).reduce(
        // What outlives the call travels under its full name.
        (sum, [name, one]) => sum + (one.keep ?? name).length + sizeOf(one),
        0,
      );
    if (bytes <= TICKET_STATE_BYTES) return;
    const message = `the variables can grow to ${bytes} bytes, over the ${TICKET_STATE_BYTES} that travel with the call; lower \`maxLength\` where you can`;
    const at = flow.root.pairs.find(({ key }) => key.text === "variables")?.key ?? flow.root;
    report({ code: "large-state", severity: "warning", at, message });
  },
};

function sizeOf(variable: Variable): number {
  const sizes: Record<Variable["type"], number> = {
    string: variable.maxLength ?? OPEN_BYTES,
    int: 16,
    number: 22,
    bool: 5,
    list: OPEN_BYTES,
    map: OPEN_BYTES,
    recording: RECORDING_BYTES,
  };
  return sizes[variable.type] + 4;
}
