/** Bundles a Worker exactly as a deploy would: with wrangler, and with the settings of wrangler.toml. */
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import type { Metafile } from "esbuild";
import { parse } from "smol-toml";
import type { Program } from "../../src/program/program.ts";
import { temporaryFolder } from "./temporary.ts";

/** A bundled Worker. Texts that it imports are files next to it. */
export interface Bundle {
  /** The module, minified. */
  path: string;
  code: Buffer;
  /** How many of its bytes each source file makes, by the file's path from where esbuild ran. */
  sources: ReadonlyMap<string, number>;
}

/** What wrangler made of an entry. */
interface Made extends Omit<Bundle, "path"> {
  /** The file that the code imports the Programs from; undefined if it does not. */
  text: string | undefined;
}

const run = promisify(execFile);

/** By entry and aliases. Starting wrangler takes longer than bundling, and Programs leave the code as it is. */
const made = new Map<string, Promise<Made>>();

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
  const key = JSON.stringify([entry, alias]);
  const making = made.get(key) ?? make(entry, alias);
  made.set(key, making);
  const { code, sources, text } = await making;
  const name = basename(entry, ".ts");
  const own = await mkdtemp(join(folder, `${name}-`));
  if (text !== undefined) await writeFile(join(own, text), JSON.stringify(programs));
  const path = join(own, `${name}.js`);
  await writeFile(path, code);
  return { path, code, sources };
}

async function make(entry: string, alias: Readonly<Record<string, string>>): Promise<Made> {
  await using folder = await temporaryFolder();
  const config = join(folder.path, "wrangler.json");
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
  const aliases = { ...alias, [importOfPrograms(entry)]: await writePrograms(folder.path) };
  await writeFile(config, JSON.stringify({ ...settings, main: resolve(entry), alias: aliases }));
  const out = join(folder.path, "out");
  const meta = join(folder.path, "meta.json");
  const args = ["deploy", "--dry-run", "--config", config, "--outdir", out, "--metafile", meta];
  const env = { ...process.env, WRANGLER_SEND_METRICS: "false" };
  await run(process.execPath, [resolve("node_modules/wrangler/bin/wrangler.js"), ...args], { env });
  return {
    code: await readFile(join(out, `${basename(entry, ".ts")}.js`)),
    sources: sourcesOf(JSON.parse(await readFile(meta, "utf8"))),
    text: (await readdir(out)).find((name) => name.endsWith(".txt")),
  };
}

/** As an entry writes it. */
function importOfPrograms(entry: string): string {
  return relative(dirname(entry), ".ringflow/programs.txt");
}

/**
 * Writes what stands in for the Programs, as a build writes those.
 * @returns the path of a module that hands them on: a text that an alias names would become a part of the bundle
 */
async function writePrograms(folder: string): Promise<string> {
  await writeFile(join(folder, "programs.txt"), "[]");
  const path = join(folder, "programs.js");
  await writeFile(path, 'export { default } from "./programs.txt";');
  return path;
}

function sourcesOf({ outputs }: Metafile): Map<string, number> {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  return new Map(inputs.map(([path, { bytesInOutput }]) => [path, bytesInOutput]));
}
