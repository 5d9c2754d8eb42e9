/** Prompts before an answer: callers forget the first choices of a long one. */

import { servedAudio } from "../analysis/played.ts";
import { type CodeOf, defineFindings } from "../language/diagnostic.ts";
import { yaml } from "../language/example.ts";
import { audioOf } from "../language/example-audio.ts";
import { valueAt } from "../model/flow.ts";
import { speakingTime } from "../twiml/speaking-time.ts";
import type { Rule } from "./rule.ts";

/** The longest prompt that asks for something, in seconds. Plum Voice, "IVR best practices". */
const MOST_SECONDS = 20;

const FINDINGS = defineFindings([
  {
    code: "long-prompt",
    severity: "warning",
    summary:
      "A prompt that asks for something takes more than 20 seconds. Speech counts at 150 words a minute, or the rate of its language and script, and an audio file at its own length.",
    bad: yaml`
      steps:
        menu:
          gather:
            prompt: [{ play: audio/welcome.mp3 }, To hear it again press 1.]
            choices: { 1: repeat }
            otherwise: hangup
    `,
    good: yaml`
      steps:
        menu:
          gather:
            prompt: [{ play: audio/hello.mp3 }, To hear it again press 1.]
            choices: { 1: repeat }
            otherwise: hangup
    `,
    audio: audioOf({ "audio/welcome.mp3": { seconds: 25 }, "audio/hello.mp3": {} }),
  },
]);

type Code = CodeOf<typeof FINDINGS>;

export const promptLength: Rule<Code> = {
  name: "prompt-length",
  findings: FINDINGS,
  check({ flow, facts, report }) {
    const audio = servedAudio(flow, facts.audio);
    for (const step of flow.steps) {
      const at = step.kind.asksBy === undefined ? undefined : valueAt(step, step.kind.asksBy);
      const seconds = at ? speakingTime(at, (file) => audio.get(file)?.seconds, facts.language) : 0;
      if (!at || seconds <= MOST_SECONDS) continue;
      const message = `this takes about ${Math.round(seconds)} s, and callers listen for about ${MOST_SECONDS}; shorten it, or say part of it in an earlier step`;
      report({ code: "long-prompt", severity: "warning", at, message });
    }
  },
};
