/** Questions for what the caller has answered already. */

import type { Checked } from "../../analysis/checked.ts";
import { expressionsIn } from "../../analysis/expressions.ts";
import { variableKept } from "../../analysis/facts.ts";
import { type Edge, targetOf } from "../../analysis/graph.ts";
import { yaml } from "../../language/example.ts";
import { kindKey, type Step } from "../../model/flow.ts";
import { type Advice, heardByLanguage, questionsOf } from "./advice.ts";

export const askedTwice: Advice = {
  doc: {
    code: "asked-twice",
    severity: "advice",
    summary:
      "A question asks for what the caller has just answered, and nothing has read the first answer. It saves to the same variable, or has the same prompt.",
    wrong:
      "What a service of your own does with the first answer, such as by its webhook, is not known. Once a step reads the answer, asking again can be a correction, and is not reported.",
    bad: yaml`
      steps:
        account:
          gather: { prompt: Please enter your account number., save: account, otherwise: bye }
          next: menu
        menu:
          gather:
            prompt: For your balance, press 1. For your last payment, press 2.
            choices: { 1: balance, 2: payment }
            noMatch: I did not get that.
            otherwise: bye
        balance:
          gather: { prompt: Please enter your account number., save: account, otherwise: bye }
          next: tell
        payment:
          hangup: We have no payment for {{ digits(vars.account) }}. Goodbye.
        tell:
          hangup: The account {{ digits(vars.account) }} is empty. Goodbye.
        bye:
          hangup: Goodbye.
    `,
    good: yaml`
      steps:
        account:
          gather: { prompt: Please enter your account number., save: account, otherwise: bye }
          next: menu
        menu:
          gather:
            prompt: For your balance, press 1. For your last payment, press 2.
            choices: { 1: tell, 2: payment }
            noMatch: I did not get that.
            otherwise: bye
        payment:
          hangup: We have no payment for {{ digits(vars.account) }}. Goodbye.
        tell:
          hangup: The account {{ digits(vars.account) }} is empty. Goodbye.
        bye:
          hangup: Goodbye.
    `,
  },
  check(checked, advise) {
    const asked = askedIn(checked);
    if (asked.size < 2) return;
    for (const [name, known] of knownBefore(checked, asked)) {
      const again = asked.get(name);
      const step = checked.graph.steps.get(name);
      if (!again || !step) continue;
      const first = [...known].find(([from, between]) => isSame(asked.get(from), again, between));
      if (!first) continue;
      const message = `callers have answered this in "${first[0]}", and nothing has read that answer; leave this step out, or read the first answer`;
      advise(kindKey(step), message);
    }
  },
};

/** A question that saves its answer. */
interface Saving {
  variable: string;
  prompt: string;
  isMenu: boolean;
}

function askedIn(checked: Checked): Map<string, Saving> {
  return new Map(
    questionsOf(checked).flatMap(({ step, question }): [string, Saving][] => {
      const variable = step.marks.find(({ mark }) => mark === "variable");
      const kept = variable && variableKept(variable);
      if (kept === undefined) return [];
      const heard = heardByLanguage(checked, [question.prompt]);
      const prompt = heard.map(({ heard: one }) => one.texts.map(({ text }) => text).join(" ")).join("\n");
      return [[step.name, { variable: kept, prompt, isMenu: question.choices.length > 0 }]];
    }),
  );
}

/** Whether two questions ask for the same thing. The more is between them, the more has to be the same. */
function isSame(first: Saving | undefined, again: Saving, between: number): boolean {
  if (!first || first === again) return false;
  const isVariable = first.variable === again.variable;
  const isPrompt = first.prompt === again.prompt && /\p{L}/u.test(again.prompt);
  if (isVariable && isPrompt) return true;
  // Menus can all save their keys to one variable.
  if (isVariable && between < 2) return !first.isMenu && !again.isMenu;
  return isPrompt && between < 1;
}

/**
 * The unread answers of a call, by the steps that asked for them, and what is between: 0 nothing, 1 speech alone, 2 a
 * decision or another question.
 */
type Known = ReadonlyMap<string, number>;

/** The answers that a call has on every way to each step, and that no step has read. */
function knownBefore(checked: Checked, asked: ReadonlyMap<string, Saving>): Map<string, Known> {
  const { graph } = checked;
  const before = new Map<string, Known>();
  const waiting: [string, Known][] = graph.start === undefined ? [] : [[graph.start, new Map()]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [name, arriving] = next;
    const step = graph.steps.get(name);
    const known = before.get(name);
    const now = known ? onBoth(known, arriving) : arriving;
    if (!step || (known && isEqual(known, now))) continue;
    before.set(name, now);
    for (const edge of graph.edges.get(name) ?? []) {
      const target = targetOf(edge);
      if (target !== undefined) waiting.push([target, knownAfter(edge, now, checked, asked)]);
    }
  }
  return before;
}

function onBoth(one: Known, other: Known): Known {
  return new Map(
    [...one].flatMap(([name, between]): [string, number][] => {
      const same = other.get(name);
      return same === undefined ? [] : [[name, Math.max(same, between)]];
    }),
  );
}

function isEqual(one: Known, other: Known): boolean {
  return one.size === other.size && [...one].every(([name, between]) => other.get(name) === between);
}

/** What is known at the end of an exit: an answer, on the exits that a question takes once it is answered. */
function knownAfter(edge: Edge, known: Known, { graph }: Checked, asked: ReadonlyMap<string, Saving>): Known {
  const step = graph.steps.get(edge.from);
  const isDecision = (graph.edges.get(edge.from)?.length ?? 0) > 1;
  const read = step ? readBy(step) : new Set<string>();
  const left = [...known].flatMap(([name, between]): [string, number][] => {
    if (read === EVERYTHING || read.has(asked.get(name)?.variable ?? "")) return [];
    return [[name, isDecision ? 2 : step?.kind.does === "speaks" && between === 0 ? 1 : between]];
  });
  const isAnswered = asked.has(edge.from) && !step?.kind.isUnanswered?.(edge.path);
  return new Map(isAnswered ? [...left, [edge.from, 0]] : left);
}

const EVERYTHING: ReadonlySet<string> = new Set();

/** The variables that a step reads. A flow that it runs, or a side road, can read any. */
function readBy({ marks }: Step): ReadonlySet<string> {
  if (marks.some(({ mark }) => mark === "flow" || mark === "side")) return EVERYTHING;
  const texts = marks.flatMap((mark) => expressionsIn(mark).map(({ text }) => text));
  return new Set(texts.flatMap((text) => text.match(/(?<=vars\.)\w+/g) ?? []));
}
