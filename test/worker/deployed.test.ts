/**
 * The bundle that a deploy would upload, in a workerd of its own. The runtime forbids code generation there; the
 * pool that other tests run in does not.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Miniflare } from "miniflare";
import { parse } from "smol-toml";
import { afterAll, beforeAll, expect, test } from "vitest";
import { linkIn, type Params, TOKEN, webhook } from "./support.ts";

const config = parse(readFileSync("wrangler.toml", "utf8"));
const GENERATES = `export default { fetch: () => new Response(String(new Function("return 1")())) }`;

let folder: string;
let deployed: Miniflare;
let generating: Miniflare;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ringflow-"));
  deployed = run(bundle());
  generating = run({ "index.js": GENERATES });
  await Promise.all([deployed.ready, generating.ready]);
}, 60_000);

afterAll(async () => {
  await Promise.all([deployed.dispose(), generating.dispose()]);
  rmSync(folder, { recursive: true });
});

/** What `wrangler deploy` would upload, with the tests' Programs in place of compiled flows. */
function bundle(): Record<string, string> {
  const { build: _, assets: _files, alias: usual, ...rest } = config;
  const main = resolve("src/worker/index.ts");
  const programs = join(folder, "programs.js");
  // An alias to the text itself would make it a part of the bundle, which a deploy does not.
  writeFileSync(programs, 'export { default } from "./programs.txt";');
  copyFileSync("test/worker/fixtures/programs.json", join(folder, "programs.txt"));
  const lazy = Object.entries(usual ?? {}).map(([from, to]) => [from, resolve(String(to))]);
  const alias = { ...Object.fromEntries(lazy), "../../.ringflow/programs.txt": programs };
  const path = join(folder, "wrangler.json");
  writeFileSync(path, JSON.stringify({ ...rest, main, alias }));
  const wrangler = resolve("node_modules/wrangler/bin/wrangler.js");
  const out = join(folder, "out");
  const args = [wrangler, "deploy", "--dry-run", "--outdir", out, "--config", path];
  execFileSync(process.execPath, args, {
    env: { ...process.env, WRANGLER_SEND_METRICS: "false" },
    stdio: "pipe",
  });
  const names = readdirSync(out).filter((name) => /\.(js|txt)$/.test(name));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(out, name), "utf8")]));
}

function run(files: Record<string, string>): Miniflare {
  const modules = Object.entries(files).map(([name, contents]) => {
    return [name, { type: name.endsWith(".js") ? ("esm" as const) : ("text" as const), contents }] as const;
  });
  const manifest = { mainModule: "index.js", modules: Object.fromEntries(modules) };
  const env = { CALLS: { type: "kv" as const }, TWILIO_AUTH_TOKEN: { type: "text" as const, value: TOKEN } };
  const compatibilityDate = String(config.compatibility_date);
  return new Miniflare({ workers: [{ config: { name: "worker", compatibilityDate, manifest, env } }] });
}

async function post(path: string, params: Params = {}): Promise<string> {
  const request = webhook(path, params);
  const { method, url } = request;
  const headers = Object.fromEntries(request.headers);
  const response = await deployed.dispatchFetch(url, { method, headers, body: await request.text() });
  expect(response.status).toBe(200);
  return response.text();
}

test("this workerd refuses code generation", async () => {
  expect(await (await generating.dispatchFetch("https://phone.example.com/")).text()).toContain("EvalError");
});

test("the Programs are a text of their own", () => {
  const names = readdirSync(join(folder, "out")).filter((name) => name.endsWith(".txt"));
  expect(names).toEqual([expect.stringMatching(/^[0-9a-f]+-programs\.txt$/)]);
});

test("Node's cryptography is loaded only for a signature that Twilio's own function decides", async () => {
  const code = readFileSync(join(folder, "out", "index.js"), "utf8");
  expect(code).toMatch(/from"node:buffer"/);
  expect(code).not.toMatch(/from"(node:)?(crypto|url|querystring)"/);
  expect(await post("/voice/desk?note='", { Digits: ["1", "2"] })).toContain("<Gather");
});

test("the deployed bundle needs none for a whole call, expressions included", async () => {
  const menu = await post("/voice/desk");
  const account = await post(linkIn(menu), { Digits: "1" });
  const confirm = await post(linkIn(account), { Digits: "4711" });
  expect(await post(linkIn(confirm), { Digits: "1" })).toContain("<Say>Account 4711.</Say><Hangup/>");
});
