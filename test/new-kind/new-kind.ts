/**
 * A new step kind, written from the template in this folder: its file, its fixtures and its lines in the registry. The
 * template is a kind that type-checks and passes the tests, so that you can begin by changing what works.
 *
 * It is a contributor's tool that writes into src/ and test/, so it lives with the tests and not in `ringflow`, which
 * people use to write flows.
 */
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Script } from "node:vm";

/** The name that the template's files have in the place of the kind's. */
const TEMPLATE = "template";
const REGISTRY = "src/flow/steps/registry.ts";

/**
 * Writes a kind's files.
 * @param root the project's folder
 * @returns the paths of the files written, from the root
 * @throws an Error with a sentence if the name cannot be a kind's, or is taken
 */
export async function newKind(name: string, root: string): Promise<string[]> {
  refuseBadName(name);
  const file = `src/flow/steps/${name}.ts`;
  const fixtures = `test/flow/fixtures/${name}`;
  for (const path of [file, `src/flow/steps/${name}`, fixtures])
    if (existsSync(join(root, path))) throw new Error(`${path} already exists.`);
  const texts = {
    [file]: kindFile(await templateText("template.ts"), name),
    [`${fixtures}/ok-${name}.yaml`]: renamed(await templateText("ok-template.yaml"), name),
    [`${fixtures}/err-${name}.yaml`]: moved(renamed(await templateText("err-template.yaml"), name), name),
    [REGISTRY]: registered(await readFile(join(root, REGISTRY), "utf8"), name),
  };
  for (const [path, text] of Object.entries(texts)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return Object.keys(texts);
}

function templateText(file: string): Promise<string> {
  return readFile(new URL(file, import.meta.url), "utf8");
}

function refuseBadName(name: string): void {
  if (/^[a-z][A-Za-z]*$/.test(name) && name !== "next" && isIdentifier(name)) return;
  throw new Error(`A step kind cannot be called "${name}": take a word in lower case, such as "listen".`);
}

/** Whether JavaScript takes the name for a constant: `switch` and `new` are its own words. */
function isIdentifier(name: string): boolean {
  try {
    return new Script(`"use strict"; const ${name} = 0;`) !== undefined;
  } catch {
    return false;
  }
}

function renamed(text: string, name: string): string {
  return text.replaceAll(TEMPLATE, name);
}

function kindFile(text: string, name: string): string {
  const imports = text.replaceAll("../../src/flow/steps/", "./").replaceAll("../../src/flow/", "../");
  return renamed(sortedImports(imports), name);
}

/** An `err-` fixture whose columns after the kind's key are those of the kind's name. */
function moved(text: string, name: string): string {
  const by = name.length - TEMPLATE.length;
  return text.replace(/(?<=out-of-range 3:)\d+/, (column) => String(Number(column) + by));
}

/** The registry with the kind imported, and last in the list. */
function registered(text: string, name: string): string {
  const line = `import { ${name} } from "./${name}.ts";\n`;
  return sortedImports(text.replace(/^import /m, `${line}import `)).replace(/\n\];/, `\n  ${name},\n];`);
}

/** A file with its imports in the order that the linter wants: packages, then nearer and nearer folders. */
function sortedImports(text: string): string {
  const imports = text.match(/^import .*\n/gm) ?? [];
  const nearness = (path: string): number => (path.startsWith("../") ? 1 : path.startsWith("./") ? 2 : 0);
  const pathOf = (line: string): string => /"(.*)"/.exec(line)?.[1] ?? "";
  const sorted = imports.toSorted((one, other) => {
    const [a, b] = [pathOf(one), pathOf(other)];
    return nearness(a) - nearness(b) || (a < b ? -1 : 1);
  });
  return text.replace(imports.join(""), sorted.join(""));
}
