/** Messages that are recorded before anybody has told the caller to speak. */
import type { Checked } from "../../analysis/checked.ts";
import { targetOf } from "../../analysis/graph.ts";
import { yaml } from "../../language/example.ts";
import { kindKey, valueAt } from "../../model/flow.ts";
import type { Advice } from "./advice.ts";

export const silentRecord: Advice = {
  doc: {
    code: "silent-record",
    severity: "advice",
    summary:
      "A message is recorded, and callers hear nothing before the tone: neither the step's own prompt nor one of the step before it.",
    wrong:
      "What callers heard before they were handed over, such as in the queue that they left, can have told them.",
    bad: yaml`
      steps:
        welcome:
          gather:
            prompt: To leave a message, press 1.
            choices: { 1: message }
            noMatch: I did not get that.
            otherwise: message
        message:
          record: { save: message }
          next: hangup
    `,
    good: yaml`
      steps:
        welcome:
          gather:
            prompt: To leave a message, press 1.
            choices: { 1: message }
            noMatch: I did not get that.
            otherwise: message
        message:
          record: { prompt: Please speak after the tone., save: message }
          next: hangup
    `,
  },
  check(checked, advise) {
    const sources = sourcesOf(checked.graph);
    for (const step of checked.flow.steps) {
      const { messageAfter } = step.kind;
      if (messageAfter === undefined || valueAt(step, messageAfter)) continue;
      if (!checked.graph.main.has(step.name) || !arrivesSilent(checked, step.name, sources)) continue;
      const message = `callers can get here without a word about the tone; add \`${messageAfter}\`, or a step before it that says what to do`;
      advise(kindKey(step), message);
    }
  },
};

/** Whether a call can come to a step from its start or from an answer, with nothing said in between. */
function arrivesSilent({ graph }: Checked, name: string, sources: ReadonlyMap<string, string[]>): boolean {
  const seen = new Set<string>();
  const waiting = [name];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    if (at === graph.start) return true;
    for (const from of sources.get(at) ?? []) {
      const does = graph.steps.get(from)?.kind.does;
      if (does === "asks") return true;
      if (does === "silent") waiting.push(from);
    }
  }
  return false;
}

/** The steps that lead to each step. */
function sourcesOf({ edges, main }: Checked["graph"]): Map<string, string[]> {
  const sources = new Map<string, string[]>();
  for (const edge of [...main].flatMap((name) => edges.get(name) ?? [])) {
    const target = targetOf(edge);
    if (target === undefined) continue;
    const list = sources.get(target);
    if (list) list.push(edge.from);
    else sources.set(target, [edge.from]);
  }
  return sources;
}
