/** `ringflow new`: creates a flow and its test, or several that belong together, from a template. */
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { nearest } from "../../flow/language/diagnostic.ts";
import { asName, NAME } from "../../flow/language/name.ts";
import { Problem } from "../problem.ts";
import { FLOWS, flowFiles, testFiles } from "../project/files.ts";
import { type NewFlow, readTemplates, renamed, TEMPLATES, type Template } from "../templates/template.ts";

/** Options of `ringflow new`. */
interface NewOptions {
  /** The template; if omitted, all templates are listed. */
  from?: string;
  /** What was written and what to do next is printed here. */
  out: NodeJS.WritableStream;
}

/**
 * Writes `flows/<name>.yaml`, `flows/<name>.test.yaml`, the flows that belong to it under names that begin with its
 * own, and the audio files that they play; or lists the templates.
 * @param name the flow's name; the template's name if omitted
 * @returns the exit code: 0
 * @throws Problem if the template is unknown, the name is invalid, or the flow exists already
 */
export async function newFlow(name: string | undefined, { from, out }: NewOptions): Promise<number> {
  if (name !== undefined) refuseBadName(name);
  const templates = await readTemplates();
  if (from === undefined) {
    out.write(`${list(templates, name)}\n`);
    return 0;
  }
  const template = findTemplate(templates, from);
  const flows = await renamed(template, name ?? template.name);
  await writeFlows(template, flows);
  out.write(`${whatNext(flows)}\n`);
  return 0;
}

/**
 * Writes a template's flows, their tests and their audio, and returns the flows' and tests' paths.
 * @throws Problem if one of the flows exists already
 */
export async function writeFlows(template: Template, flows: readonly NewFlow[]): Promise<string[]> {
  for (const flow of flows) await refuseTaken(flow.name);
  await writeAudio(template);
  for (const flow of flows) await write(flow);
  return flows.flatMap(({ name, test }) => [flowPath(name), ...(test === undefined ? [] : [testPath(name)])]);
}

function list(templates: readonly Template[], name = "hotline"): string {
  const width = Math.max(...templates.map((template) => template.name.length));
  const lines = templates.map((template) => `  ${template.name.padEnd(width)}  ${template.description}`);
  const first = "You can start from one of these templates:";
  const last = `Create a flow with: npx ringflow new ${name} --from <template>`;
  return [first, "", ...lines, "", last].join("\n");
}

/**
 * Finds a template by its name.
 * @throws Problem if it is unknown
 */
export function findTemplate(templates: readonly Template[], wanted: string): Template {
  const found = templates.find(({ name }) => name === wanted);
  if (found) return found;
  const names = templates.map(({ name }) => name);
  const near = nearest(wanted, names);
  const advice = near ? `Did you mean "${near}"?` : `The templates are ${names.join(", ")}.`;
  throw new Problem(`Unknown template "${wanted}". ${advice}`);
}

function refuseBadName(name: string): void {
  const pattern = new RegExp(NAME);
  if (pattern.test(name)) return;
  const better = asName(nameOf(name));
  const advice = better === undefined ? "" : ` Try "${better}".`;
  throw new Problem(
    `"${name}" is not a valid flow name: use lower-case words with hyphens, such as front-desk.${advice}`,
  );
}

/** The flow that a file holds, or tests. */
function nameOf(path: string): string {
  return basename(path).replace(/(\.test)?\.ya?ml$/, "");
}

// A flow is identified by its name alone, in whatever folder of flows/ it is.
async function refuseTaken(name: string): Promise<void> {
  await mkdir(FLOWS, { recursive: true });
  const files = [...(await flowFiles([FLOWS])), ...(await testFiles([FLOWS]))];
  const taken = files.find((path) => nameOf(path) === name);
  if (taken === undefined) return;
  throw new Problem(`${taken} already exists. Choose another name, or move that file.`);
}

const flowPath = (name: string): string => join(FLOWS, `${name}.yaml`);
const testPath = (name: string): string => join(FLOWS, `${name}.test.yaml`);

async function write({ name, text, test }: NewFlow): Promise<void> {
  await writeFile(flowPath(name), text, { flag: "wx" });
  if (test !== undefined) await writeFile(testPath(name), test, { flag: "wx" });
}

// Two flows of one template play the same file; a different file of that name is the author's own.
async function writeAudio({ audio }: Template): Promise<void> {
  for (const from of audio) {
    const to = join(FLOWS, relative(TEMPLATES, from));
    const there = await readFile(to).catch(() => undefined);
    if (there?.equals(await readFile(from))) continue;
    if (there)
      throw new Problem(`${to} already exists, with other content than the template's. Move it first.`);
    await mkdir(dirname(to), { recursive: true });
    await copyFile(from, to);
  }
}

function whatNext(flows: readonly NewFlow[]): string {
  const tests = flows.filter(({ test }) => test !== undefined).map(({ name }) => testPath(name));
  return [
    `Wrote ${flows.map(({ name }) => flowPath(name)).join(", ")}, with test calls in ${tests.join(", ")}.`,
    "",
    ...linesToAdapt(flows),
    "",
    "Then run the tests, and call it:",
    `  npx ringflow test ${tests.join(" ")}`,
    "  npx ringflow start",
    `  ${callOf(flows)}    in a second terminal`,
  ].join("\n");
}

/** The command that hears a flow: one with `allow` calls people. */
function callOf([flow]: readonly NewFlow[]): string {
  return flow && /^allow:/m.test(flow.text)
    ? `npx ringflow dial +14155550111 ${flow.name} --from +14155550100 --url http://localhost:8787`
    : `npx ringflow call ${flow?.name}`;
}

/** What to change in new flows, each with its line. */
export function linesToAdapt(flows: readonly NewFlow[]): string[] {
  return ["Adapt these lines:", ...flows.flatMap(({ name, text }) => placesToChange(flowPath(name), text))];
}

function placesToChange(path: string, text: string): string[] {
  return text.split("\n").flatMap((line, index) => {
    const what = /# change: (.+)/.exec(line)?.[1];
    return what === undefined ? [] : [`  ${`${path}:${index + 1}`.padEnd(path.length + 4)}  ${what}`];
  });
}
