/**
 * What runs in workerd, bundled with the compatibility that wrangler gives a deploy. The package has both bundles ready, so that
 * nothing is bundled in a user's project.
 */
import { readFile } from "node:fs/promises";
import { isPackaged, ownPath } from "../installation.ts";

/** The module of the Programs, next to the development entry. */
export const PROGRAMS = "programs.txt";

/**
 * The development entry, unminified and without the Programs.
 * @throws Error that says why it cannot be bundled
 */
export function bundleWorker(): Promise<string> {
  return bundled(ownPath("src/dev.ts", "dist/worker/dev.js"), false);
}

/** What the deployed Worker loads when it places calls: wrangler uploads it as a module of its own. */
export function bundleOutgoing(): Promise<string> {
  return bundled(ownPath("src/worker/outgoing.ts", "dist/worker/outgoing.js"), true);
}

async function bundled(entry: string, minify: boolean): Promise<string> {
  if (isPackaged) return readFile(entry, "utf8");
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*"],
    plugins: [
      {
        name: "programs",
        setup: ({ onResolve }) =>
          onResolve({ filter: /\/programs\.txt$/ }, () => ({ path: `./${PROGRAMS}`, external: true })),
      },
    ],
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
