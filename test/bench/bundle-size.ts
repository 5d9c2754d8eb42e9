/** How large the deployed Worker is, minified and without the Programs, and what it holds. */
import { gzipSync } from "node:zlib";
import { bundleOutgoing } from "../../src/cli/local/bundle.ts";
import type { Figure } from "./figure.ts";
import { temporaryFolder } from "./temporary.ts";
import { type Bundle, bundle } from "./wrangler.ts";

// What a call can do without is in the second module.
const MOST_KB = 26;
const KB = 1000;

/** Measures the bundle. */
export async function measureBundle(): Promise<Figure[]> {
  await using folder = await temporaryFolder();
  const built = await bundle(folder.path, "src/worker/index.ts");
  return [
    {
      name: "minified and gzipped",
      value: gzipSync(built.code).length / KB,
      unit: "kB",
      bound: { atMost: MOST_KB },
    },
    { name: "minified", value: built.code.length / KB, unit: "kB" },
    {
      name: "the second module, gzipped",
      value: gzipSync(await bundleOutgoing()).length / KB,
      unit: "kB",
    },
    ...parts(built),
  ];
}

function parts({ code, sources }: Bundle): Figure[] {
  const bytes = new Map<string, number>();
  for (const [path, length] of sources) bytes.set(partOf(path), (bytes.get(partOf(path)) ?? 0) + length);
  const known = [...sources.values()].reduce((sum, length) => sum + length, 0);
  bytes.set("what joins them", code.length - known);
  const sorted = [...bytes].filter(([, length]) => length > 0).toSorted(([, a], [, b]) => b - a);
  return sorted.map(([part, length]) => ({ name: `minified: ${part}`, value: length / KB, unit: "kB" }));
}

/** A package's name, or one of our own folders. */
function partOf(path: string): string {
  const found = /node_modules\/((?:@[^/]+\/)?[^/]+)|(src\/[^/]+)\//.exec(path);
  return found?.[1] ?? found?.[2] ?? "what wrangler adds";
}
