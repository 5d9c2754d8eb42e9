/** Secrets that end up in a recording of the call. */

import type { Checked } from "../../analysis/checked.ts";
import { entersSecret } from "../../analysis/facts.ts";
import { targetOf } from "../../analysis/graph.ts";
import { yaml } from "../../language/example.ts";
import { kindKey, type Step } from "../../model/flow.ts";
import { type Advice, questionsOf } from "./advice.ts";

export const recordedSecret: Advice = {
  doc: {
    code: "recorded-secret",
    severity: "advice",
    summary:
      "A `sensitive` answer is entered while the whole call is recorded. The recording has its tones and words, which the log leaves out.",
    wrong:
      "A recording that a flow running this one has started is not known, and neither is one that is paused through Twilio's API. A recording that only some of the ways to the question start is reported.",
    bad: yaml`
      steps:
        greet:
          say: This call is recorded.
          next: record
        record:
          start: { recording: { name: whole } }
          next: pin
        pin:
          gather: { prompt: Please enter your PIN., save: pin, sensitive: true, otherwise: bye }
          next: bye
        bye:
          hangup: Thank you. Goodbye.
    `,
    good: yaml`
      steps:
        greet:
          say: This call is recorded, except for your PIN.
          next: pin
        pin:
          gather: { prompt: Please enter your PIN., save: pin, sensitive: true, otherwise: bye }
          next: record
        record:
          start: { recording: { name: whole } }
          next: bye
        bye:
          hangup: Thank you. Goodbye.
    `,
  },
  check(checked, advise) {
    if (!checked.flow.steps.some(({ kind, body }) => kind.startsRecording?.(body) !== undefined)) return;
    const recorded = recordedIn(checked);
    for (const { step } of questionsOf(checked)) {
      const by = recorded.get(step.name);
      if (by === undefined || !entersSecret(step, checked.facts.variables)) continue;
      const message = `"${by}" records the call, and so this secret; end the recording before with \`stop\`, or start it after`;
      advise(kindKey(step), message);
    }
  },
};

/** The steps that a call can come to while it is recorded, each with the step that started the recording. */
function recordedIn(checked: Checked): Map<string, string> {
  const recorded = new Map<string, string>();
  for (const step of checked.flow.steps) {
    const name = checked.graph.main.has(step.name) ? step.kind.startsRecording?.(step.body) : undefined;
    if (name === undefined) continue;
    for (const later of recordedFrom(checked, step, name))
      if (!recorded.has(later)) recorded.set(later, step.name);
  }
  return recorded;
}

function recordedFrom({ graph }: Checked, start: Step, recording: string): Set<string> {
  const seen = new Set<string>();
  const waiting = [start.name];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const edge of graph.edges.get(name) ?? []) {
      const target = targetOf(edge);
      const step = target === undefined || seen.has(target) ? undefined : graph.steps.get(target);
      if (target === undefined || !step) continue;
      seen.add(target);
      if (!stops(step, recording)) waiting.push(target);
    }
  }
  return seen;
}

/** Whether a step ends a recording, or may: a name can be computed. */
function stops({ kind, body }: Step, recording: string): boolean {
  const stopped = kind.stopsRecording?.(body);
  return stopped !== undefined && (stopped === recording || `${stopped}${recording}`.includes("{{"));
}
