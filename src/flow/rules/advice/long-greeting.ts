/** What callers have to hear before they can do anything. */
import type { Checked } from "../../analysis/checked.ts";
import { targetOf } from "../../analysis/graph.ts";
import { servedAudio } from "../../analysis/played.ts";
import { yaml } from "../../language/example.ts";
import type { Mark } from "../../language/mark.ts";
import { kindKey, type Step, valueAt } from "../../model/flow.ts";
import { playingTime, speakingTime } from "../../twiml/speaking-time.ts";
import type { Advice } from "./advice.ts";

export const longGreeting: Advice = {
  doc: {
    code: "long-greeting",
    severity: "advice",
    summary:
      "Callers hear a long text before the first question, and cannot interrupt it. A prompt of the question itself can be interrupted by a key.",
    wrong: "A text that the law requires, or that most callers call for, is worth its time.",
    bad: yaml`
      steps:
        welcome:
          say: >
            Thank you for calling Acme, the house of fine tools since 1911. We make hammers, saws and drills for people who
            love their craft, and we are glad that you call us today.
          next: menu
        menu:
          gather:
            prompt: For our shop, press 1.
            choices: { 1: message }
            noMatch: I did not get that.
            otherwise: message
        message:
          record: { prompt: Please leave a message after the tone., save: message }
          next: hangup
    `,
    good: yaml`
      steps:
        welcome:
          say: Thank you for calling Acme.
          next: menu
        menu:
          gather:
            prompt: For our shop, press 1.
            choices: { 1: message }
            noMatch: I did not get that.
            otherwise: message
        message:
          record: { prompt: Please leave a message after the tone., save: message }
          next: hangup
    `,
  },
  check(checked, advise, limit) {
    const { flow, facts, graph } = checked;
    if (!graph.isEntry) return;
    const audio = servedAudio(flow, facts.audio);
    const lengthOf = (file: string) => audio.get(file)?.seconds;
    const secondsOf = ({ node }: Mark) => speakingTime(node, lengthOf, facts.language);
    let seconds = 0;
    for (const step of beforeQuestion(checked)) {
      for (const mark of step.marks) if (mark.mark === "prompt") seconds += secondsOf(mark);
      if (step.kind.plays) seconds += playingTime(valueAt(step, "url") ?? step.bodyNode, lengthOf);
      if (seconds <= limit) continue;
      const message = `callers have heard about ${Math.round(seconds)} s by the end of this step and could not interrupt it; keep it below ${limit} s, or say it in the prompt of the question`;
      advise(kindKey(step), message);
      return;
    }
  },
};

/** The steps that speak one after another from the start to the first question; none if there is no question. */
function beforeQuestion({ graph }: Checked): Step[] {
  const speaking: Step[] = [];
  const seen = new Set<string>();
  for (let name = graph.start; name !== undefined && !seen.has(name); ) {
    const step: Step | undefined = graph.steps.get(name);
    if (!step) return [];
    seen.add(name);
    if (step.kind.question) return speaking;
    if (step.kind.does !== "speaks") return [];
    speaking.push(step);
    const [next, ...others] = graph.edges.get(name) ?? [];
    name = next && others.length === 0 ? targetOf(next) : undefined;
  }
  return [];
}
