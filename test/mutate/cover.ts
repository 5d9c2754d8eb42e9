/** Which tests reach which mutants: every test runs once. Kept until a source or a test changes. */
import { createHash } from "node:crypto";
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./run.ts";

const CACHE = "node_modules/.cache/mutate";

/** A test, and how often it reaches each mutant. */
export interface Covering {
  ms: number;
  hits: readonly (readonly [id: number, hits: number])[];
}

/** What every test reaches. */
export interface Coverage {
  tests: Record<string, Covering>;
  /** By file of tests: the mutants that its loading reaches. */
  outside: Record<string, number[]>;
}

/** The coverage of these files of tests (all, if there are none). */
export async function coverage(
  folder: string,
  sources: Readonly<Record<string, string>>,
  files: readonly string[],
  progress: (tests: number) => void,
): Promise<Coverage> {
  const path = join(CACHE, `${stateOf(files)}.json`);
  try {
    const kept: Coverage = JSON.parse(readFileSync(path, "utf8"));
    return kept;
  } catch {
    // Not covered yet.
  }
  const found: Coverage = { tests: {}, outside: {} };
  let tests = 0;
  await run({
    folder,
    plan: { sources },
    files,
    take: (report) => {
      if (report.is === "outside")
        found.outside[report.file] = [...(found.outside[report.file] ?? []), ...report.ids];
      if (report.is === "reached") {
        found.tests[report.test] = { ms: report.ms, hits: report.hits };
        progress(++tests);
      }
      return false;
    },
  });
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(path, JSON.stringify(found));
  return found;
}

function stateOf(files: readonly string[]): string {
  const hash = createHash("sha256").update(files.join());
  for (const path of globSync(["src/**/*.{ts,tsx}", "test/**/*.ts", "flows/**/*.yaml"]).toSorted())
    hash.update(path).update(readFileSync(path));
  return hash.digest("hex").slice(0, 16);
}
