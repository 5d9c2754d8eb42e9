/** Checks the open files, with the flows that they run. */

import { advise } from "../../flow/advise.ts";
import type { Checked } from "../../flow/analysis/checked.ts";
import { buildRead } from "../../flow/build.ts";
import type { Finding } from "../../flow/catalogue.ts";
import type { Calendars } from "../../flow/language/calendar.ts";
import { audioPathsOf, calendarPathsOf } from "../../flow/pipe/read.ts";
import { checkConstants } from "../../flow/rules/constants.ts";
import { readScenarios } from "../../flow/scenarios/scenarios.ts";
import { folderOf } from "../files.ts";
import type { OpenFile, Project } from "./project.ts";
import type { FileRead } from "./read.ts";

/** What a check gave. */
export interface Check {
  /** The findings of each file, by its path. */
  findings: ReadonlyMap<string, readonly Finding[]>;
  /** The flows, by their paths. */
  flows: ReadonlyMap<string, Checked>;
}

/** Checks every open file. */
export async function checkOpen(project: Project): Promise<Check> {
  await project.loadConfig();
  const folders = Map.groupBy(project.open(), ({ path }) => folderOf(path));
  const checks = await Promise.all([...folders.values()].map((files) => checkFolder(project, files)));
  const found = checks.flatMap(({ findings }) => findings);
  return {
    findings: Map.groupBy(found, ({ file }) => file),
    flows: new Map(checks.flatMap(({ flows }) => flows.map((one) => [one.flow.file, one]))),
  };
}

async function checkFolder(
  project: Project,
  files: readonly OpenFile[],
): Promise<{ findings: Finding[]; flows: Checked[] }> {
  const [first] = files;
  const around = first ? await project.flowsAround(first.path) : new Map<string, string>();
  const read = await withParts(project, wanted(files, around), around);
  const named = calendarPathsOf(read);
  const [audio, calendars, variables] = await Promise.all([
    project.disk.audio(audioPathsOf(read)),
    project.disk.calendars(named).then((calendars) => withOpen(calendars, files)),
    project.disk.variables(),
  ]);
  const today = new Date().toISOString().slice(0, 10);
  const built = buildRead(read, audio, { calendars, today }, project.config);
  const constants = built.flows.flatMap(({ flow }) => checkConstants(flow, variables));
  const tests = files.flatMap(({ kind, path, document }) =>
    kind === "test" ? readScenarios({ path, text: document.getText() }, [...around.keys()]).diagnostics : [],
  );
  return {
    findings: [...built.diagnostics, ...constants, ...tests, ...advise(built.flows, project.config.advice)],
    flows: built.read,
  };
}

/** The flows to check: the open ones; all of them if a calendar is open, which any of them can name. */
function wanted(files: readonly OpenFile[], around: ReadonlyMap<string, string>): string[] {
  if (files.some(({ kind }) => kind === "calendar")) return [...around.values()];
  return files.flatMap(({ kind, path }) => (kind === "flow" ? [path] : []));
}

/** Reads flows, and those that they run, directly or through others. */
async function withParts(
  project: Project,
  paths: readonly string[],
  around: ReadonlyMap<string, string>,
): Promise<FileRead[]> {
  const read = new Map<string, FileRead>();
  const waiting = [...paths];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const one = read.has(path) ? undefined : await project.read(path);
    if (!one) continue;
    read.set(path, one);
    const parts = one.marks.flatMap(
      ({ mark, value }) => (mark === "flow" ? around.get(String(value)) : []) ?? [],
    );
    waiting.push(...parts);
  }
  return [...read.values()];
}

function withOpen({ files, there }: Calendars, open: readonly OpenFile[]): Calendars {
  const texts = open.flatMap(({ kind, path, document }) =>
    kind === "calendar" && files.has(path) ? [[path, { text: document.getText() }] as const] : [],
  );
  return { files: new Map([...files, ...texts]), there };
}
