/** Attributes that have no effect on their own, such as a callback's method without the callback. */

import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";
import type { MapNode, Node, Pair } from "../language/node.ts";
import type { Report } from "../model/flow.ts";
import type { Rule } from "./rule.ts";

/** Each of these attributes needs one of the listed others. */
export const NEEDS: Readonly<Record<string, readonly string[]>> = {
  statusCallbackMethod: ["statusCallback", "statusCallbackUrl"],
  statusCallbackEvent: ["statusCallback"],
  // The `notify` of a record sets these callbacks itself.
  recordingStatusCallbackMethod: ["recordingStatusCallback", "notify"],
  recordingStatusCallbackEvent: ["recordingStatusCallback", "notify"],
  partialResultCallbackMethod: ["partialResultCallback"],
  amdStatusCallback: ["machineDetection"],
  amdStatusCallbackMethod: ["amdStatusCallback"],
  machineDetectionTimeout: ["machineDetection"],
  machineDetectionSpeechThreshold: ["machineDetection"],
  machineDetectionSpeechEndThreshold: ["machineDetection"],
  machineDetectionSilenceTimeout: ["machineDetection"],
  referMethod: ["referUrl"],
  waitMethod: ["waitUrl"],
  waitUrlMethod: ["waitUrl"],
};

const FINDINGS = defineFindings([
  {
    code: "idle-attribute",
    severity: "warning",
    summary:
      "An attribute has no effect: a callback's method without the callback, or an `allow` without a computed `to`.",
    bad: yaml`
      steps:
        connect:
          dial: { to: +14155550100, recordingStatusCallbackEvent: absent, status: { else: hangup } }
          next: hangup
    `,
    good: yaml`
      steps:
        connect:
          dial: { to: +14155550100, recordingStatusCallback: https://example.com/recorded, recordingStatusCallbackEvent: absent, status: { else: hangup } }
          next: hangup
    `,
  },
]);

type Code = CodeOf<typeof FINDINGS>;

export const idle: Rule<Code> = {
  name: "idle",
  findings: FINDINGS,
  check({ flow, report }) {
    // The names of steps and destinations are the author's; the keys below them are TwiML's.
    for (const { value: step } of valuesUnder(flow.root, "steps")) {
      if (step.type === "map") for (const { value } of step.pairs) checkNode(value, report);
    }
    for (const { value } of valuesUnder(flow.root, "destinations")) checkNode(value, report);
  },
};

function valuesUnder(root: MapNode, setting: string): Pair[] {
  const value = root.pairs.find(({ key }) => key.text === setting)?.value;
  return value?.type === "map" ? value.pairs : [];
}

function checkNode(node: Node, report: Report<Code>): void {
  if (node.type === "list") for (const item of node.items) checkNode(item, report);
  if (node.type !== "map") return;
  checkKeys(node, report);
  for (const { value } of node.pairs) checkNode(value, report);
}

function checkKeys({ pairs }: MapNode, report: Report<Code>): void {
  const there = new Set(pairs.map(({ key }) => key.text));
  for (const { key } of pairs) {
    const needs = Object.hasOwn(NEEDS, key.text) ? (NEEDS[key.text] ?? []) : [];
    if (needs.length === 0 || needs.some((name) => there.has(name))) continue;
    const message = `\`${key.text}\` has no effect without \`${needs[0]}\`; add that, or remove this`;
    report({ code: "idle-attribute", severity: "warning", at: key, message });
  }
}
