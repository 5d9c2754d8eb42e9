/** Writes the declarations of the package's modules, and of what these name. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

/** The modules that can be imported, by the name after `ringflow`. */
export const MODULES = {
  index: "index.ts",
  worker: "worker.ts",
  test: "test.ts",
  functions: "functions.ts",
} as const;

/** The one declaration that is written by hand, and the one that refers to it: every entry imports that. */
const AMBIENT = "worker/programs-text.d.ts";
const NEEDS_AMBIENT = "package/worker.d.ts";

const COMPILER = "node_modules/typescript/bin/tsc";

/** An import in a declaration, by the path of its file. */
const IMPORT = /((?:from |import\()")(\.[^"]+)\.tsx?"/g;

/**
 * Writes the declarations to `dist/types`, in the folders of `src`.
 * @throws Error with the compiler's output
 */
export async function writeDeclarations(folder: string): Promise<void> {
  const all = await mkdtemp(resolve(folder, "types-"));
  await compile(all);
  const types = join(folder, "dist/types");
  for (const name of await reachable(all)) await put(join(types, name), adapted(await read(all, name)));
  await put(join(types, AMBIENT), await read("src", AMBIENT));
  const reference = `/// <reference path="../${AMBIENT}" />\n`;
  await put(join(types, NEEDS_AMBIENT), reference + (await read(types, NEEDS_AMBIENT)));
  await rm(all, { recursive: true });
}

async function compile(outDir: string): Promise<void> {
  const config = join(outDir, "tsconfig.json");
  const include = [...Object.values(MODULES).map((name) => `package/${name}`), "**/*.d.ts"];
  const settings = {
    extends: resolve("tsconfig.json"),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      stripInternal: true,
      rootDir: resolve("src"),
      outDir,
      typeRoots: [resolve("node_modules/@types")],
    },
    include: include.map((path) => resolve("src", path)),
  };
  await writeFile(config, JSON.stringify(settings));
  await promisify(execFile)(process.execPath, [COMPILER, "-p", config]).catch((error: { stdout: string }) => {
    throw new Error(error.stdout);
  });
}

/** The declarations that the modules' own need, from the folder of all of them. */
async function reachable(all: string): Promise<Set<string>> {
  const found = new Set<string>();
  const visit = async (name: string): Promise<void> => {
    if (found.has(name)) return;
    found.add(name);
    for (const [, , path = ""] of (await read(all, name)).matchAll(IMPORT))
      await visit(`${join(dirname(name), path)}.d.ts`);
  };
  for (const name of Object.values(MODULES)) await visit(join("package", name.replace(".ts", ".d.ts")));
  return found;
}

// A declaration is imported by the name of its JavaScript, in every kind of project.
function adapted(declaration: string): string {
  return declaration.replaceAll(IMPORT, '$1$2.js"');
}

function read(folder: string, name: string): Promise<string> {
  return readFile(join(folder, name), "utf8");
}

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
