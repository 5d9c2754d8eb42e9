/** The phone's page over a started server: its data, its changes, its tests, and who may ask for them. */
import { readFile } from "node:fs/promises";
import { get } from "node:http";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { test as ringflowTest } from "../../src/cli/commands/test.ts";
import { developmentVariables } from "../../src/cli/project/variables.ts";
import type { FlowView } from "../../src/phone/page/contract/flow.ts";
import type { PhoneState } from "../../src/phone/page/contract/state.ts";
import type { TurnView } from "../../src/phone/page/contract/turn.ts";
import { enterFolder, terminal, write } from "./folder.ts";
import { anyPort, PATIENCE, type Started, startRingflow, webhook } from "./started.ts";

const desk = (greeting: string, exit = "hangup"): string => `hours:
  office:
    timezone: America/New_York
    open: { mon-fri: "08:00-18:00" }
steps:
  pin:
    gather:
      prompt: ${greeting}
      choices: { 0000-9999: opening }
      save: pin
      numDigits: 4
      sensitive: true
      otherwise: hangup
  opening:
    branch:
      - when: isOpen("office")
        next: open
      - next: shut
  open: { say: We are open., next: ${exit} }
  shut: { say: We are closed., next: hangup }
`;

let ringflow: Started;
let url = "";
let token = "";

beforeAll(async () => {
  const folder = await enterFolder({ "flows/desk.yaml": desk("Your code, please.") });
  ringflow = await startRingflow(folder, await anyPort());
  url = (await ringflow.hear(/Open (http:\/\/localhost:\d+)\//))[1] ?? "";
  await ringflow.hear(/Ctrl-C stops/);
  token = (await developmentVariables()).TWILIO_AUTH_TOKEN ?? "";
}, PATIENCE);

afterAll(() => ringflow.process.kill("SIGINT"));

async function state(): Promise<PhoneState> {
  return (await fetch(`${url}/phone/state`)).json();
}

/** Asks for later and later states, as the page does, until one has the text in it. */
async function hear(wanted: string, after = 0): Promise<void> {
  const response = await fetch(`${url}/phone/state?after=${after}`);
  if (response.status === 204) return hear(wanted, after);
  const later: PhoneState = await response.json();
  expect(later.revision).toBeGreaterThan(after);
  if (!JSON.stringify(later).includes(wanted)) await hear(wanted, later.revision);
}

/** The flow, as soon as it is as wanted. */
async function deskOnce(wanted: (flow: FlowView) => boolean): Promise<FlowView> {
  return vi.waitFor(
    async () => {
      const flow = (await state()).flows.find(({ name }) => name === "desk");
      if (!flow || !wanted(flow)) throw new Error(`Not yet: ${JSON.stringify(flow)}`);
      return flow;
    },
    { timeout: PATIENCE, interval: 20 },
  );
}

const hasError = ({ findings }: FlowView): boolean => findings.some(({ severity }) => severity === "error");

/** The status of a request with headers that a browser sets by itself. */
function statusWith(headers: Readonly<Record<string, string>>, path = "/phone/state"): Promise<number> {
  return new Promise((resolve, reject) => {
    get(`${url}${path}`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }).on("error", reject);
  });
}

describe("the page's data", () => {
  test("has the flows, what they are made of, and what webhooks are signed with", async () => {
    const flow = await deskOnce(({ graph }) => graph !== undefined);
    expect(await state()).toMatchObject({ token, accountSid: `AC${"0".repeat(32)}` });
    expect(flow).toMatchObject({ file: "flows/desk.yaml", start: "pin" });
    expect(flow.findings.map(({ code }) => code)).toEqual(["same-prompt", "abrupt-end"]);
    expect(flow.version).toMatch(/^[0-9a-f]{10}$/);
    expect(flow.saved).toBe(flow.version);
    expect(flow.steps[0]).toEqual({
      name: "pin",
      kind: "gather",
      role: "asks",
      from: 6,
      to: 13,
      says: "Your code, please.",
      speaks: expect.arrayContaining(["Your code, please."]),
    });
    expect(flow.edges).toContainEqual({
      from: "opening",
      to: "open",
      label: 'isOpen("office")',
      by: "condition",
    });
    expect(flow.variables).toContainEqual({ name: "pin", type: "string", sensitive: true });
    expect(flow.graph?.nodes.map(({ id }) => id)).toContain("open hangup");
  });

  test("is updated after every save, good or broken, with the Worker's version", {
    timeout: PATIENCE,
  }, async () => {
    const before = await deskOnce(() => true);
    await hear("Your code, please.");
    await write({ "flows/desk.yaml": desk("Your code, please.", "nowhere") });
    await hear("unknown-step");
    const broken = await deskOnce(hasError);
    expect(broken.saved).toBeUndefined();
    expect(broken.version).toBe(before.version);
    expect(broken.graph).toEqual(before.graph);
    expect(broken.findings[0]).toMatchObject({ line: 19, step: "open", severity: "error" });
    // A question for what comes later is held until it comes.
    const { revision } = await state();
    const held = fetch(`${url}/phone/state?after=${revision}`);
    await write({ "flows/desk.yaml": desk("The code, please.") });
    expect((await held).status).toBe(200);
    await hear("The code, please.");
    const good = await deskOnce((flow) => flow.version === flow.saved);
    expect(good.version).not.toBe(before.version);
  });
});

describe("a webhook", () => {
  const begin = { AccountSid: "AC1", CallSid: "CA1", From: "+14155550111" };
  const turnOf = (response: Response): TurnView =>
    JSON.parse(decodeURIComponent(response.headers.get("Ringflow-Turn") ?? ""));

  const nextOf = async (response: Response): Promise<string> =>
    url + (/action="([^"]+)"/.exec(await response.text())?.[1]?.replaceAll("&amp;", "&") ?? "");

  test("has the turn in a header of its response, at the page's own time, without sensitive values", async () => {
    const asked = await webhook(`${url}/voice/desk`, begin, token);
    expect(turnOf(asked)).toMatchObject({ flow: "desk", path: ["pin"], next: "pin", language: "en-US" });
    const next = await nextOf(asked);
    const sunday = { "Ringflow-Now": String(Date.parse("2026-11-22T12:00:00-05:00")) };
    const monday = { "Ringflow-Now": String(Date.parse("2026-11-23T12:00:00-05:00")) };
    const entered = { ...begin, Digits: "4711" };
    const shut = await webhook(next, entered, token, sunday);
    expect(turnOf(shut)).toMatchObject({
      path: ["pin", "opening", "shut", "hangup"],
      scopes: [{ flow: "desk", values: { pin: "•••" } }],
      secret: true,
    });
    expect(JSON.stringify(turnOf(shut))).not.toContain("4711");
    expect(turnOf(await webhook(next, entered, token, monday)).path).toContain("open");
    expect((await webhook(next, entered, "another token", monday)).status).toBe(403);
  });

  test("of a call in progress is answered by the version that it began with", {
    timeout: PATIENCE,
  }, async () => {
    const asked = await webhook(`${url}/voice/desk`, begin, token);
    const { version } = turnOf(asked);
    const next = await nextOf(asked);
    await write({ "flows/desk.yaml": desk("Code, please.") });
    await deskOnce((flow) => flow.version === flow.saved && flow.version !== version);
    const answered = turnOf(await webhook(next, { ...begin, Digits: "4711" }, token));
    expect(answered.version).toBe(version);
    expect(turnOf(await webhook(`${url}/voice/desk`, begin, token)).version).not.toBe(version);
  });
});

