/** Menus that are nested too deep. */

import type { Checked } from "../../analysis/checked.ts";
import { targetOf } from "../../analysis/graph.ts";
import { yaml } from "../../language/example.ts";
import { kindKey } from "../../model/flow.ts";
import { type Advice, menusOf, optionsOf } from "./advice.ts";

export const deepMenu: Advice = {
  doc: {
    code: "deep-menu",
    severity: "advice",
    summary:
      "Callers pass through too many menus to get to this one. A question with only one exit does not count.",
    wrong: "A long form that asks for one thing after another can need so many questions.",
    bad: yaml`
      steps:
        a: { gather: { prompt: "For B, press 1. For a message, press 2.", choices: { 1: b, 2: message }, noMatch: Pardon?, otherwise: message } }
        b: { gather: { prompt: "For C, press 1. For a message, press 2.", choices: { 1: c, 2: message }, noMatch: Pardon?, otherwise: message } }
        c: { gather: { prompt: "For D, press 1. For a message, press 2.", choices: { 1: d, 2: message }, noMatch: Pardon?, otherwise: message } }
        d: { gather: { prompt: "For E, press 1. For a message, press 2.", choices: { 1: e, 2: message }, noMatch: Pardon?, otherwise: message } }
        e: { hangup: Goodbye. }
        message:
          record: { prompt: Please leave a message after the tone., save: message }
          next: hangup
    `,
    good: yaml`
      steps:
        a: { gather: { prompt: "For B, press 1. For a message, press 2.", choices: { 1: b, 2: message }, noMatch: Pardon?, otherwise: message } }
        b: { gather: { prompt: "For C, press 1. For a message, press 2.", choices: { 1: c, 2: message }, noMatch: Pardon?, otherwise: message } }
        c: { gather: { prompt: "For E, press 1. For a message, press 2.", choices: { 1: e, 2: message }, noMatch: Pardon?, otherwise: message } }
        e: { hangup: Goodbye. }
        message:
          record: { prompt: Please leave a message after the tone., save: message }
          next: hangup
    `,
  },
  check(checked, advise, limit) {
    const menus = new Set(
      menusOf(checked)
        .filter(({ question }) => optionsOf(question.choices).length > 1)
        .map(({ step }) => step.name),
    );
    for (const [name, depth] of depthsOf(checked, menus)) {
      const step = checked.graph.steps.get(name);
      if (!step || !menus.has(name) || depth !== limit + 1) continue;
      const message = `this menu is number ${depth} in a row, and callers give up after about ${limit}; offer it earlier, or join two menus`;
      advise(kindKey(step), message);
    }
  },
};

/** The fewest menus on a way to each step, its own included. */
function depthsOf({ graph }: Checked, menus: ReadonlySet<string>): Map<string, number> {
  const depths = new Map<string, number>();
  let level: string[] = graph.start === undefined ? [] : [graph.start];
  for (let depth = 0; level.length > 0; depth++) {
    const deeper: string[] = [];
    for (let name = level.pop(); name !== undefined; name = level.pop()) {
      if (depths.has(name) || !graph.steps.has(name)) continue;
      const isMenu = menus.has(name);
      depths.set(name, isMenu ? depth + 1 : depth);
      const targets = (graph.edges.get(name) ?? []).flatMap((edge) => targetOf(edge) ?? []);
      (isMenu ? deeper : level).push(...targets);
    }
    level = deeper;
  }
  return depths;
}
