/** Audio files: each file that a flow plays exists and has a format that Twilio plays. */

import { nameFrom } from "../analysis/file-paths.ts";
import { type PlayedFile, playedFiles } from "../analysis/played.ts";
import { AUDIO_TYPES, type AudioFile, endingOf, MOST_BYTES } from "../language/audio.ts";
import { nearest } from "../language/diagnostic.ts";
import { type Code, FINDINGS } from "./audio-findings.ts";
import type { Rule, RuleContext } from "./rule.ts";

const WELCOME = "audio/welcome.mp3";

/** Twilio may drop a call that plays a longer file. TwiML Play: 40 minutes, in seconds. */
const MOST_SECONDS = 40 * 60;

export const audio: Rule<Code> = {
  name: "audio",
  findings: FINDINGS,
  check(context) {
    for (const played of playedFiles(context.flow)) {
      const problem = problemOf(played, context);
      if (problem) context.report({ ...problem, at: played.mark.node });
    }
  },
};

interface Problem {
  code: Code;
  severity?: "warning";
  message: string;
}

function problemOf({ written, path }: PlayedFile, { flow, facts }: RuleContext<Code>): Problem | undefined {
  const type = AUDIO_TYPES[endingOf(written)];
  if (path === undefined) {
    const message = `"${written}" is outside the flows folder; write a path relative to this flow's folder, such as ${WELCOME}`;
    return { code: "audio-path", message };
  }
  if (!type) {
    const message = `Twilio plays ${FORMATS} files, and "${written}" has another extension; convert it, or write a URL that begins with https://`;
    return { code: "twilio-13420", message };
  }
  const file = facts.audio.files.get(path);
  if (!file) return { code: "missing-audio", message: missing(path, flow.file, facts.audio.there) };
  return sizeProblem(written, file) ?? contentProblem(written, type.format, file);
}

const FORMATS = [...new Set(Object.values(AUDIO_TYPES).map(({ format }) => format))].join(", ");

function missing(path: string, flowFile: string, there: readonly string[]): string {
  // Either the name or the folder is wrong. If two files have the same name, prefer the one in the named folder.
  const inFolder = there.filter((one) => folderOf(one) === folderOf(path));
  const candidates = new Map([...there, ...inFolder].map((one) => [nameOf(one), one]));
  const near = candidates.get(nearest(nameOf(path), candidates.keys()) ?? "");
  if (near) return `the file ${path} does not exist; did you mean ${nameFrom(flowFile, near)}?`;
  return `the file ${path} does not exist; add it, or write a URL that begins with https://`;
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
    const message = `${name} has ${mebibytes} MiB, and Cloudflare serves at most 25; convert it to mp3, or shorten it`;
    return { code: "large-audio", message };
  }
  if (seconds <= MOST_SECONDS) return undefined;
  const message = `${name} lasts ${Math.round(seconds / 60)} minutes, and Twilio may drop a call after 40; repeat a shorter file`;
  return { code: "long-audio", severity: "warning", message };
}

function contentProblem(name: string, wanted: string, { format, seconds }: AudioFile): Problem | undefined {
  if (format !== "" && format !== wanted) {
    const message = `${name} contains ${format} audio, but its extension says ${wanted}; rename it, or convert it`;
    return { code: "bad-audio", message };
  }
  if (seconds > 0) return undefined;
  return { code: "bad-audio", message: `${name} is not a readable ${wanted} file; convert it again` };
}
