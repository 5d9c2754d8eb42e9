/** Which files a command is about: the paths it was given, folders searched. */
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { SourceFile } from "../flow/node.ts";

/** Where flows live. */
export const FLOWS = "flows";

/** A path that is not there: the message is for the user. */
export class MissingPath extends Error {}

const isYaml = (path: string): boolean => /\.ya?ml$/.test(path);
const isTest = (path: string): boolean => /\.test\.ya?ml$/.test(path);

/** The flows among paths and in folders; throws MissingPath. */
export async function flowFiles(paths: readonly string[]): Promise<string[]> {
  return filesIn(paths, (path) => isYaml(path) && !isTest(path));
}

/** The test files among paths and in folders; throws MissingPath. */
export async function testFiles(paths: readonly string[]): Promise<string[]> {
  return filesIn(paths, isTest);
}

/** Reads files as UTF-8. */
export function readFiles(paths: readonly string[]): Promise<SourceFile[]> {
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(path, "utf8") })));
}

async function filesIn(paths: readonly string[], wanted: (path: string) => boolean): Promise<string[]> {
  const found = await Promise.all(paths.map((path) => filesAt(path)));
  return [...new Set(found.flat().filter(wanted))].toSorted();
}

async function filesAt(path: string): Promise<string[]> {
  const kind = await stat(path).catch(() => undefined);
  if (!kind) throw new MissingPath(`There is no ${path} here.`);
  if (!kind.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
