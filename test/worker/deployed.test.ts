/**
 * The bundle that a deploy would upload, in a workerd of its own. The runtime forbids code generation there; the
 * pool that other tests run in does not.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
  generating = run(GENERATES);
  await Promise.all([deployed.ready, generating.ready]);
}, 60_000);

afterAll(async () => {
  await Promise.all([deployed.dispose(), generating.dispose()]);
  rmSync(folder, { recursive: true });
});

/** What `wrangler deploy` would upload, with the tests' Programs in place of compiled flows. */
function bundle(): string {
  const { build: _, assets: _files, ...rest } = config;
  const main = resolve("src/worker/index.ts");
  const alias = { "../../.ringflow/programs.json": resolve("test/worker/fixtures/programs.json") };
  const path = join(folder, "wrangler.json");
  writeFileSync(path, JSON.stringify({ ...rest, main, alias }));
  const wrangler = resolve("node_modules/wrangler/bin/wrangler.js");
  const args = [wrangler, "deploy", "--dry-run", "--outdir", join(folder, "out"), "--config", path];
  execFileSync(process.execPath, args, {
    env: { ...process.env, WRANGLER_SEND_METRICS: "false" },
    stdio: "pipe",
  });
  return readFileSync(join(folder, "out", "index.js"), "utf8");
}

function run(contents: string): Miniflare {
  const manifest = { mainModule: "index.js", modules: { "index.js": { type: "esm" as const, contents } } };
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

test("the deployed bundle needs none for a whole call, expressions included", async () => {
  const menu = await post("/voice/desk");
  const account = await post(linkIn(menu), { Digits: "1" });
  const confirm = await post(linkIn(account), { Digits: "4711" });
  expect(await post(linkIn(confirm), { Digits: "1" })).toContain("<Say>Account 4711.</Say><Hangup/>");
});
