/**
 * The templates of `ringflow new` and `ringflow init`: flows of this folder, and the names they get where they are written.
 * They are read as text, since the compiler takes longer to load than everything that `new` does.
 */
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { isPackaged, ownPath } from "../installation.ts";
import { readFiles } from "../project/files.ts";

/** Where they are. */
export const TEMPLATES = ownPath("src/cli/templates/", "templates/");

/** The JSON Schema that a template's first line names, and that of a project which has Ringflow as its dependency. */
const SCHEMA_HERE = "../flow.schema.json";
const SCHEMA_INSTALLED = "../node_modules/ringflow/flow.schema.json";

/** A template: a flow, and any others that belong to it. */
export interface Template {
  name: string;
  /** What the flow does, in a sentence. */
  description: string;
  /** The flow of the template's own name, then those that belong to it: `bank-agent` to `bank`. */
  flows: { name: string; text: string }[];
  /** The paths of the audio files that they play. */
  audio: string[];
}

/** Reads all templates. A flow belongs to another if its name begins with the other's and a hyphen. */
export async function readTemplates(): Promise<Template[]> {
  const names = (await readdir(TEMPLATES)).filter((name) => name.endsWith(".yaml") && !name.endsWith(TEST));
  const files = await readFiles(names.toSorted().map((name) => join(TEMPLATES, name)));
  const read = files.map(({ path, text }) => ({ name: basename(path, ".yaml"), text }));
  const isOf = (template: string, name: string): boolean => name.startsWith(`${template}-`);
  const entries = read.filter(({ name }) => !read.some((other) => isOf(other.name, name)));
  return entries.map((entry) => {
    const flows = [entry, ...read.filter(({ name }) => isOf(entry.name, name))];
    const description = /^description: (.+)$/m.exec(entry.text)?.[1] ?? "";
    return { name: entry.name, description, flows, audio: audioIn(flows) };
  });
}

const TEST = ".test.yaml";

/** The audio files of this folder that flows play, each once. */
function audioIn(flows: Template["flows"]): string[] {
  const played = flows.flatMap(({ text }) => [...text.matchAll(/- play: (audio\/\S+)/g)]);
  return [...new Set(played.map(([, path = ""]) => join(TEMPLATES, path)))];
}

/** A flow to write. */
export interface NewFlow {
  name: string;
  text: string;
  /** Its calls; some parts are called only by the flows that run them. */
  test: string | undefined;
}

/**
 * The template's flows under their new names, also where they refer to each other.
 * @param isInstalled whether Ringflow is a dependency where they are written, so that its JSON Schema is there
 */
export async function renamed(
  { name: from, flows }: Template,
  to: string,
  isInstalled = isPackaged,
): Promise<NewFlow[]> {
  const names = flows.map(({ name }) => [name, `${to}${name.slice(from.length)}`] as const);
  const [, ...parts] = names;
  const inText = (text: string): string =>
    parts.reduce(
      (changed, [old, its]) => changed.replaceAll(new RegExp(`(?<![\\w-])${old}(?![\\w-])`, "g"), its),
      text.replace(new RegExp(`^flow: ${from}$`, "m"), `flow: ${to}`),
    );
  const tests = await Promise.all(flows.map(({ name }) => testOf(name)));
  const withSchema = (text: string): string =>
    isInstalled ? text.replace(`$schema=${SCHEMA_HERE}`, `$schema=${SCHEMA_INSTALLED}`) : text;
  return flows.map(({ text }, index) => ({
    name: names[index]?.[1] ?? to,
    text: withSchema(inText(text)),
    test: tests[index] === undefined ? undefined : inText(tests[index]),
  }));
}

function testOf(template: string): Promise<string | undefined> {
  return readFile(join(TEMPLATES, template + TEST), "utf8").catch(() => undefined);
}
