/** Bundles a Worker exactly as a deploy would: with wrangler, and with the settings of wrangler.toml. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import type { Metafile } from "esbuild";
import { parse } from "smol-toml";
import type { Program } from "../../src/program/program.ts";

/** A bundled Worker. Texts that it imports are files next to it. */
export interface Bundle {
  /** The module, minified. */
  path: string;
  code: Buffer;
  /** How many of its bytes each source file makes, by the file's path from where esbuild ran. */
  sources: ReadonlyMap<string, number>;
}

const run = promisify(execFile);

/**
 * Bundles an entry; throws where wrangler does not like it.
 * @param folder a folder for what comes of it
 * @param programs what the entry imports as `.ringflow/programs.txt`
 * @param alias import specifiers as they are written, and the files that stand in for them
 */
export async function bundle(
  folder: string,
  entry: string,
  programs: readonly Program[] = [],
  alias: Readonly<Record<string, string>> = {},
): Promise<Bundle> {
  const own = await mkdtemp(join(folder, `${basename(entry, ".ts")}-`));
  const config = join(own, "wrangler.json");
  const written = parse(await readFile("wrangler.toml", "utf8"));
  // The rivals export no Durable Object.
  const {
    build: _,
    // The rivals have no modules besides.
    find_additional_modules: _more,
    base_dir: _folder,
    rules: _rules,
    assets: _files,
    durable_objects: _objects,
    migrations: _migrations,
    ...settings
  } = written;
  const aliases = {
    ...alias,
    [importOfPrograms(entry)]: await writePrograms(own, programs),
  };
  await writeFile(config, JSON.stringify({ ...settings, main: resolve(entry), alias: aliases }));
  const meta = join(own, "meta.json");
  const args = ["deploy", "--dry-run", "--config", config, "--outdir", own, "--metafile", meta];
  const env = { ...process.env, WRANGLER_SEND_METRICS: "false" };
  await run(process.execPath, [resolve("node_modules/wrangler/bin/wrangler.js"), ...args], { env });
  const path = join(own, `${basename(entry, ".ts")}.js`);
  return { path, code: await readFile(path), sources: sourcesOf(JSON.parse(await readFile(meta, "utf8"))) };
}

/** As an entry writes it. */
function importOfPrograms(entry: string): string {
  return relative(dirname(entry), ".ringflow/programs.txt");
}

/**
 * Writes Programs as a build does, in a folder of their own.
 * @returns the path of a module that hands them on: a text that an alias names would become a part of the bundle
 */
async function writePrograms(folder: string, programs: readonly Program[]): Promise<string> {
  const own = join(folder, "programs");
  await mkdir(own);
  await writeFile(join(own, "programs.txt"), JSON.stringify(programs));
  const path = join(own, "programs.js");
  await writeFile(path, 'export { default } from "./programs.txt";');
  return path;
}

function sourcesOf({ outputs }: Metafile): Map<string, number> {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  return new Map(inputs.map(([path, { bytesInOutput }]) => [path, bytesInOutput]));
}
