/** Bundles the package's code: the command line and its libraries in chunks, and what runs in workerd. */
import { cp, mkdir, writeFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { dirname, join, relative } from "node:path";
import { type BuildOptions, build, type Metafile } from "esbuild";
import { bundleOutgoing, bundleWorker } from "../cli/local/bundle.ts";
import { bundleParts } from "../cli/phone/page.ts";
import { cached, isCached } from "./cached.ts";
import { builtinsDirectly, inLayers } from "./chunks.ts";
import { readPackage } from "./package-json.ts";

/** What the package depends on, instead of having it in its bundles: it is large, native, or the user's as well. */
export const DEPENDENCIES = ["miniflare", "redos-detector", "twilio", "wrangler"] as const;

// Libraries of CommonJS call `require` for Node's own modules, by way of one function of esbuild's.
const REQUIRE = `import{createRequire as requireOf}from"node:module";const require=requireOf(import.meta.url);`;

/** Options that all bundles have. Names stay as they are, for stack traces. */
const SHARED: BuildOptions = {
  bundle: true,
  format: "esm",
  sourcemap: true,
  sourcesContent: false,
  legalComments: "none",
  metafile: true,
  logLevel: "error",
};

/**
 * Writes `dist/`.
 * @param folder the package's folder
 * @returns what went into each bundle
 */
export async function writeBundles(folder: string): Promise<Metafile[]> {
  const dist = join(folder, "dist");
  const [cli, worker, others] = await Promise.all([
    bundleCli(dist),
    bundleEntry(dist),
    listOthers(),
    writeWorkers(dist),
    writePage(dist),
  ]);
  refuseUndeclared([cli, worker]);
  return [cli, worker, others];
}

/** The command line, and the modules that share its code. `src/cli/installation.ts` says why the chunks are in `cli/`. */
async function bundleCli(outdir: string): Promise<Metafile> {
  const { version } = await readPackage(".");
  const options = {
    ...SHARED,
    metafile: true as const,
    write: false as const,
    entryPoints: {
      "cli/ringflow": "src/cli/ringflow.js",
      index: "src/package/index.ts",
      test: "src/package/test.ts",
    },
    outdir,
    splitting: true,
    chunkNames: "cli/[name]-[hash]",
    platform: "node",
    target: "node22",
    minifySyntax: true,
    minifyWhitespace: true,
    define: { RINGFLOW_PACKAGED: JSON.stringify(version) },
    external: ["esbuild", "miniflare", "redos-detector", "twilio/lib/rest/*", "twilio/lib/base/*"],
  } satisfies BuildOptions;
  const { metafile: uncut } = await build(options);
  const plugins = [inLayers(uncut.inputs), builtinsDirectly];
  const { metafile, outputFiles } = await build({ ...options, plugins });
  await mkdir(join(outdir, "cli"), { recursive: true });
  await cp("src/release/run-cached.js", join(outdir, "cli/run-cached.js"));
  const texts = new Map(outputFiles.map(({ path, text }) => [path, text]));
  for (const [path, text] of texts)
    if (path.endsWith(".js")) await writeOutput(path, text, texts.get(`${path}.map`) ?? "", metafile);
  return metafile;
}

async function writeOutput(path: string, text: string, map: string, { outputs }: Metafile): Promise<void> {
  const output = outputs[relative(".", path).replaceAll("\\", "/")];
  const code = inAscii(text.includes("typeof require") ? REQUIRE + text : text);
  if (output && isCached(output)) {
    const run = await cached(path, code, map, output);
    await writeFile(path, run.module);
    await writeFile(join(dirname(path), run.name), inAscii(run.code));
    await writeFile(join(dirname(path), `${run.name}.map`), run.map);
  } else {
    await writeFile(path, code);
    await writeFile(`${path}.map`, map);
  }
}

/** The same code with escapes. V8 reads a file of one byte a character sooner, and esbuild leaves regular expressions as they are. */
function inAscii(code: string): string {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** What a Worker's entry imports. A deploy bundles and minifies it. */
async function bundleEntry(outdir: string): Promise<Metafile> {
  const { metafile } = await build({
    ...SHARED,
    metafile: true,
    entryPoints: { worker: "src/package/worker.ts", functions: "src/package/functions.ts" },
    outdir,
    target: "es2024",
    external: ["cloudflare:*", "node:*"],
  });
  return metafile;
}

/** What goes into the bundles of the development entry, of outgoing calls and of the page: others bundle those. */
async function listOthers(): Promise<Metafile> {
  const { metafile } = await build({
    ...SHARED,
    metafile: true,
    entryPoints: ["src/dev.ts", "src/worker/outgoing.ts", "src/phone/page/main.tsx"],
    write: false,
    outdir: "unwritten",
    jsx: "automatic",
    jsxImportSource: "preact",
    external: ["cloudflare:*", "node:*", "*/programs.txt", "*/functions.js"],
  });
  return metafile;
}

// wrangler brings esbuild, and workerd the modules of cloudflare.
const UNDECLARED = /^(?:node:|cloudflare:|esbuild$)/;

/** @throws Error that names an import of a package that is neither bundled nor a dependency */
function refuseUndeclared(bundles: readonly Metafile[]): void {
  const outputs = bundles.flatMap((bundle) => Object.values(bundle.outputs));
  const imported = outputs.flatMap(({ imports }) => imports.filter(({ external }) => external));
  const names = imported.map(({ path }) => path).filter((path) => !isBuiltin(path) && !UNDECLARED.test(path));
  const unknown = names.find(
    (name) => !DEPENDENCIES.some((one) => name === one || name.startsWith(`${one}/`)),
  );
  if (unknown !== undefined)
    throw new Error(`${unknown} is imported, and is neither bundled nor a dependency.`);
}

async function writeWorkers(dist: string): Promise<void> {
  const folder = join(dist, "worker");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "dev.js"), await bundleWorker());
  await writeFile(join(folder, "outgoing.js"), await bundleOutgoing());
}

async function writePage(dist: string): Promise<void> {
  const folder = join(dist, "page");
  await mkdir(folder, { recursive: true });
  for (const { name, contents } of await bundleParts()) await writeFile(join(folder, name), contents);
}