describe("keeping a call", () => {
  const scenario = {
    name: "a caller with a code, at noon",
    script: [{ hear: "Code" }, { press: "4711" }, { hear: "We are open." }, "end"],
    at: "2026-11-23T12:00:00-05:00",
  };
  const keep = (body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    fetch(`${url}/phone/keep`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", Origin: url, ...headers },
    });

  test("writes a test that passes; the same name gets a number", async () => {
    const first = await keep({ flow: "desk", scenario });
    expect(await first.json()).toEqual({ file: "flows/desk.test.yaml", line: 3, name: scenario.name });
    const second = await keep({ flow: "desk", scenario });
    expect(await second.json()).toMatchObject({ line: 10, name: `${scenario.name} (2)` });
    const { out, read } = terminal();
    expect(await ringflowTest(["flows"], { out })).toBe(0);
    expect(read()).toContain("2 of 2 calls went as written");
  });

  test("reports at once if the call does not go as written", async () => {
    const kept = await keep({
      flow: "desk",
      scenario: { ...scenario, script: [{ hear: "Something else" }] },
    });
    expect(await kept.json()).toMatchObject({ failure: expect.stringContaining("Something else") });
  });

  test("rejects an invalid scenario, and requests from another website, and writes nothing", async () => {
    const before = await readFile("flows/desk.test.yaml", "utf8");
    const odd = await keep({ flow: "desk", scenario: { name: "odd", script: [{ dance: "yes" }] } });
    expect(odd.status).toBe(422);
    expect(await odd.json()).toEqual({ problem: expect.stringContaining("cannot be written as a scenario") });
    const outside = await keep({ flow: "../../desk", scenario });
    expect(outside.status).toBe(422);
    for (const headers of [{ Origin: "https://example.com" }, { "Content-Type": "text/plain" }])
      expect((await keep({ flow: "desk", scenario }, headers)).status).toBe(403);
    expect(await readFile("flows/desk.test.yaml", "utf8")).toBe(before);
  });
});

describe("the page", () => {
  test("is served with a policy that keeps everything at home, and asked for anew only when it changed", async () => {
    const page = await fetch(`${url}/`);
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(page.headers.get("content-security-policy")).toContain("connect-src 'self'");
    const etag = page.headers.get("etag") ?? "";
    expect((await fetch(`${url}/`, { headers: { "If-None-Match": etag } })).status).toBe(304);
  });

  test("is the only view of the calls: wrangler's own page of the local KV is off", async () => {
    for (const path of ["", "/", "/api/storage/kv/namespaces", "/api/local/workers"])
      expect(await statusWith({}, `/cdn-cgi/explorer${path}`)).toBe(404);
  });

  test("and its data are refused under another name, and to other websites", async () => {
    const port = new URL(url).port;
    expect(await statusWith({ Host: `localhost:${port}` })).toBe(200);
    expect(await statusWith({ Host: `127.0.0.1:${port}` })).toBe(200);
    expect(await statusWith({ Host: "attacker.example" })).toBe(403);
    expect(await statusWith({ Host: `localhost.attacker.example:${port}` })).toBe(403);
    expect(await statusWith({ Origin: "https://attacker.example" })).toBe(403);
    expect(await statusWith({ Origin: "null" })).toBe(403);
    expect(await statusWith({ Origin: "http://localhost:1" })).toBe(403);
    expect(await statusWith({ "X-Forwarded-For": "203.0.113.7" })).toBe(403);
    expect(await statusWith({ Via: "1.1 tunnel" })).toBe(403);
    expect(await statusWith({ "X-Real-Ip": "203.0.113.7" })).toBe(403);
    expect(await statusWith({ "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors" })).toBe(403);
    expect(await statusWith({ "Sec-Fetch-Site": "same-origin" })).toBe(200);
    expect(await statusWith({ "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate" }, "/")).toBe(200);
    expect(await statusWith({ Host: "attacker.example" }, "/phone/state?after=1")).toBe(403);
  });
});
