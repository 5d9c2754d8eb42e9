/** Bundles the development entry for workerd, in memory: unminified, with the compatibility that wrangler gives a deploy. */
import { builtinModules } from "node:module";
import { build, type Plugin } from "esbuild";

/** @throws Error that says why it cannot be bundled */
export async function bundleWorker(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ["src/dev.ts"],
    bundle: true,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*"],
    plugins: [nodeModules],
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

/** workerd imports Node's modules, by names with `node:`, but cannot `require` them. */
const nodeModules: Plugin = {
  name: "node-modules",
  setup({ onResolve, onLoad }) {
    const names = new RegExp(`^(node:)?(${builtinModules.join("|")})$`);
    onResolve({ filter: names }, ({ path, kind }) => {
      const name = path.startsWith("node:") ? path : `node:${path}`;
      return kind === "require-call" ? { path: name, namespace: "required" } : { path: name, external: true };
    });
    onLoad({ filter: /.*/, namespace: "required" }, ({ path }) => ({
      contents: `import all from "${path}"; module.exports = all;`,
    }));
  },
};
