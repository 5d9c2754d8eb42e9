/** Menus that know no way to a person, on a line that has one. */

import type { Checked } from "../../analysis/checked.ts";
import { targetOf } from "../../analysis/graph.ts";
import { yaml } from "../../language/example.ts";
import type { Exit } from "../../language/exit-schema.ts";
import { overlap } from "../../language/keys.ts";
import { kindKey, type Question } from "../../model/flow.ts";
import { type Advice, type Asked, menusOf, optionsOf } from "./advice.ts";

export const noWayOut: Advice = {
  doc: {
    code: "no-way-out",
    severity: "advice",
    summary:
      "A line has a person or a mailbox, and a menu of it leads there neither by a choice, nor by 0, nor after the last attempt. Callers who fit none of its choices press 0, or hang up.",
    wrong:
      "A menu of two options, such as yes and no, is not reported, and neither is one with `back`. A menu whose choices lead to another menu with a person, such as one for languages, counts as having one. A menu in which callers have just turned a person down does not need to offer one again.",
    bad: yaml`
      destinations: { desk: +14155550100 }
      steps:
        menu:
          gather:
            prompt: For information, press 1. For the front desk, press 2.
            choices: { 1: information, 2: desk }
            noMatch: I did not get that.
            otherwise: desk
        information:
          gather:
            prompt: For our hours, press 1. For our address, press 2. For parking, press 3.
            choices: { 1: hours, 2: address, 3: parking }
            noMatch: I did not get that.
            otherwise: bye
        desk:
          dial: { to: desk, status: { else: bye } }
          next: bye
        hours: { hangup: We are open from 9 to 5. Goodbye. }
        address: { hangup: We are at 12 Main Street. Goodbye. }
        parking: { hangup: You can park behind the house. Goodbye. }
        bye: { hangup: Goodbye. }
    `,
    good: yaml`
      destinations: { desk: +14155550100 }
      steps:
        menu:
          gather:
            prompt: For information, press 1. For the front desk, press 2.
            choices: { 1: information, 2: desk }
            noMatch: I did not get that.
            otherwise: desk
        information:
          gather:
            prompt: For our hours, press 1. For our address, press 2. For parking, press 3. For the front desk, press 0.
            choices: { 1: hours, 2: address, 3: parking, 0: desk }
            noMatch: I did not get that.
            otherwise: desk
        desk:
          dial: { to: desk, status: { else: bye } }
          next: bye
        hours: { hangup: We are open from 9 to 5. Goodbye. }
        address: { hangup: We are at 12 Main Street. Goodbye. }
        parking: { hangup: You can park behind the house. Goodbye. }
        bye: { hangup: Goodbye. }
    `,
  },
  check(checked, advise) {
    const { flow, graph } = checked;
    if (flow.settings.allow !== undefined || !graph.isEntry) return;
    if (![...graph.main].some((name) => graph.steps.get(name)?.kind.handsOver)) return;
    for (const asked of menusOf(checked)) {
      if (!graph.main.has(asked.step.name) || !isMenu(asked) || hasWayOut(checked, asked.question, 1))
        continue;
      const message =
        "no key of this menu leads to a person or a mailbox, and neither does its last attempt; add 0, or lead there by `otherwise`";
      advise(kindKey(asked.step), message);
    }
  },
};

/** Fewer options are a question with an answer, and no menu to be lost in. */
const FEWEST = 3;

function isMenu({ question: { choices, hears } }: Asked): boolean {
  return hears.keys && optionsOf(choices).length >= FEWEST;
}

/** @param menus how many further menus can be between */
function hasWayOut(checked: Checked, question: Question, menus: number): boolean {
  const { choices, failed } = question;
  if (choices.some(({ keys, next }) => next === "back" || (keys && overlap(keys, { from: "0", to: "0" }))))
    return true;
  const exits = [failed.silence, failed.else, ...choices.map(({ next }) => next)];
  return exits.some((exit) => leadsToPerson(checked, exit, menus));
}

/** Whether an exit leads to a person or a mailbox, through so many menus and through nothing else that is asked. */
function leadsToPerson(checked: Checked, exit: Exit, menus: number): boolean {
  const { graph } = checked;
  const seen = new Set<string>();
  const first = targetOf({ from: "", to: exit });
  const waiting = first === undefined ? [] : [first];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const step = seen.has(name) ? undefined : graph.steps.get(name);
    if (!step) continue;
    seen.add(name);
    if (step.kind.handsOver) return true;
    if (step.kind.does === "asks") {
      const question = menus > 0 ? step.kind.question?.(step) : undefined;
      if (question && question.choices.length > 0 && hasWayOut(checked, question, menus - 1)) return true;
      continue;
    }
    waiting.push(...(graph.edges.get(name) ?? []).flatMap((edge) => targetOf(edge) ?? []));
  }
  return false;
}
