/** Prompts before an answer: nobody remembers the first choice of a long one. */

import { servedAudio } from "../analysis/played.ts";
import { audioOf } from "../language/example-audio.ts";
import { valueAt } from "../model/flow.ts";
import { speakingTime } from "../twiml/speaking-time.ts";
import type { Rule } from "./rule.ts";

/** A prompt that asks for something is shorter, in seconds. Plum Voice, "IVR best practices". */
const MOST_SECONDS = 20;

const menu = (prompt: string): string =>
  `steps:\n  menu:\n    gather:\n      prompt: ${prompt}\n      choices: { 1: repeat }\n      otherwise: hangup\n`;

export const promptLength: Rule = {
  findings: [
    {
      code: "long-prompt",
      severity: "warning",
      summary:
        "A prompt that asks for something and takes more than 20 seconds. Speech is counted at 150 words a minute, an audio file by its own length.",
      bad: menu("[{ play: audio/welcome.mp3 }, To hear it again press 1.]"),
      good: menu("[{ play: audio/hello.mp3 }, To hear it again press 1.]"),
      audio: audioOf({ "audio/welcome.mp3": { seconds: 25 }, "audio/hello.mp3": {} }),
    },
  ],
  check({ flow, facts, report }) {
    const audio = servedAudio(flow, facts.audio);
    for (const step of flow.steps) {
      const at = step.kind.does === "asks" ? valueAt(step, "prompt") : undefined;
      const seconds = at ? speakingTime(at, (file) => audio.get(file)?.seconds) : 0;
      if (!at || seconds <= MOST_SECONDS) continue;
      const message = `this takes about ${Math.round(seconds)} s, and callers listen for ${MOST_SECONDS}; shorten it, or say some of it in a step before`;
      report({ code: "long-prompt", severity: "warning", at, message });
    }
  },
};
