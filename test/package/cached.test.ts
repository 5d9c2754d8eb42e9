/** A file of the command line that runs with the code of an earlier run. */
import { execFile } from "node:child_process";
import { cp, readdir, readFile, writeFile } from "node:fs/promises";
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
function strict() { return this === undefined; }
export { later, load, here, strict, word as said };
`;
const MAIN = `import { enableCompileCache } from "node:module";
enableCompileCache();
const { later, load, here, strict, said } = await import("./chunk-A.js");
console.log(load(said), here, strict(), await later());
`;

const folder = await temporaryFolder();

beforeAll(async () => {
  const imports = [
    { path: "dist/other.js", kind: "import-statement" as const },
    { path: "dist/lazy.js", kind: "dynamic-import" as const },
  ];
  const output = { bytes: 0, inputs: {}, imports, exports: ["later", "load", "here", "strict", "said"] };
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

const SAME = "HELLO chunk-A.js true later\n";

test("it does the same without a cache, and with one", async () => {
  expect(await printed({ NODE_DISABLE_COMPILE_CACHE: "1" })).toBe(SAME);
  expect(await printed()).toBe(SAME);
  expect(await cachedFiles()).toEqual([expect.stringMatching(/ringflow-check-chunk-A\.code\.js$/)]);
  expect(await printed()).toBe(SAME);
});

test("a cache that is damaged is made anew", async () => {
  await printed();
  const [file = ""] = await cachedFiles();
  const whole = await readFile(file);
  // V8 knows that a file is too short, and not that a disk has lost a part of it: that would end the process.
  const damaged = [whole.subarray(0, 2), whole.subarray(0, -1), Buffer.from(whole).fill(0, 200)];
  for (const bytes of damaged) {
    await writeFile(file, bytes);
    expect(await printed()).toBe(SAME);
    expect(await readFile(file)).toHaveLength(whole.length);
    expect(await readFile(file)).not.toEqual(bytes);
  }
});

test("a cache of other code with as many characters is not used", async () => {
  await printed();
  const code = join(folder.path, "chunk-A.code.js");
  const text = await readFile(code, "utf8");
  await writeFile(code, text.replace("toUpperCase", "toLowerCase"));
  expect(await printed()).toBe(SAME.replace("HELLO", "hello"));
  await writeFile(code, text);
});
