/** The state of a call must be small enough to travel in its ticket. */
import type { Variable } from "../../program/program.ts";
import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";
import type { Rule, RuleContext } from "./rule.ts";

/**
 * The largest state, in bytes, whose ticket keeps the URL under 2,000 characters. A ticket is a third longer than
 * its state plus 28 bytes, and the names of flow, version and step need some room too.
 */
const TICKET_STATE_BYTES = 1200;
/** The state besides variables: menus, attempts, the calling step. */
const BASE_BYTES = 120;
/** How many of the largest variables the message names. */
const MOST_NAMES = 3;
/** The estimate for a list or a map, which can hold anything. */
const OPEN_BYTES = 200;
/** The URL and length of a recording. */
const RECORDING_BYTES = 220;

const FINDINGS = defineFindings([
  {
    code: "large-state",
    severity: "warning",
    summary:
      "The variables can outgrow the URL that carries a call's state from webhook to webhook. Such a state " +
      "is read from KV instead, which is slower, and is lost if KV is down.",
    bad: yaml`
      variables:
        note0: { type: string, maxLength: 800 }
        note1: { type: string, maxLength: 800 }
      steps:
        greet:
          say: "{{ vars.note0 }}"
          next: hangup
    `,
    good: yaml`
      variables:
        note0: { type: string, maxLength: 200 }
        note1: { type: string, maxLength: 200 }
      steps:
        greet:
          say: "{{ vars.note0 }}"
          next: hangup
    `,
  },
]);

type Code = CodeOf<typeof FINDINGS>;

export const state: Rule<Code> = {
  name: "state",
  findings: FINDINGS,
  check({ flow, facts, report }: RuleContext<Code>) {
    const sizes = Object.entries(facts.variables).map(([name, variable]) => ({
      name,
      variable,
      // A persistent variable travels under its full name.
      bytes: (variable.keep ?? name).length + sizeOf(variable),
    }));
    const bytes = sizes.reduce((sum, one) => sum + one.bytes, BASE_BYTES);
    if (bytes <= TICKET_STATE_BYTES) return;
    const largest = sizes.toSorted((a, b) => b.bytes - a.bytes).slice(0, MOST_NAMES);
    const message = `the variables can grow to ${bytes} bytes, and a URL carries ${TICKET_STATE_BYTES}; the largest are ${largest.map(nameOf).join(", ")}: ${adviceOn(largest)}`;
    const at = flow.root.pairs.find(({ key }) => key.text === "variables")?.key ?? flow.root;
    report({ code: "large-state", severity: "warning", at, message });
  },
};

interface Sized {
  name: string;
  variable: Variable;
  bytes: number;
}

function nameOf({ name, variable, bytes }: Sized): string {
  return `${name} (${variable.type}, ${bytes})`;
}

function adviceOn(largest: readonly Sized[]): string {
  const types = new Set(largest.map(({ variable }) => variable.type));
  const ways = [
    ...(types.has("string") ? ["give texts a lower `maxLength`"] : []),
    ...(types.has("list") || types.has("map") ? ["save single fields instead of a whole list or map"] : []),
  ];
  return ways.length > 0 ? ways.join(", or ") : "use fewer variables";
}

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
