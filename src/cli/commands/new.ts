/** `ringflow new`: a flow and its test, or several that belong together, written from a template. */
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { nearest } from "../../flow/language/diagnostic.ts";
import { asName, NAME } from "../../flow/language/name.ts";
import { Problem } from "../problem.ts";
import { FLOWS, flowFiles, testFiles } from "../project/files.ts";
import { type NewFlow, readTemplates, renamed, TEMPLATES, type Template } from "../templates/template.ts";

/** What `ringflow new` may be told. */
export interface NewOptions {
  /** The template; the list of all templates is printed if left out. */
  from?: string;
  /** Where it is told what was written and what to do next. */
  out: NodeJS.WritableStream;
}

/**
 * Writes `flows/<name>.yaml`, `flows/<name>.test.yaml`, the flows that belong to it under names that begin with its
 * own, and the audio files that they play; or lists the templates.
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
  const flows = await renamed(template, name ?? template.name);
  for (const flow of flows) await refuseTaken(flow.name);
  await writeAudio(template);
  for (const flow of flows) await write(flow);
  out.write(`${whatNext(flows)}\n`);
  return 0;
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
  const better = asName(nameOf(name));
  const advice = better === undefined ? "" : ` Take "${better}".`;
  throw new Problem(
    `A flow cannot be called "${name}": names are lower-case words with hyphens, such as front-desk.${advice}`,
  );
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

async function write({ name, text, test }: NewFlow): Promise<void> {
  await writeFile(flowPath(name), text, { flag: "wx" });
  if (test !== undefined) await writeFile(testPath(name), test, { flag: "wx" });
}

// Two flows of one template play the same file; another one of its name is somebody's own.
async function writeAudio({ audio }: Template): Promise<void> {
  for (const from of audio) {
    const to = join(FLOWS, relative(TEMPLATES, from));
    const there = await readFile(to).catch(() => undefined);
    if (there?.equals(await readFile(from))) continue;
    if (there) throw new Problem(`There is ${to} already, and the template has another. Move yours away.`);
    await mkdir(dirname(to), { recursive: true });
    await copyFile(from, to);
  }
}

function whatNext(flows: readonly NewFlow[]): string {
  const tests = flows.filter(({ test }) => test !== undefined).map(({ name }) => testPath(name));
  return [
    `Wrote ${flows.map(({ name }) => flowPath(name)).join(", ")}, and the calls in ${tests.join(", ")}.`,
    "",
    "Change what is yours:",
    ...flows.flatMap(({ name, text }) => placesToChange(flowPath(name), text)),
    "",
    "Then play the calls, and phone it:",
    `  npx ringflow test ${tests.join(" ")}`,
    "  npm start",
    `  npx ringflow call ${flows[0]?.name}    in a second terminal`,
  ].join("\n");
}

/** The comments of a template that say what to change, each with its line. */
function placesToChange(path: string, text: string): string[] {
  return text.split("\n").flatMap((line, index) => {
    const what = /# change: (.+)/.exec(line)?.[1];
    return what === undefined ? [] : [`  ${`${path}:${index + 1}`.padEnd(path.length + 4)}  ${what}`];
  });
}
