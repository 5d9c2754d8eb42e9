/**
 * `npm run mutate`: changes one token of src/engine, src/worker and src/program at a time, and looks whether a test fails.
 * A random sample of 500 mutants; `--sample` and `--seed` choose another, `--all` takes all, `--only src/worker/http.ts`
 * those of one file or folder, `--tests test/worker` runs the tests of these files alone. Prints each mutant that lives.
 * `--record` writes the figures into docs/benchmarks.md, beside those of other seeds.
 */
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { randomFrom } from "../../src/cli/play/fuzz/random.ts";
import { writePage } from "../bench/page.ts";
import { coverage } from "./cover.ts";
import { mutantsIn } from "./find.ts";
import { hunt } from "./hunt.ts";
import { progressBar } from "./progress.ts";
import { record } from "./record.ts";
import { type Numbered, schemata } from "./schemata.ts";
import { summary } from "./summary.ts";

const SOURCES = "src/{engine,worker,program}/**/*.ts";

const { values } = parseArgs({
  options: {
    sample: { type: "string", default: "500" },
    seed: { type: "string", default: "1" },
    all: { type: "boolean", default: false },
    only: { type: "string" },
    tests: { type: "string", multiple: true, default: [] },
    record: { type: "boolean", default: false },
  },
});

const began = performance.now();
const folder = mkdtempSync(join(tmpdir(), "mutate-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
process.once("SIGINT", () => process.exit(1));

const mutants: Numbered[] = [];
const sources: Record<string, string> = {};
for (const file of globSync(SOURCES).toSorted()) {
  if (file.endsWith(".d.ts")) continue;
  const source = readFileSync(file, "utf8");
  const found = mutantsIn(file, source).map((mutant, index) => ({
    ...mutant,
    id: mutants.length + index + 1,
  }));
  mutants.push(...found);
  const path = join(folder, `${Object.keys(sources).length}.ts`);
  writeFileSync(path, schemata(source, found));
  sources[resolve(file)] = path;
}

const bar = progressBar();
const covered = await coverage(folder, sources, values.tests, (tests) => bar(`${tests} tests run once`));
const chosen = choose(mutants);
const result = await hunt({ folder, sources, chosen, all: mutants, covered, bar });
const figures = summary(chosen, mutants, result);
console.log(figures.text);
const seconds = Math.round((performance.now() - began) / 1000);
console.log(`${seconds} seconds.`);
if (values.record) {
  record({ seed: values.seed, ...figures.counts });
  writePage();
}

function choose(all: readonly Numbered[]): Numbered[] {
  const from = all.filter(({ file }) => values.only === undefined || file.startsWith(values.only));
  if (values.all || values.only !== undefined) return from;
  const { int } = randomFrom(values.seed);
  const drawn = from.map((mutant) => ({ mutant, at: int(0, 2 ** 32) })).toSorted((a, b) => a.at - b.at);
  return drawn
    .slice(0, Number(values.sample))
    .map(({ mutant }) => mutant)
    .toSorted((a, b) => a.id - b.id);
}
