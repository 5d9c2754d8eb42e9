/** A folder of its own for the tests of a file or of a block, with `ringflow test` run in it. */
import { mkdtempSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { afterAll } from "vitest";
import { test as runTests, type TestOptions } from "../../src/cli/commands/test.ts";

/** Makes a folder for flows, which is removed when the file's tests are over, and what runs tests in it. */
export function testFolder() {
  const folder = mkdtempSync(join(tmpdir(), "ringflow-"));
  afterAll(() => rm(folder, { recursive: true }));
  const run = (content: string, options: Parameters<typeof runIn>[2] = {}) => runIn(folder, content, options);
  return { folder, run };
}

/** Runs the folder's flows against a test file: the exit code, and what was printed. */
async function runIn(
  folder: string,
  content: string,
  options: Omit<TestOptions, "out">,
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
