/** The names that a file can use. */

import { below } from "../../flow/analysis/calendars.ts";
import type { Checked } from "../../flow/analysis/checked.ts";
import { nameFrom } from "../../flow/analysis/file-paths.ts";
import { exitsOf } from "../../flow/analysis/graph.ts";
import { EXIT_WORDS } from "../../flow/language/exit-schema.ts";
import type { Node } from "../../flow/language/node.ts";
import { marksOf } from "../../flow/model/flow.ts";
import type { Interface, Names } from "../complete/names.ts";
import { type FileKind, folderOf } from "../files.ts";
import { keysBelow, pairsBelow, topValue } from "../place/scan.ts";
import type { Project } from "./project.ts";

/** What is in a folder besides the file itself. */
export interface Folder {
  /** The paths of the flows, by name. */
  flows: ReadonlyMap<string, string>;
  interfaces: ReadonlyMap<string, Interface>;
  recordings: readonly string[];
  calendars: readonly string[];
}

/** Looks into the folder around a file. */
export async function lookAround(project: Project, path: string): Promise<Folder> {
  const folder = folderOf(path);
  const [flows, recordings, calendars] = await Promise.all([
    project.flowsAround(path),
    project.disk.recordings(folder),
    project.disk.calendarFiles(folder),
  ]);
  const entries = [...flows].map(async ([name, file]): Promise<[string, Interface]> => {
    const settings = (await project.read(file))?.flow?.settings;
    return [name, { takes: settings?.takes ?? [], gives: settings?.gives ?? [] }];
  });
  return { flows, interfaces: new Map(await Promise.all(entries)), recordings, calendars };
}

/** The names that a file can use: of a test, those of the flow that it tests. */
export async function namesFor(
  project: Project,
  file: { path: string; kind: FileKind; text: string },
  folder: Folder,
  flows: ReadonlyMap<string, Checked>,
): Promise<Names> {
  const tested = file.kind === "test" ? folder.flows.get(topValue(file.text, "flow") ?? "") : undefined;
  const path = tested ?? file.path;
  const text = tested === undefined ? file.text : ((await project.textOf(tested)) ?? "");
  const checked = flows.get(path);
  const kinds = new Map(checked?.flow.steps.map(({ name, kind }) => [name, kind.name]));
  const captured = checked?.facts.variables ?? {};
  const declared = new Map(pairsBelow(text, "variables").map(({ key, value }) => [key.text, typeIn(value)]));
  const detailed = (names: readonly string[], detail: (name: string) => string | undefined) =>
    new Map(names.map((name) => [name, detail(name) ?? ""]));
  return {
    steps: detailed(keysBelow(text, "steps"), (name) => kinds.get(name)),
    wanted: wantedSteps(checked),
    destinations: detailed(keysBelow(text, "destinations"), () => undefined),
    hours: detailed(keysBelow(text, "hours"), () => undefined),
    variables: detailed(
      [...new Set([...keysBelow(text, "variables"), ...Object.keys(captured)])],
      (name) => declared.get(name) ?? captured[name]?.type,
    ),
    flows: folder.interfaces,
    functions: project.config.functions,
    languages: checked?.facts.languages ?? ["en-US"],
    recordings: folder.recordings.map((one) => nameFrom(file.path, one)),
    calendars: folder.calendars.map((one) => nameFrom(file.path, one)),
  };
}

/** The type of a variable's declaration. */
function typeIn(declaration: Node): string | undefined {
  const type = below(declaration, "type");
  return type?.type === "scalar" ? type.text : undefined;
}

/** The steps that a flow's exits name, and that it does not have. */
function wantedSteps(checked: Checked | undefined): string[] {
  const written = [...(checked?.flow.steps ?? []), ...(checked?.flow.broken ?? [])].map(({ name }) => name);
  const named = checked ? exitsOf(marksOf(checked.flow)).map(({ value }) => value) : [];
  const known: ReadonlySet<string> = new Set([...written, ...EXIT_WORDS, ""]);
  return [...new Set(named.filter((to) => typeof to === "string"))].filter((name) => !known.has(name));
}
