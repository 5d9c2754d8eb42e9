/** Texts that mean something in another place or another tool: tags of Liquid and HTML, and names of exits. */

import { EXIT_WORDS } from "../language/exit-schema.ts";
import type { Mark, MarkName } from "../language/mark.ts";
import type { ScalarNode } from "../language/node.ts";
import { liquidTag } from "../language/studio-names.ts";
import { maskHoles } from "../language/text.ts";
import { marksOf } from "../model/flow.ts";
import { literalTag } from "../twiml/ssml.ts";
import { locate } from "../yaml/locate.ts";
import { type Code, FINDINGS } from "./misread-findings.ts";
import type { Rule, RuleContext } from "./rule.ts";

export const misread: Rule<Code> = {
  name: "misread",
  findings: FINDINGS,
  check(context) {
    for (const { mark, node, schema } of marksOf(context.flow)) {
      if (node.type !== "scalar" || !HOLDS_TEXT.has(mark)) continue;
      checkLiquid(node, context);
      if (mark !== "spoken") continue;
      checkTag(node, context);
      if (schema["x-text"] === "sentences") checkExit(node, context);
    }
  },
};

/** The marks of values that can be texts. */
const HOLDS_TEXT: ReadonlySet<MarkName> = new Set<Mark["mark"]>([
  "spoken",
  "text",
  "url",
  "value",
  "json",
  "argument",
]);

interface Place {
  node: ScalarNode;
  at: number;
  length: number;
}

function warn(
  code: Code,
  { node, at, length }: Place,
  message: string,
  { flow, report }: RuleContext<Code>,
): void {
  const start = locate(node, at, flow.text);
  report({ code, severity: "warning", message, at: { span: { start, end: start + length } } });
}

function checkLiquid(node: ScalarNode, context: RuleContext<Code>): void {
  const tag = node.text.includes("{%") ? /\{%.*?(?:%\}|$)/s.exec(maskHoles(node.text)) : undefined;
  if (!tag) return;
  const advice = liquidTag(tag[0]) ?? "steps, and `{{ }}` for values";
  const message = `this is a tag of Liquid, which flows do not have; use ${advice}`;
  warn("liquid-tag", { node, at: tag.index, length: tag[0].length }, message, context);
}

function checkTag(node: ScalarNode, context: RuleContext<Code>): void {
  const tag = node.text.includes("<") ? literalTag(maskHoles(node.text)) : undefined;
  if (tag) warn("spoken-tag", { node, ...tag }, tag.message, context);
}

/** A prompt that is the name of an exit was meant for one. */
function checkExit(node: ScalarNode, context: RuleContext<Code>): void {
  const { text } = node;
  const isStep = context.graph.steps.has(text);
  if (!isStep && !EXIT_WORDS.some((word) => word === text)) return;
  const message = `"${text}" is ${isStep ? "a step" : "an exit"}, but here it is a prompt, which callers would hear; write a sentence`;
  warn("spoken-exit", { node, at: 0, length: text.length }, message, context);
}
