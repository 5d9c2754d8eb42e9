/** The files that a command works on: the given paths, and the files in given folders. */
import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isCalendarPath } from "../../flow/language/calendar.ts";
import type { SourceFile } from "../../flow/language/node.ts";
import { Problem } from "../problem.ts";

/** Where flows live. */
export const FLOWS = "flows";

const isYaml = (path: string): boolean => /\.ya?ml$/.test(path);
/** A flow: neither a test nor a calendar, which is in a folder `calendars`. */
const isFlow = (path: string): boolean => isYaml(path) && !isTest(path) && !isCalendarPath(slashed(path));
/** Whether a file holds tests. */
export const isTest = (path: string): boolean => /\.test\.ya?ml$/.test(path);

function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}

/** The flows among paths and in folders; throws Problem for a path that does not exist. */
export async function flowFiles(paths: readonly string[]): Promise<string[]> {
  return filesIn(paths, isFlow);
}

/** The test files among paths and in folders; throws Problem for a path that does not exist. */
export async function testFiles(paths: readonly string[]): Promise<string[]> {
  return filesIn(paths, isTest);
}

/** Flows, test files and calendars among paths and in folders; throws Problem for a path that does not exist. */
export async function yamlFiles(paths: readonly string[]): Promise<string[]> {
  return filesIn(paths, isYaml);
}

/** The flows in the same folders as these files, not in subfolders. */
async function siblingFlows(paths: readonly string[]): Promise<string[]> {
  const folders = [...new Set(paths.map((path) => dirname(path)))];
  const names = await Promise.all(
    folders.map(async (folder) => (await readdir(folder)).map((name) => join(folder, name))),
  );
  return names.flat().filter(isFlow);
}

/** The flows that test files can name: the project's, those among the given paths, and those in the tests' own folders. */
export async function flowsFor(tests: readonly string[], paths: readonly string[]): Promise<string[]> {
  const project = (await isFolder(FLOWS)) ? [FLOWS] : [];
  return flowFiles([...new Set([...project, ...paths, ...(await siblingFlows(tests))])]);
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

/** Reads files as UTF-8. Says so on stderr if they are so long that checking them takes a while. */
export async function readFiles(paths: readonly string[]): Promise<SourceFile[]> {
  const files = await Promise.all(paths.map(async (path) => ({ path, text: await readFile(path, "utf8") })));
  const length = files.reduce((sum, { text }) => sum + text.length, 0);
  if (length > LONG) process.stderr.write(`Reading ${(length / 1e6).toFixed(1)} MB of YAML.\n`);
  return files;
}

/** In characters: a flow of 2,000 steps, which takes about half a second. */
const LONG = 400_000;

async function filesIn(paths: readonly string[], wanted: (path: string) => boolean): Promise<string[]> {
  const found = await Promise.all(paths.map((path) => filesAt(path)));
  return [...new Set(found.flat().filter(wanted))].toSorted();
}

async function filesAt(path: string): Promise<string[]> {
  const kind = await stat(path).catch(() => undefined);
  if (!kind) {
    const advice = path === FLOWS ? " Create a project: npx ringflow init" : "";
    throw new Problem(`No file or folder "${path}" in ${process.cwd()}.${advice}`);
  }
  return kind.isDirectory() ? yamlIn(path) : [path];
}

/** The YAML files at any depth of a folder. Packages and hidden folders hold other YAML. */
async function yamlIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.name === "node_modules" || entry.name.startsWith(".")) return [];
    if (entry.isDirectory()) return yamlIn(path);
    return isYaml(path) ? [path] : [];
  });
  return (await Promise.all(found)).flat();
}
