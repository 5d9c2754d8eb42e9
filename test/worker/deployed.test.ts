/** The bundle that a deploy would upload, in workerd, the runtime that it is deployed to. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Miniflare } from "miniflare";
import { parse } from "smol-toml";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { bundleOutgoing } from "../../src/cli/local/bundle.ts";
import { nodeCipher } from "../../src/cli/play/node-cipher.ts";
import type { Program } from "../../src/program/program.ts";
import { linkerOf } from "../../src/worker/recording-key.ts";
import { sealRow } from "../../src/worker/sealed-row.ts";
import { programOf } from "../flow/support.ts";
import { ACCOUNT, CALLER, fixtures, linkIn, type Params, TOKEN, webhook } from "./support.ts";
import { SURVEY, textsIn } from "./texting.ts";

const config = parse(readFileSync("wrangler.toml", "utf8"));
const GENERATES = `export default { async fetch() {
  try { return new Response(String(new Function("return 1")())) } catch (error) { return new Response(String(error)) }
} }`;
const GENERATING = {
  mainModule: "index.js",
  modules: { "index.js": { type: "esm" as const, contents: GENERATES } },
};

const QUEUE = "ringflow-calls";

/** The recordings, the calls and the messages of conversations of Twilio's API, which has nothing else here. */
const asked: string[] = [];
const texted: string[] = [];
let calls = 0;
// No connection is used again: one that this side has just closed would fail a request.
const twilio = createServer(({ url = "", headers }, response) => {
  asked.push(url);
  if (url.endsWith("/Calls.json")) {
    const json = JSON.stringify({
      sid: `CA${++calls}`,
      status: "queued",
      date_created: new Date().toUTCString(),
    });
    return void response
      .writeHead(201, { "Content-Type": "application/json", Connection: "close" })
      .end(json);
  }
  const key = String(headers["idempotency-key"]);
  if (key.startsWith("SM")) {
    texted.push(key);
    return void response
      .writeHead(201, { "Content-Type": "application/json", Connection: "close" })
      .end("{}");
  }
  if (!url.includes("/Recordings")) return void response.destroy();
  const isAllowed = headers.authorization === `Basic ${btoa(`${ACCOUNT}:${TOKEN}`)}`;
  response
    .writeHead(isAllowed ? 200 : 401, { "Content-Type": "audio/mpeg", Connection: "close" })
    .end(`the sound of ${url}`);
});

let folder: string;
let files: Record<string, string>;
let deployed: Miniflare;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ringflow-"));
  mkdirSync(join(folder, "modules"));
  writeFileSync(join(folder, "modules/outgoing.js"), await bundleOutgoing());
  await new Promise<void>((begun) => twilio.listen(0, "127.0.0.1", begun));
  files = bundle();
  deployed = run(files);
  await deployed.ready;
}, 60_000);

afterAll(async () => {
  await deployed.dispose();
  twilio.close();
  rmSync(folder, { recursive: true });
});

