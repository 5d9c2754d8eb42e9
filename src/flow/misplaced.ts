/** Keys at the wrong depth: the finding that nobody knows one there says where it belongs. */
import type { Diagnostic } from "./findings/diagnostic.ts";
import type { StepKind } from "./steps/kind.ts";
import { kindNamed } from "./steps/registry.ts";
import type { MapNode, Node, Pair, ScalarNode } from "./yaml/node.ts";

/** Keys of a step that are no kind. */
export const STEP_KEYS = ["next"];

/** A finding below a step's kind: a key of the step's, or of the kind's own, may have been indented too deep. */
export function placedInStep(finding: Diagnostic, kind: StepKind, body: Node): Diagnostic {
  const key = keyOf(finding, body);
  if (!key) return finding;
  if (STEP_KEYS.includes(key.text)) {
    return withAdvice(finding, `it stands beside \`${kind.name}\`: indent it as that is`);
  }
  const isOwn = body.type !== "map" || body.pairs.some((pair) => pair.key === key);
  if (isOwn || !Object.hasOwn(kind.keys, key.text)) return finding;
  return withAdvice(finding, `it belongs to \`${kind.name}\`: indent it less`);
}

/** A finding among a flow's settings: a step, or a key of one, may have been indented too little. */
export function placedInFlow(finding: Diagnostic, root: MapNode): Diagnostic {
  const pair = root.pairs.find(({ key }) => key === keyOf(finding, root));
  if (!pair) return finding;
  const { key, value } = pair;
  if (STEP_KEYS.includes(key.text) || kindNamed(key.text)) {
    return withAdvice(finding, "it belongs to a step: indent it below the step's name");
  }
  const isStep = value.type === "map" && value.pairs.some((one) => kindNamed(one.key.text));
  return isStep ? withAdvice(finding, "a step stands below `steps`: indent it") : finding;
}

function withAdvice(finding: Diagnostic, advice: string): Diagnostic {
  const [problem] = finding.message.split("; ");
  return { ...finding, message: `${problem}; ${advice}` };
}

/** The key that a finding is about, where it tells of a key that nobody knows and knows no better one. */
function keyOf({ code, message, span }: Diagnostic, node: Node): ScalarNode | undefined {
  const isUnknown = code === "wrong-name" || (code === "unknown-key" && / has no key .*; it /.test(message));
  if (!isUnknown) return undefined;
  return pairsIn(node).find(({ key }) => key.span.start === span.start && key.span.end === span.end)?.key;
}

function pairsIn(node: Node): Pair[] {
  if (node.type === "scalar") return [];
  if (node.type === "list") return node.items.flatMap(pairsIn);
  return node.pairs.flatMap((pair) => [pair, ...pairsIn(pair.value)]);
}
