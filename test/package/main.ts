/**
 * `npm run test:package`: the package as its users have it. It is packed and installed in an empty folder, where a project is
 * checked, tested, started, called, type-checked, and bundled for a deploy. It needs npm's registry or its cache, so `npm test`
 * leaves it out.
 */
import assert from "node:assert/strict";
import { access, cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { temporaryFolder } from "../bench/temporary.ts";
import { bundle } from "../bench/wrangler.ts";
import { write } from "../cli/folder.ts";
import { pageFiles } from "../own-kinds-page.ts";
import { installed, type Project, stop } from "./project.ts";

/** By how much the package's Worker can be larger than the repository's, in gzipped bytes. */
const MOST_MORE = 100;

let project: Project;

before(async () => {
  project = await installed();
});

after(() => rm(project.folder, { recursive: true }));

test("the command says its version", async () => {
  const { version } = JSON.parse(await readFile("package.json", "utf8"));
  assert.equal(await project.ringflow("--version"), `${version}\n`);
});

test("a project is created, with a second flow that plays a file; it is checked and tested", async () => {
  assert.match(await project.ringflow("init", "--yes"), /flows\/menu\.yaml/);
  assert.match(await project.ringflow("new", "tune", "--from", "hold-music"), /Wrote flows\/tune\.yaml/);
  assert.match(await project.ringflow("check"), /^2 flows, 2 test files, no findings/);
  assert.match(await project.ringflow("test"), /(\d+) of \1 calls went as written/);
});

test("an upgrade says what is in the changelog, and plays the tests", async () => {
  assert.match(await project.ringflow("upgrade"), /last used with .*no findings.*went as written/s);
});

test("npm create ringflow runs init in a new folder", async () => {
  await cp(".package-create", join(project.folder, "node_modules/create-ringflow"), { recursive: true });
  const printed = await project.node("node_modules/create-ringflow/create.js", "another", "--from", "echo");
  assert.match(printed, /flows\/echo\.yaml.*cd another\n/s);
});

test("the project answers a call, and has the phone in the browser", async () => {
  const started = await project.start();
  const { url } = started;
  try {
    await writeFile(join(project.folder, "keys.txt"), "9\nh\n");
    const called = await project.ringflow("call", "menu", "--url", url, "--script", "keys.txt");
    assert.match(called, /Thank you for calling/);
    assert.match(await (await fetch(url)).text(), /<script.*main\.js/);
    assert.equal((await fetch(`${url}/phone/main.js`)).status, 200);
  } finally {
    await stop(started);
  }
});

test("a deploy uploads a Worker of the same size as the repository's", async () => {
  await using folder = await temporaryFolder();
  const [own, { code }] = await Promise.all([uploaded("out"), bundle(folder.path, "src/worker/index.ts")]);
  const more = gzipSync(own).length - gzipSync(code).length;
  assert.ok(more <= MOST_MORE, `The package's Worker is ${more} bytes larger, gzipped.`);
});

test("the project has a step kind and a function of its own", async () => {
  await write(pageFiles(), project.folder);
  assert.match(await project.ringflow("check"), /no findings/);
  assert.match(await project.ringflow("test"), /(\d+) of \1 calls went as written/);
  const started = await project.start();
  try {
    await writeFile(join(project.folder, "keys.txt"), "79927398713\n1\n");
    const called = await project.ringflow("call", "orders", "--url", started.url, "--script", "keys.txt");
    assert.match(called, /Order 7 9 9 2 7 3 9 8 7 1 3\..*Thank you\./s);
  } finally {
    await stop(started);
  }
  assert.match(String(await uploaded("out-kinds")), /hasCheckDigit/);
});

test("a Worker of the project's own has routes of its own before Ringflow's", async () => {
  await cp("test/package/project", project.folder, { recursive: true });
  // As `npm install hono` would.
  await cp("node_modules/hono", join(project.folder, "node_modules/hono"), { recursive: true });
  const settings = join(project.folder, "wrangler.toml");
  const written = await readFile(settings, "utf8");
  await writeFile(settings, written.replace('".ringflow/worker.js"', '"src/worker.ts"'));
  const code = String(await uploaded("out-own"));
  for (const route of ["/hello", "(voice|sms)"]) assert.ok(code.includes(route), `${route} is missing.`);
});

test("the declarations hold under --strict, without those of Node", async () => {
  await project.node(resolve("node_modules/typescript/bin/tsc"), "-p", ".");
});

test("flows are checked, and calls are played, from code", async () => {
  assert.equal(await project.node("src/flows.ts"), "unknown-step 2 undefined\n");
  assert.match(
    await project.node("src/calls.ts"),
    /^true greet Error: .*error call-differs.*hear: Goodbye, which was not heard/,
  );
});

test("links in the package's docs lead to its own files", async () => {
  const root = join(project.folder, "node_modules/ringflow");
  const files = (await readdir(root, { recursive: true })).filter((name) => name.endsWith(".md"));
  for (const name of files) {
    const text = await readFile(join(root, name), "utf8");
    for (const [, path = ""] of text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g))
      await access(join(root, dirname(name), path));
  }
});

/** The Worker that a deploy would upload. */
async function uploaded(out: string): Promise<Buffer> {
  await project.node("node_modules/wrangler/bin/wrangler.js", "deploy", "--dry-run", "--outdir", out);
  return readFile(join(project.folder, out, "worker.js"));
}