/** What `wrangler deploy` would upload, with the tests' Programs in place of compiled flows. */
function bundle(): Record<string, string> {
  const { build: _, assets: _files, ...rest } = config;
  const main = resolve("src/worker/index.ts");
  const programs = join(folder, "programs.js");
  // An alias to the text itself would make it a part of the bundle, which a deploy does not.
  writeFileSync(programs, 'export { default } from "./programs.txt";');
  const callable = fixtures.map((one) => ({ ...one, allow: "\\+1\\d{10}" }));
  writeFileSync(
    join(folder, "programs.txt"),
    JSON.stringify([...callable, survey("survey", 1800), survey("hurry", 2)]),
  );
  const alias = { "../../.ringflow/programs.txt": programs };
  const path = join(folder, "wrangler.json");
  writeFileSync(path, JSON.stringify({ ...rest, main, alias, base_dir: join(folder, "modules") }));
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

/** Asks for a language, and waits so many seconds for it. */
function survey(name: string, timeout: number): Program {
  const flow = SURVEY.replace("next: tell", "next: return").replace(/ {2}tell:[\s\S]*(?= {2}closed:)/, "");
  const { steps, ...program } = programOf(flow, `flows/${name}.yaml`);
  const { language, ...others } = steps;
  if (!language?.asks) throw new Error("the step does not ask");
  const asks = { ...language.asks, timeout };
  return { ...program, steps: { ...others, language: { ...language, asks } } };
}

/** The Worker, and one that generates code. */
function run(files: Record<string, string>): Miniflare {
  const modules = Object.entries(files).map(([name, contents]) => {
    return [name, { type: name.endsWith(".js") ? ("esm" as const) : ("text" as const), contents }] as const;
  });
  const manifest = { mainModule: "index.js", modules: Object.fromEntries(modules) };
  const env = {
    CALLS: { type: "kv" as const },
    TWILIO_AUTH_TOKEN: { type: "text" as const, value: TOKEN },
    BILLING_NUMBER: { type: "text" as const, value: "+14155550199" },
    CALLS_TOKEN: { type: "text" as const, value: "calls" },
    TWILIO_ACCOUNT_SID: { type: "text" as const, value: ACCOUNT },
    TWILIO_API_URL: { type: "text" as const, value: apiUrl() },
    RECORDINGS_KEEP: { type: "text" as const, value: "30d" },
    OUTBOUND: { type: "durable-object" as const, worker: "worker", exportName: "Outbound" },
    CONVERSATIONS: { type: "durable-object" as const, worker: "worker", exportName: "Conversations" },
    CALLS_PER_DAY: { type: "text" as const, value: "3" },
    CALLS_QUEUE: { type: "queue" as const, name: QUEUE },
  };
  const triggers = [{ type: "queue" as const, name: QUEUE, maxBatchSize: 10, maxBatchTimeout: 0.1 }];
  const object = { type: "durable-object" as const, storage: "sqlite" as const };
  const exports = { Outbound: object, Conversations: object };
  const compatibilityDate = String(config.compatibility_date);
  return new Miniflare({
    resourcePersistencePath: join(folder, "state"),
    workers: [
      { config: { name: "worker", compatibilityDate, manifest, env, exports, triggers } },
      { config: { name: "generating", compatibilityDate, manifest: GENERATING } },
    ],
  });
}

function apiUrl(): string {
  const address = twilio.address();
  return typeof address === "object" && address ? `http://127.0.0.1:${address.port}` : "";
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
  const generating = await deployed.getWorker("generating");
  const response = await generating.fetch("https://phone.example.com/");
  expect(await response.text()).toContain("EvalError");
});

test("the Programs are a text of their own", () => {
  const names = readdirSync(join(folder, "out")).filter((name) => name.endsWith(".txt"));
  expect(names).toEqual([expect.stringMatching(/^[0-9a-f]+-programs\.txt$/)]);
});

test("nothing of Node's is loaded, but for its querystring: for a signature over another form of the URL", async () => {
  const code = readFileSync(join(folder, "out", "index.js"), "utf8");
  expect([...code.matchAll(/from"([^"]+)"/g)].map(([, name]) => name)).toEqual([
    expect.stringMatching(/programs\.txt$/),
    "cloudflare:workers",
  ]);
  expect(await post("/voice/desk?note='", { Digits: ["1", "2"] })).toContain("<Gather");
});

test("the deployed bundle needs none for a whole call, expressions included", async () => {
  const menu = await post("/voice/desk");
  const account = await post(linkIn(menu), { Digits: "1" });
  const confirm = await post(linkIn(account), { Digits: "4711" });
  expect(await post(linkIn(confirm), { Digits: "1" })).toContain("<Say>Account 4711.</Say><Hangup/>");
});

test("a state that is too large for its ticket comes back from KV", async () => {
  const said = "and then ".repeat(250).trim();
  const story = await post(linkIn(await post("/voice/desk")), { Digits: "3" });
  const applause = linkIn(await post(linkIn(story), { SpeechResult: said }));
  expect(applause).toBe("/voice/desk/3f9c1a2b7d/applause/answered/3");
  const store = await deployed.getKVNamespace("CALLS");
  expect(await store.get(`call:${CALLER}:3`)).toContain(`${applause}?t=`);
  expect(await post(applause, { Digits: "1" })).toContain(`You said ${said}.`);
});

