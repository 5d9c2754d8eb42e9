/** Silent side roads, which nobody hears and no call waits for: prompts and variables on them are lost. */

import { expressionsIn, readsOf, type Written } from "../analysis/expressions.ts";
import { variableKept } from "../analysis/facts.ts";
import type { Mark } from "../language/mark.ts";
import { HEARD } from "../language/side-roads.ts";
import { type Step, valueAt } from "../model/flow.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { type Code, FINDINGS } from "./silent-roads-findings.ts";

export const silentRoads: Rule<Code> = {
  name: "silent-roads",
  findings: FINDINGS,
  check(context) {
    for (const step of context.flow.steps) checkPrompt(step, context);
    checkLost(context);
    checkPart(context);
  },
};

function checkPrompt(step: Step, { graph, report }: RuleContext<Code>): void {
  const key = step.kind.speaksFirst;
  const at = key === undefined ? undefined : valueAt(step, key);
  if (!at) return;
  if (graph.beside.get("message")?.has(step.name)) {
    const message = `\`${key}\` is spoken, but this step answers a text message; remove it, or write another step for calls`;
    report({ code: "spoken-message", at, message });
  } else if (graph.reached.has(step.name) && !isHeard(step, graph)) {
    const message = `nobody hears \`${key}\` here; remove it`;
    report({ code: "unheard-prompt", severity: "warning", at, message });
  }
}

/** Whether a call reaches a step, or continues with the variables that it set. */
function isHeard({ name }: Step, { main, beside }: RuleContext<Code>["graph"]): boolean {
  return main.has(name) || HEARD.some((road) => beside.get(road)?.has(name));
}

function checkLost({ flow, graph, facts, report }: RuleContext<Code>): void {
  // It is unknown what a broken step sets.
  if (flow.broken.length > 0) return;
  const heard = flow.steps.filter((step) => isHeard(step, graph));
  const others = flow.steps.filter((step) => !isHeard(step, graph) && graph.reached.has(step.name));
  if (others.length === 0) return;
  const seen = new Set([...heard.flatMap(setBy), ...(flow.settings.takes ?? [])]);
  const texted = graph.beside.get("message");
  const readBy = (steps: Step[]): Set<string> =>
    new Set(steps.flatMap(({ marks }) => marks.flatMap(expressionsIn)).flatMap(namesIn));
  const readOnCalls = readBy(heard);
  // A step that answers calls and text messages alike reads what either of them has set.
  const readOnCallsOnly = readBy(heard.filter(({ name }) => !texted?.has(name)));
  for (const step of others) {
    const read = texted?.has(step.name) ? readOnCallsOnly : readOnCalls;
    for (const mark of step.marks) {
      const name = setIn(mark);
      if (name === undefined || seen.has(name) || !read.has(name)) continue;
      if (facts.variables[name]?.keep !== undefined) continue;
      const message = `a call that reads ${name} never sees the value set here; set it on the call's main road, or \`keep\` it for the next call`;
      report({ code: "lost-variable", severity: "warning", at: mark.node, message });
    }
  }

  function namesIn({ text }: Written): string[] {
    if (!text.includes("vars") || !facts.environment.check(text).valid) return [];
    return readsOf(facts.environment.parse(text).ast).flatMap(({ root, field }) =>
      root === "vars" && field !== undefined ? [field] : [],
    );
  }
}

function setBy({ marks }: Step): string[] {
  return marks.flatMap((mark) => setIn(mark) ?? []);
}

/** The variable that a marked value assigns, if any. */
function setIn(mark: Mark): string | undefined {
  return mark.mark === "value" ? mark.path.at(-1) : variableKept(mark);
}

function checkPart({ flow, graph, report }: RuleContext<Code>): void {
  if (graph.isEntry || flow.settings.onMessage === undefined) return;
  const at = flow.root.pairs.find(({ key }) => key.text === "onMessage")?.key ?? flow.root;
  const message =
    "other flows run this one, and text messages go to the flow of the number; write `onMessage` there";
  report({ code: "message-to-part", severity: "warning", at, message });
}
