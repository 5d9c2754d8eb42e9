/** Bundles the package's code: the command line and its libraries in chunks, and what runs in workerd. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type BuildOptions, build, type Metafile } from "esbuild";
import { bundleOutgoing, bundleWorker } from "../cli/local/bundle.ts";
import { bundleParts } from "../cli/phone/page.ts";

/** What the package depends on, instead of having it in its bundles: it is large, native, or the user's as well. */
export const DEPENDENCIES = ["hono", "miniflare", "redos-detector", "twilio", "typebox", "wrangler"] as const;

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
  const [cli, worker] = await Promise.all([
    bundleCli(dist),
    bundleEntry(dist),
    writeWorkers(dist),
    writePage(dist),
  ]);
  return [cli, worker];
}

/** The command line, and the modules that share its code. `src/cli/installation.ts` says why the chunks are in `cli/`. */
async function bundleCli(outdir: string): Promise<Metafile> {
  const { metafile, outputFiles } = await build({
    ...SHARED,
    metafile: true,
    write: false,
    entryPoints: {
      "cli/ringflow": "src/cli/ringflow.js",
      "cli/layout-thread": "src/cli/phone/layout-thread.ts",
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
    define: { RINGFLOW_PACKAGED: "true" },
    external: ["esbuild", "miniflare", "redos-detector", "twilio/lib/rest/*", "twilio/lib/base/*"],
  });
  await mkdir(join(outdir, "cli"), { recursive: true });
  for (const { path, text } of outputFiles)
    await writeFile(path, text.includes("typeof require") ? REQUIRE + text : text);
  return metafile;
}

/** What a Worker's entry imports. A deploy bundles and minifies it. */
async function bundleEntry(outdir: string): Promise<Metafile> {
  const { metafile } = await build({
    ...SHARED,
    metafile: true,
    entryPoints: { worker: "src/package/worker.ts", functions: "src/package/functions.ts" },
    outdir,
    target: "es2024",
    external: ["cloudflare:*", "node:*", "hono/*"],
  });
  return metafile;
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
