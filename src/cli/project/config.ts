/**
 * A project's own step kinds and functions: `ringflow.config.ts` and `ringflow.functions.ts`, next to `wrangler.toml`. A file
 * is loaded again once it, or a file of the project that it imports, has changed.
 */
import { stat } from "node:fs/promises";
import { relative, resolve } from "node:path";
import type { Config } from "../../flow/config/config.ts";
import { ConfigError, readConfig, readFunctions } from "../../flow/config/read-config.ts";
import { BUILT_IN, kindsWith } from "../../flow/steps/registry.ts";
import { Problem } from "../problem.ts";
import { importFresh, type Loaded } from "./import-fresh.ts";

/** The names that the file of the step kinds can have. */
const KINDS = namesOf("ringflow.config");
/** The names that the file of the functions can have. */
const FUNCTIONS = namesOf("ringflow.functions");

/** What is known of one file: what it exported, and when its files were changed last. */
interface Read extends Loaded {
  stamp: string;
}

const read = new Map<string, Read>();
let latest: { of: readonly unknown[]; config: Config } | undefined;

/**
 * Loads what the project in this folder adds to the language. The same object comes back until a file changes.
 * @throws Problem if a file cannot be loaded, or exports something else
 */
export async function loadConfig(): Promise<Config> {
  const of = await Promise.all([exportsOf(KINDS), exportsOf(FUNCTIONS)]);
  if (latest?.of.every((one, at) => one === of[at])) return latest.config;
  const [kinds, functions] = of;
  // What has not changed stays the same object, so that nothing is made anew for it.
  const isSame = latest?.of[1] === functions;
  const own = kinds && valid(kinds, readConfig);
  const config = {
    kinds: own ? kindsWith(own.kinds) : BUILT_IN,
    advice: own?.advice ?? {},
    functions: latest && isSame ? latest.config.functions : functions ? valid(functions, readFunctions) : [],
  };
  latest = { of, config };
  return config;
}

/** The file of the project's functions, if there is one. */
export function functionsFile(): Promise<string | undefined> {
  return firstOf(FUNCTIONS);
}

/** The files to watch: those that can be there, and those that were loaded with them. */
export function configFiles(): string[] {
  const loaded = [...read.values()].flatMap(({ files }) =>
    files.map((file) => relative(process.cwd(), file)),
  );
  return [...new Set([...KINDS, ...FUNCTIONS, ...loaded])];
}

async function exportsOf(names: readonly string[]): Promise<Read | undefined> {
  const name = await firstOf(names);
  if (name === undefined) return undefined;
  const path = resolve(name);
  const known = read.get(path);
  if (known && known.failure === undefined && known.stamp === (await stampOf(known.files))) return known;
  const loaded = await importFresh(path);
  const now = { ...loaded, stamp: await stampOf(loaded.files) };
  read.set(path, now);
  if (now.failure !== undefined) throw new Problem(`${name} cannot be loaded. ${now.failure}`);
  return now;
}

// In a project of CommonJS, `.js` is not a module.
function namesOf(base: string): string[] {
  return ["ts", "js", "mjs"].map((ending) => `${base}.${ending}`);
}

async function firstOf(names: readonly string[]): Promise<string | undefined> {
  const there = await Promise.all(
    names.map((name) =>
      stat(name).then(
        () => name,
        () => undefined,
      ),
    ),
  );
  return there.find((name) => name !== undefined);
}

async function stampOf(files: readonly string[]): Promise<string> {
  const stamps = files.map((file) =>
    stat(file).then(
      ({ mtimeMs, size }) => `${mtimeMs}/${size}`,
      () => "gone",
    ),
  );
  return (await Promise.all(stamps)).join();
}

function valid<T>({ files: [file = ""], exported }: Read, check: (exported: unknown) => T): T {
  try {
    return check(exported);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new Problem(`${relative(process.cwd(), file)} ${error.message}.`);
  }
}
