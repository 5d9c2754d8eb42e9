/** A file of the command line that runs with the code of an earlier run. */
import { execFile } from "node:child_process";
import { cp, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { cached } from "../../src/release/cached.ts";
import { temporaryFolder } from "../bench/temporary.ts";

const run = promisify(execFile);

const NO_MAP = JSON.stringify({ version: 3, sources: [], names: [], mappings: "" });
const CODE = `import { word } from "./other.js";
const load = (text) => text.toUpperCase();
async function later() { return (await import("./lazy.js")).word; }
const here = import.meta.url.split("/").at(-1);
export { later, load, here, word as said };
`;
const MAIN = `import { enableCompileCache } from "node:module";
enableCompileCache();
const { later, load, here, said } = await import("./chunk-A.js");
console.log(load(said), here, await later());
`;

const folder = await temporaryFolder();

beforeAll(async () => {
  const imports = [
    { path: "dist/other.js", kind: "import-statement" as const },
    { path: "dist/lazy.js", kind: "dynamic-import" as const },
  ];
  const output = { bytes: 0, inputs: {}, imports, exports: ["later", "load", "here", "said"] };
  const { module, name, code } = await cached("chunk-A.js", CODE, NO_MAP, output);
  const files = {
    "chunk-A.js": module,
    [name]: code,
    "other.js": 'export const word = "hello";',
    "lazy.js": 'export const word = "later";',
    "main.js": MAIN,
    "package.json": '{ "type": "module" }',
  };
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder.path, file), text);
  await cp("src/release/run-cached.js", join(folder.path, "run-cached.js"));
  return () => folder[Symbol.asyncDispose]();
});

/** What it prints. */
async function printed(env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { stdout, stderr } = await run(process.execPath, [join(folder.path, "main.js"), "check"], {
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder.path, "cache"), ...env },
  });
  return stdout + stderr;
}

/** The paths of the cached code. */
async function cachedFiles(): Promise<string[]> {
  const all = await readdir(join(folder.path, "cache"), { recursive: true });
  return all.filter((file) => file.includes("ringflow-")).map((file) => join(folder.path, "cache", file));
}

test("it does the same without a cache, with one, and with one that is broken", async () => {
  const same = "HELLO chunk-A.js later\n";
  expect(await printed({ NODE_DISABLE_COMPILE_CACHE: "1" })).toBe(same);
  expect(await printed()).toBe(same);
  const files = await cachedFiles();
  expect(files).toEqual([expect.stringMatching(/ringflow-check-chunk-A\.code\.js$/)]);
  expect(await printed()).toBe(same);
  for (const file of files) await writeFile(file, "broken");
  expect(await printed()).toBe(same);
});
