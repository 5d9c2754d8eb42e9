/** A piece of advice: a rule about callers. What it reports works as written, but callers struggle with it. */

import type { Checked } from "../../analysis/checked.ts";
import { type Heard, heardIn, together } from "../../analysis/heard.ts";
import type { FindingDoc } from "../../language/diagnostic.ts";
import type { Node, Span } from "../../language/node.ts";
import type { AdviceCode } from "../../model/advice.ts";
import type { OfferedChoice, Question, Step } from "../../model/flow.ts";

/** The documentation of a piece of advice, which says how it can be wrong. The declarations of the catalogue name it. */
export interface AdviceDoc extends FindingDoc<AdviceCode> {
  severity: "advice";
  bad: string;
  wrong: string;
}

/** Reports the advice at a place of the flow. */
type Advise = (at: { span: Span }, message: string, hint?: string) => void;

/** A rule that gives one piece of advice. */
export interface Advice {
  doc: AdviceDoc;
  /** @param limit the threshold, of advice that has one */
  check: (checked: Checked, advise: Advise, limit: number) => void;
}

/** A step that asks, and what it asks. */
export interface Asked {
  step: Step;
  question: Question;
}

const collected = new WeakMap<Checked, readonly Asked[]>();

/** The questions of a flow that a call can reach. Collected once. */
export function questionsOf(checked: Checked): readonly Asked[] {
  const { flow, graph } = checked;
  const known = collected.get(checked);
  if (known) return known;
  const asked = flow.steps.flatMap((step) => {
    const question = graph.reached.has(step.name) ? step.kind.question?.(step) : undefined;
    return question ? [{ step, question }] : [];
  });
  collected.set(checked, asked);
  return asked;
}

/** The questions of a flow that offer choices. */
export function menusOf(checked: Checked): Asked[] {
  return questionsOf(checked).filter(({ question }) => question.choices.length > 0);
}

/** What is heard of some prompts in each language of the flow. */
export function heardByLanguage(
  { facts }: Checked,
  prompts: readonly (Node | undefined)[],
): { language: string; heard: Heard }[] {
  return facts.languages.map((language) => ({
    language,
    heard: together(prompts.map((prompt) => heardIn(prompt, language, facts.language))),
  }));
}

/** The message's "in es-US", of a flow with several languages. */
export function inLanguage({ facts }: Checked, language: string): string {
  return facts.languages.length > 1 ? ` in ${language}` : "";
}

/** The choices that callers have to tell apart: one for each step that they lead to. */
export function optionsOf(choices: readonly OfferedChoice[]): OfferedChoice[] {
  const seen = new Set<string>(["repeat", "back"]);
  return choices.filter(({ next }) => {
    const to = typeof next === "string" ? next : `retry ${next.retry}`;
    return !seen.has(to) && seen.add(to);
  });
}
