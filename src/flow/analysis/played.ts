/**
 * The audio files that flows play: their names in flows, and the URLs at which the Worker serves them. The caller of
 * `build` reads the files: nothing here touches a disk.
 */
import { type Audio, type AudioFile, endingOf, type ServedAudio } from "../language/audio.ts";
import type { Mark } from "../language/mark.ts";
import { type Flow, marksOf } from "../model/flow.ts";
import { pathFrom, rootOf } from "./file-paths.ts";

/** A place where a flow plays a file. */
export interface PlayedFile {
  /** As the flow names it: `audio/welcome.mp3`. */
  written: string;
  /** Its path: `flows/audio/welcome.mp3`. Undefined outside the folder of flows. */
  path: string | undefined;
  mark: Mark;
}

/** The files that a flow plays. */
export function playedFiles(flow: Flow): PlayedFile[] {
  return marksOf(flow).flatMap((mark) => {
    const { value, schema } = mark;
    if (schema["x-file"] !== true || typeof value !== "string" || !isFile(value)) return [];
    return [{ written: value, path: pathFrom(flow.file, value), mark }];
  });
}

/** Whether the value of `play` is a file: not a URL, and not computed. */
function isFile(text: string): boolean {
  return text.trim() !== "" && !text.includes("{{") && !hasScheme(text);
}

/** Whether a text begins with a URL scheme. */
export function hasScheme(text: string): boolean {
  return /^[a-z][a-z\d+.-]*:/i.test(text);
}

/** The existing files of a flow, by their names in the flow. */
export function servedAudio(flow: Flow, { files }: Audio): Map<string, ServedAudio> {
  const served = new Map<string, ServedAudio>();
  for (const { written, path } of playedFiles(flow)) {
    const file = path === undefined ? undefined : files.get(path);
    if (path === undefined || !file) continue;
    served.set(written, { path, url: urlOf(path, flow, file), seconds: file.seconds });
  }
  return served;
}

// The name contains a hash of the content, so a cache never serves another recording.
function urlOf(path: string, { file }: Flow, { hash }: AudioFile): string {
  const [first, ...rest] = path.split("/").slice(rootOf(file).length);
  const below = [...(first === "audio" ? [] : [first]), ...rest].join("/");
  const ending = endingOf(path);
  const stem = below.slice(0, -ending.length - 1).replace(/[^A-Za-z0-9/_-]/g, "-");
  return `/audio/${stem}.${hash.slice(0, 8)}.${ending}`;
}
