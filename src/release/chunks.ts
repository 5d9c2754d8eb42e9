/** How the command line's code is cut into files: a command that starts with few and large ones answers sooner. */
import { readFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { dirname, extname, relative, resolve } from "node:path";
import type { Loader, Metafile, Plugin } from "esbuild";

/**
 * Modules whose code, with all that it imports, is one layer. esbuild makes a file of the modules that the same entries
 * import, so that `check` alone would load some sixty; here a module that needs most of a layer imports all of it. A layer has
 * what those before it have not.
 */
const LAYERS = [
  "src/cli/main.ts",
  "src/cli/commands/call.ts",
  "src/cli/commands/check.ts",
  "src/cli/commands/test.ts",
] as const;

/** The first module of all. */
const ENTRY = "src/cli/ringflow.js";

/**
 * Makes every module that needs most of a layer, or is loaded only after it, import the whole layer.
 * @param inputs what the bundle is made of, as esbuild lists it
 */
export function inLayers(inputs: Metafile["inputs"]): Plugin {
  const added = layersOf(inputs);
  return {
    name: "layers",
    setup(build) {
      build.onLoad({ filter: /\.(?:ts|js)$/ }, async ({ path }) => {
        const layers = added.get(relative(".", path).replaceAll("\\", "/"));
        if (!layers) return undefined;
        const imports = layers.map((layer) => `import ${JSON.stringify(resolve(layer))};`);
        const contents = [await readFile(path, "utf8"), ...imports].join("\n");
        return { contents, loader: loaderOf(path), resolveDir: dirname(path) };
      });
    },
  };
}

function loaderOf(path: string): Loader {
  return extname(path) === ".ts" ? "ts" : "js";
}

/** The layers that modules import whole, by the module's path. */
function layersOf(inputs: Metafile["inputs"]): Map<string, string[]> {
  const lazy = new Set(Object.keys(inputs).flatMap((path) => importsOf(inputs, path, "dynamic-import")));
  const added = new Map<string, string[]>();
  let below = new Set<string>();
  for (const layer of LAYERS) {
    const whole = loadedWith(inputs, layer);
    const own = [...whole].filter((one) => !below.has(one));
    below = new Set([...below, ...whole]);
    const needs = (path: string): boolean => {
      const loaded = loadedWith(inputs, path);
      return own.filter((one) => loaded.has(one)).length > own.length / 2;
    };
    const early = loadedBefore(inputs, needs);
    for (const path of lazy)
      if (path !== layer && !early.has(path)) added.set(path, [...(added.get(path) ?? []), layer]);
  }
  return added;
}

/** Every module that a command can load without having loaded one that needs the layer. */
function loadedBefore(inputs: Metafile["inputs"], needs: (path: string) => boolean): Set<string> {
  const early = new Set<string>();
  const visit = (path: string): void => {
    if (early.has(path) || needs(path)) return;
    early.add(path);
    for (const one of loadedWith(inputs, path)) importsOf(inputs, one, "dynamic-import").forEach(visit);
  };
  visit(ENTRY);
  return early;
}

/** A module, and all that is loaded with it at once. */
function loadedWith(inputs: Metafile["inputs"], path: string): Set<string> {
  const loaded = new Set<string>();
  const visit = (one: string): void => {
    if (loaded.has(one)) return;
    loaded.add(one);
    for (const kind of ["import-statement", "require-call"]) importsOf(inputs, one, kind).forEach(visit);
  };
  visit(path);
  return loaded;
}

function importsOf(inputs: Metafile["inputs"], path: string, kind: string): string[] {
  const imports = inputs[path]?.imports ?? [];
  return imports.filter((one) => one.kind === kind && !one.external).map((one) => one.path);
}

/**
 * Gets Node's own modules without `import`, which makes a module of each with all its properties: for `process` alone that
 * opens the three streams of the terminal, and takes 10 ms.
 */
export const builtinsDirectly: Plugin = {
  name: "builtins-directly",
  setup(build) {
    build.onResolve({ filter: /^(?:node:)?[\w/]+$/ }, ({ path, kind, importer }) =>
      // An older Node has no `getBuiltinModule`, and the entry says so.
      isBuiltin(path) && kind !== "dynamic-import" && importer !== resolve(ENTRY)
        ? { path, namespace: "builtin" }
        : undefined,
    );
    build.onLoad({ filter: /./, namespace: "builtin" }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
    }));
  },
};
