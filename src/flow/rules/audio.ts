/** Audio files beside the flows: each that is played is there, and is something that Twilio plays. */

import { nameFrom, type PlayedFile, playedFiles } from "../analysis/played.ts";
import { AUDIO_TYPES, type AudioFile, endingOf, MOST_BYTES } from "../language/audio.ts";
import { nearest } from "../language/diagnostic.ts";
import { audioOf } from "../language/example-audio.ts";
import type { Rule, RuleContext } from "./rule.ts";

const play = (file: string): string => `steps:\n  greet:\n    play: ${file}\n    next: hangup\n`;
const WELCOME = "audio/welcome.mp3";
const HOLD = "audio/hold.mp3";

/** Twilio may drop a call that plays a longer file. TwiML Play: 40 minutes, in seconds. */
const MOST_SECONDS = 40 * 60;

export const audio: Rule = {
  findings: [
    {
      code: "missing-audio",
      severity: "error",
      summary: "An audio file that is not there.",
      bad: play("audio/welcom.mp3"),
      good: play(WELCOME),
      audio: audioOf({ [WELCOME]: {} }),
    },
    {
      code: "audio-path",
      severity: "error",
      summary:
        "An audio file that is not among the flows: it is named from the flow's own folder on, and stands in `flows/` or a folder in it.",
      bad: play(`/${WELCOME}`),
      good: play(WELCOME),
      audio: audioOf({ [WELCOME]: {} }),
    },
    {
      code: "twilio-13420",
      severity: "error",
      summary: "An audio file of a kind that Twilio does not play: it takes mp3, wav, aiff, gsm and ulaw.",
      bad: play("audio/welcome.ogg"),
      good: play(WELCOME),
      audio: audioOf({ [WELCOME]: {}, "audio/welcome.ogg": { format: "Ogg" } }),
    },
    {
      code: "bad-audio",
      severity: "error",
      summary:
        "An audio file that is empty, that nothing can be heard of, or that is something else than its name says.",
      bad: play(HOLD),
      good: play(WELCOME),
      audio: audioOf({ [WELCOME]: {}, [HOLD]: { format: "wav" } }),
    },
    {
      code: "large-audio",
      severity: "error",
      summary: "An audio file of more than 25 MiB: Cloudflare serves no larger one.",
      bad: play(HOLD),
      good: play(WELCOME),
      audio: audioOf({ [WELCOME]: {}, [HOLD]: { size: MOST_BYTES + 1, format: "", seconds: 0 } }),
    },
    {
      code: "long-audio",
      severity: "warning",
      summary: "An audio file of more than 40 minutes: Twilio may drop a call that plays it.",
      bad: play(HOLD),
      good: play(WELCOME),
      audio: audioOf({ [WELCOME]: {}, [HOLD]: { seconds: 3000 } }),
    },
  ],
  check(context) {
    for (const played of playedFiles(context.flow)) {
      const problem = problemOf(played, context);
      if (problem) context.report({ ...problem, at: played.mark.node });
    }
  },
};

interface Problem {
  code: string;
  severity?: "warning";
  message: string;
}

function problemOf({ written, path }: PlayedFile, { flow, facts }: RuleContext): Problem | undefined {
  const type = AUDIO_TYPES[endingOf(written)];
  if (path === undefined) {
    const message = `"${written}" is no file among the flows; name one from this flow's folder on, as in ${WELCOME}`;
    return { code: "audio-path", message };
  }
  if (!type) {
    const message = `Twilio plays ${FORMATS} files, and "${written}" is none by its name; convert it, or write an address that begins with https://`;
    return { code: "twilio-13420", message };
  }
  const file = facts.audio.files.get(path);
  if (!file) return { code: "missing-audio", message: missing(path, flow.file, facts.audio.there) };
  return sizeProblem(written, file) ?? contentProblem(written, type.format, file);
}

const FORMATS = [...new Set(Object.values(AUDIO_TYPES).map(({ format }) => format))].join(", ");

function missing(path: string, flowFile: string, there: readonly string[]): string {
  // Mistaken is the name, or the folder: of two files with one name, the one in the folder that is named.
  const inFolder = there.filter((one) => folderOf(one) === folderOf(path));
  const candidates = new Map([...there, ...inFolder].map((one) => [nameOf(one), one]));
  const near = candidates.get(nearest(nameOf(path), candidates.keys()) ?? "");
  if (near) return `there is no file ${path}; did you mean ${nameFrom(flowFile, near)}?`;
  return `there is no file ${path}; put it there, or write an address that begins with https://`;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

function sizeProblem(name: string, { size, seconds }: AudioFile): Problem | undefined {
  if (size === 0) return { code: "bad-audio", message: `${name} is empty; record it again` };
  if (size > MOST_BYTES) {
    const mebibytes = (size / 1024 / 1024).toFixed(1);
    const message = `${name} has ${mebibytes} MiB, and Cloudflare serves 25 at most; make an mp3 of it, or a shorter one`;
    return { code: "large-audio", message };
  }
  if (seconds <= MOST_SECONDS) return undefined;
  const message = `${name} takes ${Math.round(seconds / 60)} minutes, and Twilio may drop a call after 40; play a shorter one, more than once`;
  return { code: "long-audio", severity: "warning", message };
}

function contentProblem(name: string, wanted: string, { format, seconds }: AudioFile): Problem | undefined {
  if (format !== "" && format !== wanted) {
    const message = `${name} is ${format} by its content, and ${wanted} by its name; rename it, or convert it`;
    return { code: "bad-audio", message };
  }
  if (seconds > 0) return undefined;
  return { code: "bad-audio", message: `${name} is no ${wanted} that can be read; convert it again` };
}
