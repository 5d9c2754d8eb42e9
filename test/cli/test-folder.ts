/** A folder of its own for each test file, with `ringflow test` run in it. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { afterAll } from "vitest";
import { test as runTests } from "../../src/cli/commands/test.ts";

/** Where the flows are; gone when the tests are over. */
export const folder = await mkdtemp(join(tmpdir(), "ringflow-"));
afterAll(() => rm(folder, { recursive: true }));

/** Runs the folder's flows against a test file: the exit code, and what was printed. */
export async function run(
  content: string,
  options: { coverage?: boolean; verbose?: boolean } = {},
): Promise<[number, string]> {
  await writeFile(join(folder, "desk.test.yaml"), content);
  let printed = "";
  const out = new Writable({
    write(chunk, _encoding, done) {
      printed += String(chunk);
      done();
    },
  });
  const code = await runTests([folder], { ...options, out });
  return [code, printed];
}
