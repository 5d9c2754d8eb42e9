/**
 * Where flows play audio files: how a flow names them, and where the Worker serves them. The caller of the
 * pipe reads the files: nothing here touches a disk.
 */
import { type Audio, type AudioFile, endingOf, type ServedAudio } from "../language/audio.ts";
import type { Mark } from "../language/mark.ts";
import { type Flow, marksOf } from "../model/flow.ts";

/** A place where a flow plays a file. */
export interface PlayedFile {
  /** As the flow names it: `audio/welcome.mp3`. */
  written: string;
  /** Where that is: `flows/audio/welcome.mp3`. Undefined if it is not inside the folder of the flows. */
  path: string | undefined;
  mark: Mark;
}

/** The files that a flow plays, wherever they stand. */
export function playedFiles(flow: Flow): PlayedFile[] {
  return marksOf(flow).flatMap((mark) => {
    const { value, schema } = mark;
    if (schema["x-file"] !== true || typeof value !== "string" || !isFile(value)) return [];
    return [{ written: value, path: audioPath(flow.file, value), mark }];
  });
}

/** Whether a `play` value is a file: not a URL, and not computed. */
function isFile(text: string): boolean {
  return text.trim() !== "" && !text.includes("{{") && !hasScheme(text);
}

/** Whether a text begins as an address does. */
export function hasScheme(text: string): boolean {
  return /^[a-z][a-z\d+.-]*:/i.test(text);
}

/** The path of a file that a flow names beside itself. Undefined where it leads out of the folder of flows. */
function audioPath(flowFile: string, written: string): string | undefined {
  if (/^\/|\\/.test(written)) return undefined;
  const root = rootOf(flowFile);
  const path = slashed(flowFile).split("/").slice(root.length, -1);
  for (const part of written.split("/")) {
    if (part === "..") {
      if (path.pop() === undefined) return undefined;
    } else if (part !== "." && part !== "") path.push(part);
  }
  return [...root, ...path].join("/");
}

/** What a flow has to write for a file among the flows. */
export function nameFrom(flowFile: string, path: string): string {
  const from = slashed(flowFile).split("/").slice(0, -1);
  const to = path.split("/");
  const common = from.findIndex((folder, index) => folder !== to[index]);
  const shared = common < 0 ? from.length : common;
  return [...from.slice(shared).map(() => ".."), ...to.slice(shared)].join("/");
}

/** The folders above everything that a flow may play: down to `flows`; the flow's own where it is in none of that name. */
function rootOf(file: string): string[] {
  const folders = slashed(file).split("/").slice(0, -1);
  const flows = folders.lastIndexOf("flows");
  return flows < 0 ? folders : folders.slice(0, flows + 1);
}

function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}

/** The files of a flow that are there, by the names that the flow gives them. */
export function servedAudio(flow: Flow, { files }: Audio): Map<string, ServedAudio> {
  const served = new Map<string, ServedAudio>();
  for (const { written, path } of playedFiles(flow)) {
    const file = path === undefined ? undefined : files.get(path);
    if (path === undefined || !file) continue;
    served.set(written, { path, url: urlOf(path, flow, file), seconds: file.seconds });
  }
  return served;
}

// The content is a part of the name: what is cached under it is never another recording.
function urlOf(path: string, { file }: Flow, { hash }: AudioFile): string {
  const [first, ...rest] = path.split("/").slice(rootOf(file).length);
  const below = [...(first === "audio" ? [] : [first]), ...rest].join("/");
  const ending = endingOf(path);
  const stem = below.slice(0, -ending.length - 1).replace(/[^A-Za-z0-9/_-]/g, "-");
  return `/audio/${stem}.${hash.slice(0, 8)}.${ending}`;
}