test("a variable of the Worker fills its hole in a flow", async () => {
  expect(await post(linkIn(await post("/voice/desk")), { Digits: "2" })).toContain("+14155550199</Number>");
});

test("a forged webhook is refused", async () => {
  const forged = webhook("/voice/desk", {}, "not the token");
  const init = { method: "POST", headers: Object.fromEntries(forged.headers), body: await forged.text() };
  expect((await deployed.dispatchFetch(forged.url, init)).status).toBe(403);
});

test("a byte order mark before a signed body is refused: it is not what was signed", async () => {
  const signed = webhook("/voice/desk");
  const { url, method, headers } = signed;
  const [sid, ...others] = (await signed.text()).split("&");
  const body = `\ufeff${[...others, sid].join("&")}`;
  const init = { method, headers: Object.fromEntries(headers), body };
  expect((await deployed.dispatchFetch(url, init)).status).toBe(403);
});

test("/health answers without a signature, and names no flow", async () => {
  const response = await deployed.dispatchFetch("https://phone.example.com/health");
  expect(await response.json()).toEqual({ status: "ok" });
});

test("what places calls is a module of its own, loaded when it is needed", async () => {
  const [main, outgoing] = ["index.js", "outgoing.js"].map((name) =>
    readFileSync(join(folder, "out", name), "utf8"),
  );
  expect([main, outgoing].map((code) => code?.includes("Idempotency-Key` of your own"))).toEqual([
    false,
    true,
  ]);
  const response = await deployed.dispatchFetch("https://phone.example.com/calls/desk", { method: "POST" });
  expect([response.status, await response.text()]).toEqual([401, expect.stringContaining("CALLS_TOKEN")]);
});

test("a key is written down in the Durable Object's database, whatever Twilio answers", async () => {
  const send = async (body: string): Promise<string> => {
    const headers = { Authorization: "Bearer calls", "Idempotency-Key": "a" };
    const text = JSON.stringify({ to: "+14155550111", from: "+14155550100", body });
    const url = "https://phone.example.com/messages";
    const response = await deployed.dispatchFetch(url, { method: "POST", headers, body: text });
    return `${response.status} ${await response.text()}`;
  };
  expect(await send("Hello.")).toMatch(/^502 .*"unknown"/);
  expect(await send("Hello.")).toMatch(/^409 .*"in-progress"/);
  expect(await send("Hello again.")).toMatch(/^409 .*"other-body"/);
});

test("a link to a recording plays it, and no other", async () => {
  const recording = `/2010-04-01/Accounts/${ACCOUNT}/Recordings/RE${"1".repeat(32)}`;
  const link = linkerOf([TOKEN], "https://phone.example.com", Date.now())(recording, "1m");
  const played = await deployed.dispatchFetch(link);
  expect([played.status, await played.text()]).toEqual([200, `the sound of ${recording}.mp3`]);
  expect((await deployed.dispatchFetch(link.replace("RE1", "RE2"))).status).toBe(403);
});

test("the cron trigger asks for the recordings that are too old", async () => {
  const worker = await deployed.getWorker();
  expect(await worker.scheduled({ cron: "17 * * * *" })).toMatchObject({ outcome: "ok" });
  expect(asked.at(-1)).toMatch(/\/Recordings\.json\?DateCreated%3C=20\d\d-/);
});

/** Sends a text message without a cookie, and returns the text of the reply. */
async function text(sid: string, Body: string, flow = "survey"): Promise<string> {
  const message = { MessageSid: sid, CallSid: [], CallStatus: [], Direction: [], Body };
  return textsIn(await post(`/sms/${flow}`, message));
}

test("messages of a conversation that arrive at once are answered one after the other", async () => {
  const sids = ["SM10", "SM11", "SM12"];
  const replies = await Promise.all(sids.map((sid) => text(sid, sid)));
  expect(replies.toSorted()).toEqual([
    "EN or DE?",
    expect.stringMatching(/^SM1\d speaks SM1\d \(1\)\.$/),
    "Your name?",
  ]);
});

