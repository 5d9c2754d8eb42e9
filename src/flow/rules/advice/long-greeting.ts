/** What callers have to hear before they can do anything. */
import type { Checked } from "../../analysis/checked.ts";
import { targetOf } from "../../analysis/graph.ts";
import { heardAt } from "../../analysis/heard.ts";
import { servedAudio } from "../../analysis/played.ts";
import { yaml } from "../../language/example.ts";
import type { Mark } from "../../language/mark.ts";
import { kindKey, type Step, valueAt } from "../../model/flow.ts";
import { playingTime, speakingTime } from "../../twiml/speaking-time.ts";
import { type Advice, questionsOf } from "./advice.ts";
import { SAYS_SO } from "./recording-words.ts";

export const longGreeting: Advice = {
  doc: {
    code: "long-greeting",
    severity: "advice",
    summary:
      "Callers hear a long text before the first question, and cannot interrupt it. A prompt of the question itself can be interrupted by a key.",
    wrong:
      "A text that the law requires, or that most callers call for, is worth its time. The announcement that the call is recorded gets five seconds more.",
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
    let allowed = limit;
    for (const step of beforeQuestion(checked)) {
      for (const mark of step.marks) if (mark.mark === "prompt") seconds += secondsOf(mark);
      if (step.kind.plays) seconds += playingTime(valueAt(step, "url") ?? step.bodyNode, lengthOf);
      if (announcesRecording(checked, step)) allowed = limit + ANNOUNCEMENT;
      if (seconds <= allowed) continue;
      const message = `callers have heard about ${Math.round(seconds)} s by the end of this step and could not interrupt it; keep it below ${allowed} s, or say it in the prompt of the question`;
      advise(kindKey(step), message);
      return;
    }
  },
};

/** Seconds that the law takes, to say that the call is recorded. */
const ANNOUNCEMENT = 5;

function announcesRecording({ facts }: Checked, step: Step): boolean {
  return heardAt(step, facts.language, facts.language).texts.some(({ text }) => SAYS_SO.test(text));
}

/** The steps that speak one after another from the start to the first question or decision; none without a question after them. */
function beforeQuestion(checked: Checked): Step[] {
  const { graph } = checked;
  const speaking: Step[] = [];
  const seen = new Set<string>();
  for (let name = graph.start; name !== undefined && !seen.has(name); ) {
    const step: Step | undefined = graph.steps.get(name);
    if (!step) return [];
    seen.add(name);
    if (step.kind.question) return speaking;
    const [next, ...others] = graph.edges.get(name) ?? [];
    if (step.kind.does === "asks") return [];
    if (step.kind.does === "speaks") speaking.push(step);
    // What is decided comes before a question, if the flow has one.
    if (others.length > 0) return questionsOf(checked).length > 0 ? speaking : [];
    name = next && targetOf(next);
  }
  return [];
}
