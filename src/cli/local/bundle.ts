/**
 * What runs in workerd, bundled with the compatibility that wrangler gives a deploy. The package has both bundles ready, so that
 * nothing is bundled in a user's project.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename } from "node:path";
import type { BuildOptions, Plugin } from "esbuild";
import { isPackaged, ownPath } from "../installation.ts";

/** The module of the Programs, next to the development entry. */
export const PROGRAMS = "programs.txt";
/** The module of the project's own functions, next to it as well. */
export const FUNCTIONS = "functions.js";

/**
 * The development entry, unminified and without the Programs and the functions.
 * @throws Error that says why it cannot be bundled
 */
export function bundleWorker(): Promise<string> {
  return bundled(ownPath("src/dev.ts", "dist/worker/dev.js"), false);
}

/** What the deployed Worker loads when it places calls: wrangler uploads it as a module of its own. */
export function bundleOutgoing(): Promise<string> {
  return bundled(ownPath("src/worker/outgoing.ts", "dist/worker/outgoing.js"), true);
}

/**
 * The project's own functions with what they import, unminified: names are for stack traces.
 * @throws Error that says why they cannot be bundled
 */
export function bundleFunctions(file: string): Promise<string> {
  const own = isPackaged ? "ringflow/functions" : ownPath("src/program/own-function.ts", "");
  const contents = `import functions from ${JSON.stringify(`./${file}`)};
import { overloadsOf } from ${JSON.stringify(own)};
export default overloadsOf(functions);
`;
  return bundle({ stdin: { contents, resolveDir: process.cwd(), sourcefile: "functions.js" } });
}

async function bundled(entry: string, minify: boolean): Promise<string> {
  if (isPackaged) return readFile(entry, "utf8");
  return bundle({ entryPoints: [entry], minify, plugins: [BUILT_MODULES] });
}

/** Leaves out what the project's build writes: those are modules of their own. */
const BUILT_MODULES: Plugin = {
  name: "built",
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/(programs\.txt|functions\.js)$/ }, ({ path }) => ({
      path: `./${basename(path)}`,
      external: true,
    })),
};

// The package does not depend on esbuild itself: it takes the one that wrangler brings.
function loadEsbuild(): Promise<Esbuild> | Esbuild {
  if (!isPackaged) return import("esbuild");
  const wrangler = createRequire(import.meta.url).resolve("wrangler/package.json");
  return createRequire(wrangler)("esbuild");
}

type Esbuild = typeof import("esbuild");

async function bundle(options: BuildOptions): Promise<string> {
  const { build } = await loadEsbuild();
  const { outputFiles } = await build({
    ...options,
    // Not that of the first bundling, which is the default.
    absWorkingDir: process.cwd(),
    bundle: true,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*"],
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