test("the alarm of a conversation runs its time-out, which sends a message", async () => {
  expect(await text("SM20", "Hi", "hurry")).toBe("EN or DE?");
  await vi.waitFor(() => expect(texted).toEqual(["SM20-2-closed-1"]), { timeout: 20_000, interval: 200 });
  expect(await text("SM21", "DE", "hurry")).toBe("EN or DE?");
});

/** Asks for a list, or hands rows over. */
async function list(method: string, query = "", body?: object): Promise<unknown> {
  const headers = { Authorization: "Bearer calls" };
  const url = `https://phone.example.com/calls/desk/list${query}`;
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  return (await deployed.dispatchFetch(url, init)).json();
}

const rowsOf = (...keys: string[]) => keys.map((key, index) => ({ key, to: `+1415555011${index}` }));
const LIST = { list: "l", from: "+14155550100" };

async function counted(counts: object): Promise<void> {
  const settled = async () => expect(await list("GET", "?list=l")).toMatchObject({ counts });
  await vi.waitFor(settled, { timeout: 20_000, interval: 200 });
}

test("rows of a list go through the queue, once each, and the Durable Object knows what became of them", async () => {
  const all = { ...LIST, calls: rowsOf("a", "b") };
  expect(await list("POST", "", all)).toEqual({ queued: 2, known: 0, refused: [] });
  expect(await list("POST", "", all)).toEqual({ queued: 0, known: 2, refused: [] });
  await counted({ placed: 2, waiting: 0 });
  expect(calls).toBe(2);
});

test("a row that is delivered three times at once is called once", async () => {
  const worker = await deployed.getWorker();
  const [{ to } = { to: "" }] = rowsOf("c");
  const row = { base: "https://phone.example.com", body: { to, from: LIST.from }, hours: "", zone: "" };
  const sealed = await sealRow({ secrets: [TOKEN], cipher: nodeCipher }, "desk", "c", row);
  const body = { flow: "desk", list: "l", key: "c", sealed };
  const messages = ["1", "2", "3"].map((id) => ({ id, timestamp: new Date(), attempts: 1, body }));
  const { explicitAcks, retryMessages } = await worker.queue(QUEUE, messages);
  // One who comes while the call is placed comes again.
  expect(explicitAcks.length + retryMessages.length).toBe(3);
  await counted({ placed: 3, waiting: 0 });
  expect(calls).toBe(3);
});

test("a Worker that is started anew knows the rows that wait and the conversations, without a cookie", async () => {
  // The rows are outside the hours or the limits.
  const soon = new Date(Date.now() + 2 * 3_600_000).toISOString().slice(11, 13);
  const hours = soon === "23" || soon === "00" || soon === "01" ? "05:00-06:00" : `${soon}:00-${soon}:59`;
  const later = rowsOf("d").map((row) => ({ ...row, zone: "UTC" }));
  expect(await list("POST", "", { ...LIST, hours, calls: later })).toMatchObject({ queued: 1 });
  // CALLS_PER_DAY is 3.
  expect(await list("POST", "", { ...LIST, calls: rowsOf("e") })).toMatchObject({ queued: 1 });
  await counted({ placed: 3, waiting: 2 });
  expect(await text("SM30", "Hi")).toBe("EN or DE?");
  expect(await text("SM31", "DE")).toBe("Your name?");
  await deployed.dispose();
  deployed = run(files);
  expect(await text("SM31", "DE")).toBe("Your name?");
  expect(await text("SM32", "Ada")).toBe("Ada speaks DE (2).");
  expect(await list("POST", "", { ...LIST, calls: rowsOf("a", "b", "c", "d", "e") })).toMatchObject({
    known: 5,
  });
  await counted({ placed: 3, waiting: 2 });
  expect(calls).toBe(3);
});

test("what the queue delivers that is no row is logged and left", async () => {
  const worker = await deployed.getWorker();
  const messages = [{ id: "1", timestamp: new Date(), attempts: 1, body: { to: "+14155550111" } }];
  expect(await worker.queue(QUEUE, messages)).toMatchObject({ outcome: "ok", explicitAcks: ["1"] });
});
