/** Bundles for workerd, with the compatibility that wrangler gives a deploy. */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/**
 * The development entry, unminified.
 * @throws Error that says why it cannot be bundled
 */
export function bundleWorker(): Promise<string> {
  return bundle("src/dev.ts", false);
}

/** What the deployed Worker loads when it places calls: wrangler uploads it as a module of its own. */
export function bundleOutgoing(): Promise<string> {
  return bundle(fileURLToPath(new URL("../../worker/outgoing.ts", import.meta.url)), true);
}

async function bundle(entry: string, minify: boolean): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*"],
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
