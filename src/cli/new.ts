/** `ringflow new`: a flow and its test, written from a template. */
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { audioPathsOf } from "../flow/build.ts";
import { nearest } from "../flow/findings/diagnostic.ts";
import { NAME } from "../flow/schema.ts";
import { buildFiles } from "./audio.ts";
import { FLOWS, flowFiles, readFiles, testFiles } from "./files.ts";
import { Problem } from "./problem.ts";

const FOLDER = fileURLToPath(new URL("templates/", import.meta.url));

/** What `ringflow new` may be told. */
export interface NewOptions {
  /** The template; the list of all templates is printed if left out. */
  from?: string;
  /** Where it is told what was written and what to do next. */
  out: NodeJS.WritableStream;
}

interface Template {
  name: string;
  /** A sentence: what such a flow does. */
  description: string;
  text: string;
  /** The paths of the audio files that it plays. */
  audio: string[];
}

/**
 * Writes `flows/<name>.yaml`, `flows/<name>.test.yaml` and the audio files that it plays, or lists the templates.
 * @param name what to call the flow; the template's name if left out
 * @returns the exit code: 0
 * @throws Problem where there is no such template, the name cannot be a flow's, or the flow is there already
 */
export async function newFlow(name: string | undefined, { from, out }: NewOptions): Promise<number> {
  if (name !== undefined) refuseBadName(name);
  const templates = await readTemplates();
  if (from === undefined) {
    out.write(`${list(templates, name)}\n`);
    return 0;
  }
  const template = find(templates, from);
  const flow = name ?? template.name;
  await refuseTaken(flow);
  await write(flow, template);
  out.write(`${whatNext(flow, template)}\n`);
  return 0;
}

async function readTemplates(): Promise<Template[]> {
  const { flows } = await buildFiles(await readFiles(await flowFiles([FOLDER])));
  return flows.map(({ flow }) => ({
    name: flow.name,
    description: flow.settings.description ?? "",
    text: flow.text,
    audio: audioPathsOf([{ flow }]),
  }));
}

function list(templates: readonly Template[], name = "hotline"): string {
  const width = Math.max(...templates.map((template) => template.name.length));
  const lines = templates.map((template) => `  ${template.name.padEnd(width)}  ${template.description}`);
  const first = "A flow can begin as one of these templates:";
  const last = `Write one with npx ringflow new ${name} --from <template>.`;
  return [first, "", ...lines, "", last].join("\n");
}

function find(templates: readonly Template[], wanted: string): Template {
  const found = templates.find(({ name }) => name === wanted);
  if (found) return found;
  const names = templates.map(({ name }) => name);
  const near = nearest(wanted, names);
  const advice = near ? `Did you mean "${near}"?` : `There are ${names.join(", ")}.`;
  throw new Problem(`There is no template "${wanted}". ${advice}`);
}

function refuseBadName(name: string): void {
  const pattern = new RegExp(NAME);
  if (pattern.test(name)) return;
  const better = asName(name);
  const advice = pattern.test(better) ? ` Take "${better}".` : "";
  throw new Problem(
    `A flow cannot be called "${name}": names are lower-case words with hyphens, such as front-desk.${advice}`,
  );
}

/** What a name, or the path of a flow's file, would be as a flow's name. */
function asName(text: string): string {
  const words =
    nameOf(text)
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  return words.join("-");
}

/** The flow that a file holds, or tests. */
function nameOf(path: string): string {
  return basename(path).replace(/(\.test)?\.ya?ml$/, "");
}

// A flow is known by its name alone, whatever folder of flows/ it is in.
async function refuseTaken(name: string): Promise<void> {
  await mkdir(FLOWS, { recursive: true });
  const files = [...(await flowFiles([FLOWS])), ...(await testFiles([FLOWS]))];
  const taken = files.find((path) => nameOf(path) === name);
  if (taken === undefined) return;
  throw new Problem(`There is ${taken} already, and it stays as it is. Take another name, or move it away.`);
}

const flowPath = (name: string): string => join(FLOWS, `${name}.yaml`);
const testPath = (name: string): string => join(FLOWS, `${name}.test.yaml`);

async function write(name: string, template: Template): Promise<void> {
  await writeAudio(template);
  const test = await readFile(join(FOLDER, `${template.name}.test.yaml`), "utf8");
  await writeFile(flowPath(name), template.text, { flag: "wx" });
  await writeFile(testPath(name), test.replace(/^flow: .*$/m, `flow: ${name}`), { flag: "wx" });
}

// Two flows of one template play the same file; another one of its name is somebody's own.
async function writeAudio({ audio }: Template): Promise<void> {
  for (const from of audio) {
    const to = join(FLOWS, relative(FOLDER, from));
    const there = await readFile(to).catch(() => undefined);
    if (there?.equals(await readFile(from))) continue;
    if (there) throw new Problem(`There is ${to} already, and the template has another. Move yours away.`);
    await mkdir(dirname(to), { recursive: true });
    await copyFile(from, to);
  }
}

function whatNext(name: string, { text }: Template): string {
  return [
    `Wrote ${flowPath(name)}, and its calls in ${testPath(name)}.`,
    "",
    "Change what is yours:",
    ...placesToChange(flowPath(name), text),
    "",
    "Then play its calls, and phone it:",
    `  npx ringflow test ${testPath(name)}`,
    "  npm start",
    `  npx ringflow call ${name}    in a second terminal`,
  ].join("\n");
}

/** The comments of a template that say what to change, each with its line. */
function placesToChange(path: string, text: string): string[] {
  return text.split("\n").flatMap((line, index) => {
    const what = /# change: (.+)/.exec(line)?.[1];
    return what === undefined ? [] : [`  ${`${path}:${index + 1}`.padEnd(path.length + 4)}  ${what}`];
  });
}
