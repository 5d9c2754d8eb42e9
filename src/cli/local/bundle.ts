/** Bundles the development entry for workerd, in memory: unminified, with the compatibility that wrangler gives a deploy. */
import { build } from "esbuild";

/** @throws Error that says why it cannot be bundled */
export async function bundleWorker(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ["src/dev.ts"],
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
