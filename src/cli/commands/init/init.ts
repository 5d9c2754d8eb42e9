/** `ringflow init`: makes a project of a folder. */

import { mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, dirname, relative } from "node:path";
import { asName } from "../../../flow/language/name.ts";
import { flowName } from "../../../flow/shape/validate.ts";
import { type Asking, agreed } from "../../account/agree.ts";
import { RINGFLOW } from "../../installation.ts";
import { FLOWS, flowFiles } from "../../project/files.ts";
import { readPackage } from "../../project/package-json.ts";
import { type ProjectFile, projectFiles } from "../../templates/project-files.ts";
import { type NewFlow, readTemplates, renamed, type Template } from "../../templates/template.ts";
import { findTemplate, linesToAdapt, writeFlows } from "../new.ts";
import { linesToAdd, nextSteps, whereWorkflowGoes } from "./advice.ts";

/** Options of `ringflow init`. */
interface InitOptions extends Asking {
  /** The template of the first flow; `menu` in a folder without flows if omitted. */
  from?: string;
  /** What was written and what to do next is printed here. */
  out: NodeJS.WritableStream;
}

/**
 * Writes what a project needs and does not have, and overwrites nothing.
 * @param folder created if it does not exist
 * @returns the exit code: 1 if the person who was asked said no
 * @throws Problem if the template is unknown, or its flow exists already
 */
export async function init(folder: string, { from, out, ...asking }: InitOptions): Promise<number> {
  const templates = await readTemplates();
  const wanted = from === undefined ? undefined : findTemplate(templates, from);
  const home = process.cwd();
  await mkdir(folder, { recursive: true });
  // What a project has is found from its folder.
  process.chdir(folder);
  const here = process.cwd();
  const isEmpty = (await readdir(".")).every((name) => name === ".git");
  if (!isEmpty && !(await agreed(`${here} is not empty. Add the files of a Ringflow project?`, asking)))
    return 1;
  const existing = await flowsHere();
  const template = wanted ?? (existing.length > 0 ? undefined : findTemplate(templates, "menu"));
  const { flows, paths } = await writeTemplate(template);
  const flow = flows[0]?.name ?? existing[0] ?? "";
  const hasScripts = (await readPackage()) === undefined;
  const files = await projectFiles({
    project: projectName(),
    flow,
    version: RINGFLOW.version,
    hasScripts,
  });
  const kept = await writeMissing(files);
  const isKept = ({ path }: ProjectFile): boolean => kept.includes(path);
  const written = [...files.filter((file) => !isKept(file)).map(({ path }) => path), ...paths];
  const lines = [
    ...(written.length > 0 ? ["Wrote:", ...written.map((path) => `  ${path}`)] : []),
    ...(kept.length > 0
      ? ["", "Already here, and left as they are:", ...kept.map((path) => `  ${path}`)]
      : []),
    ...(await linesToAdd(files.filter(isKept))),
    ...whereWorkflowGoes(written, here),
    ...(flows.length > 0 ? ["", ...linesToAdapt(flows)] : []),
    "",
    ...(await nextSteps(relative(home, here))),
  ];
  out.write(`${lines.join("\n")}\n`);
  return 0;
}

async function flowsHere(): Promise<string[]> {
  await mkdir(FLOWS, { recursive: true });
  return (await flowFiles([FLOWS])).map(flowName);
}

async function writeTemplate(template: Template | undefined): Promise<{ flows: NewFlow[]; paths: string[] }> {
  if (!template) return { flows: [], paths: [] };
  const flows = await renamed(template, template.name, true);
  return { flows, paths: await writeFlows(template, flows) };
}

// A package cannot depend on one of its own name.
function projectName(): string {
  const name = asName(basename(process.cwd())) ?? FALLBACK;
  return name === RINGFLOW.name ? FALLBACK : name;
}

const FALLBACK = "menus";

/** Writes files, and returns the paths of those that exist already. */
async function writeMissing(files: readonly ProjectFile[]): Promise<string[]> {
  const kept: string[] = [];
  for (const { path, text } of files) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
      kept.push(path);
    });
  }
  return kept;
}
