/** Variables that are spoken although a call can get there without setting them. */
import type { Checked } from "../../analysis/checked.ts";
import { expressionsIn } from "../../analysis/expressions.ts";
import { variableKept } from "../../analysis/facts.ts";
import { targetOf } from "../../analysis/graph.ts";
import { yaml } from "../../language/example.ts";
import { isLiteral } from "../../language/schema.ts";
import type { Step } from "../../model/flow.ts";
import type { Advice } from "./advice.ts";

export const spokenUnset: Advice = {
  doc: {
    code: "spoken-unset",
    severity: "advice",
    summary:
      "A prompt speaks a variable, and a call can get there without a step that sets it, so that callers hear a gap.",
    wrong:
      "What sets a variable counts on all of its exits, and a condition on a variable counts as setting it, so some gaps are not found. A path that the flow's conditions never let a call take is found all the same.",
    bad: yaml`
      steps:
        menu:
          gather:
            prompt: To enter your number, press 1. To skip this, press 2.
            choices: { 1: enter, 2: confirm }
            noMatch: I did not get that.
            otherwise: confirm
        enter:
          gather: { prompt: Please enter your number., save: number, otherwise: confirm }
          next: confirm
        confirm:
          hangup: Your number is {{ vars.number }}. Goodbye.
    `,
    good: yaml`
      steps:
        menu:
          gather:
            prompt: To enter your number, press 1. To skip this, press 2.
            choices: { 1: enter, 2: bye }
            noMatch: I did not get that.
            otherwise: bye
        enter:
          gather: { prompt: Please enter your number., save: number, otherwise: bye }
          next: confirm
        confirm:
          hangup: Your number is {{ vars.number }}. Goodbye.
        bye:
          hangup: Goodbye.
    `,
  },
  check(checked, advise) {
    const reported = new Set<string>();
    for (const [name, set] of setBefore(checked)) {
      const step = checked.graph.steps.get(name);
      for (const { variable, at } of step ? spokenIn(step) : []) {
        if (set.has(variable) || isNeverEmpty(checked, variable) || reported.has(`${name} ${variable}`))
          continue;
        reported.add(`${name} ${variable}`);
        const message = `a call can get here without a value for "${variable}", and callers hear a gap; set it before, give it a default, or ask for it in a \`branch\` first`;
        advise(at, message);
      }
    }
  },
};

/** A hole that speaks a variable as it is. */
const WHOLE = /^(?:digits\(|trim\(|lower\(|upper\()?vars\.(\w+)(?:\.\w+)?\)?$/;

function spokenIn({ marks }: Step): { variable: string; at: Step["nameNode"] }[] {
  return marks.flatMap((mark) =>
    mark.mark === "spoken"
      ? expressionsIn(mark).flatMap(({ text, node }) => {
          const variable = WHOLE.exec(text)?.[1];
          return variable === undefined ? [] : [{ variable, at: node }];
        })
      : [],
  );
}

/** Whether a variable has a value when a call begins, or is one that may have been kept. */
function isNeverEmpty({ flow, facts }: Checked, name: string): boolean {
  const setting = flow.settings.variables?.[name];
  const variable = facts.variables[name];
  if (!variable || flow.settings.takes?.includes(name)) return true;
  return (
    setting?.default !== undefined || variable.keep !== undefined || typeof variable.default === "number"
  );
}

/** The variables that are set on every way to each step that a call reaches from its start. */
function setBefore({ flow, graph }: Checked): Map<string, ReadonlySet<string>> {
  const set = new Map<string, ReadonlySet<string>>();
  const { start } = graph;
  if (start === undefined || beginsElsewhere(flow.settings)) return set;
  const own = new Map(flow.steps.map((step) => [step.name, setBy(step)]));
  const waiting: [string, ReadonlySet<string>][] = [[start, new Set()]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [name, arriving] = next;
    const known = set.get(name);
    const now = known ? new Set([...known].filter((one) => arriving.has(one))) : arriving;
    if (known?.size === now.size || !graph.steps.has(name)) continue;
    set.set(name, now);
    const leaving = new Set([...now, ...(own.get(name) ?? [])]);
    for (const edge of graph.edges.get(name) ?? []) {
      const target = targetOf(edge);
      if (target !== undefined) waiting.push([target, leaving]);
    }
  }
  return set;
}

/** A call that was placed can begin at another step, with values of its own. */
function beginsElsewhere({ allow, onMachine }: Checked["flow"]["settings"]): boolean {
  return allow !== undefined || onMachine !== undefined;
}

/** The variables that a step sets, or asks about in a condition. */
function setBy({ marks }: Step): string[] {
  return marks.flatMap((mark) => {
    const kept = variableKept(mark);
    const assigned = mark.mark === "value" && isLiteral(mark.value) ? mark.path.at(-1) : undefined;
    const read =
      mark.mark === "spoken"
        ? []
        : expressionsIn(mark).flatMap(({ text }) => text.match(/(?<=vars\.)\w+/g) ?? []);
    return [...(kept === undefined ? [] : [kept]), ...(assigned === undefined ? [] : [assigned]), ...read];
  });
}
