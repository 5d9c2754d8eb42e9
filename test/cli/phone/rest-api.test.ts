/** Development's own Twilio: with both clients, against Twilio's contract if it is here. */
import { once } from "node:events";
import { createServer } from "node:http";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openAccount } from "../../../src/cli/account/open.ts";
import { placedCalls } from "../../../src/cli/phone/placed-calls.ts";
import { type Phone, startPhone } from "../../../src/cli/phone/start.ts";
import { buildHere } from "../../../src/cli/project/project.ts";
import { NO_ACCOUNT } from "../../../src/dev/page-server.ts";
import { create, list, redirectCall } from "../../../src/worker/twilio.ts";
import { hasContract, readContract } from "../../account/contract.ts";
import { QUICK } from "../../account/support.ts";
import { enterFolder, saying, write } from "../folder.ts";

const TOKEN = "the-token-of-development";
const between = { To: "+14155550111", From: "+14155550100" };
const form = { ...between, Url: "http://localhost:8787/voice/desk?t=x" };
const web = { fetch: (url: string, init: RequestInit) => fetch(url, init), privateHosts: [] };

let phone: Phone;
let url: string;
let account: Parameters<typeof create>[1];
/** The Worker: what came to it. */
let webhooks: { path: string; form: URLSearchParams; headers: NodeJS.Dict<string | string[]> }[];
const worker = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const form = new URLSearchParams(Buffer.concat(chunks).toString());
  webhooks.push({ path: request.url ?? "", form, headers: request.headers });
  response.writeHead(204).end();
});
const say = vi.fn<(line: string) => void>();

beforeEach(async () => {
  webhooks = [];
  worker.listen(0, "127.0.0.1");
  await once(worker, "listening");
  const address = worker.address();
  await enterFolder({ "flows/desk.yaml": saying("Hello."), ".dev.vars": `TWILIO_AUTH_TOKEN=${TOKEN}\n` });
  const at = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  phone = await startPhone(await buildHere(), at, say);
  url = `http://127.0.0.1:${phone.server.port}`;
  account = { sid: NO_ACCOUNT, user: { sid: NO_ACCOUNT, secret: TOKEN }, api: url };
});
afterEach(async () => {
  await phone.close();
  worker.closeAllConnections();
  await new Promise((closed) => worker.close(closed));
});

async function place(more: object = {}): Promise<string> {
  const placed = await create(web, account, "Calls", { ...form, ...more });
  if (!("created" in placed)) throw new Error(placed.message);
  expect(placed.status).toBe("queued");
  return placed.sid;
}

/** A report of the page. */
function report(sid: string, status: string, headers = {}): Promise<Response> {
  return fetch(`${url}/phone/calls`, {
    method: "POST",
    headers: {
      "Ringflow-Key": phone.server.key,
      "Content-Type": "application/json",
      Origin: "http://localhost:8787",
      ...headers,
    },
    body: JSON.stringify({ sid, status }),
  });
}

const shown = () => phone.state.now().placed;

describe("the Worker's client", () => {
  test("places a call, which rings on the page and is announced in the terminal", async () => {
    const sid = await place({
      MachineDetection: "Enable",
      StatusCallback: "https://tunnel.example/status/desk?t=x",
    });
    expect(shown()).toEqual([
      {
        sid,
        from: "+14155550100",
        to: "+14155550111",
        flow: "desk",
        url: "/voice/desk?t=x",
        statusUrl: "/status/desk?t=x",
        isDetected: true,
        rings: { since: expect.any(Number), seconds: 60 },
        moves: [],
      },
    ]);
    expect(say).toHaveBeenCalledWith(
      expect.stringMatching(/^desk calls \+14155550111 from \+14155550100\. Answer at http:/),
    );
    expect(await list(web, account, "Calls", between)).toMatchObject([{ sid, status: "ringing" }]);
    expect(await list(web, account, "Calls", { ...between, To: "+14155550112" })).toEqual([]);
  });

  test("moves a call once it is answered, and not while it rings or after its end", async () => {
    const sid = await place();
    const to = "http://localhost:8787/voice/desk?t=y";
    expect(await redirectCall(web, account, sid, to)).toMatchObject({ code: 21220 });
    expect((await report(sid, "in-progress")).status).toBe(200);
    expect(await redirectCall(web, account, sid, to)).toBeUndefined();
    expect(shown()).toMatchObject([{ sid, moves: ["/voice/desk?t=y"] }]);
    expect(shown()?.[0]).not.toHaveProperty("rings");
    await report(sid, "completed");
    expect(await redirectCall(web, account, sid, to)).toMatchObject({ code: 21220 });
    expect(shown()).toBeUndefined();
  });

  test.each([
    [{ To: "" }, 21201],
    [{ To: "0111" }, 21211],
    [{ From: "desk" }, 21212],
    [{ Url: "desk" }, 21205],
    [{ StatusCallback: "/status" }, 21205],
  ])("is refused as by Twilio: %j", async (wrong, code) => {
    expect(await create(web, account, "Calls", { ...form, ...wrong })).toMatchObject({ status: "400", code });
  });

  test("needs the token of development", async () => {
    const stranger = { ...account, user: { sid: NO_ACCOUNT, secret: "another" } };
    expect(await create(web, stranger, "Calls", form)).toMatchObject({ status: "401", code: 20003 });
    const missing = { ...account, user: { sid: NO_ACCOUNT, secret: "" } };
    expect(await create(web, missing, "Calls", form)).toMatchObject({ status: "401", code: 20003 });
    expect(shown()).toBeUndefined();
  });

  test("sends a message, which is only printed", async () => {
    const message = { ...between, Body: "See\nyou." };
    expect(await create(web, account, "Messages", message)).toMatchObject({ status: "queued" });
    expect(say).toHaveBeenCalledWith("would text +14155550111: See you.");
    expect(await list(web, account, "Messages", between)).toHaveLength(1);
  });
});

describe("the command line's client", () => {
  beforeEach(() =>
    write({
      ".dev.vars": `TWILIO_ACCOUNT_SID=${NO_ACCOUNT}\nTWILIO_AUTH_TOKEN=${TOKEN}\nTWILIO_API_URL=${url}\n`,
    }),
  );

  test("lists calls in progress, and ends one", async () => {
    const opened = await openAccount(QUICK);
    const [first, second] = [await place(), await place()];
    await report(first, "in-progress");
    expect((await opened.calls(["in-progress"], 20)).map(({ sid }) => sid)).toEqual([first]);
    expect((await opened.calls([], 20)).map(({ sid }) => sid).sort()).toEqual([first, second].sort());
    expect((await opened.endCall(first)).status).toBe("completed");
    await expect(opened.endCall(first)).rejects.toThrow("Twilio 21220");
    await expect(opened.call(`CA${"0".repeat(32)}`)).rejects.toThrow("Twilio 20404");
  });

  test("sends a message", async () => {
    const opened = await openAccount(QUICK);
    const message = { to: "+14155550111", from: "+14155550100", body: "Hello." };
    const sent = await opened.sendMessage(message);
    expect(sent).toMatchObject({ ...message, status: "queued" });
    expect(await opened.messages({ to: message.to }, 20)).toEqual([sent]);
  });
});

describe("a call that nobody answers", () => {
  test("which is ended while it rings, is reported to the Worker as canceled", async () => {
    const sid = await place({ StatusCallback: "https://tunnel.example/status/desk?t=x" });
    const path = `Accounts/${NO_ACCOUNT}/Calls/${sid}.json`;
    const headers = { Authorization: `Basic ${btoa(`${NO_ACCOUNT}:${TOKEN}`)}` };
    const body = new URLSearchParams({ Status: "canceled" });
    await fetch(`${url}/2010-04-01/${path}`, { method: "POST", headers, body });
    await vi.waitFor(() => expect(webhooks).toHaveLength(1), 5000);
    const [webhook] = webhooks;
    expect(webhook?.path).toBe("/status/desk?t=x");
    expect(Object.fromEntries(webhook?.form ?? [])).toMatchObject({
      CallSid: sid,
      CallStatus: "canceled",
      Direction: "outbound-api",
    });
    expect(webhook?.headers).toMatchObject({
      "x-twilio-signature": expect.stringMatching(/=$/),
      "ringflow-now": expect.stringMatching(/^\d+$/),
    });
  });

  test("is a no-answer after its time, unless a page has reported it", () => {
    vi.useFakeTimers();
    const unanswered = vi.fn();
    const calls = placedCalls({ changed: () => undefined, unanswered });
    const first = calls.place(NO_ACCOUNT, { ...form, Timeout: "20" });
    const second = calls.place(NO_ACCOUNT, { ...form, Timeout: "20" });
    expect(calls.report({ sid: second.sid, status: "busy" })).toBe(true);
    vi.advanceTimersByTime(20_000);
    expect(unanswered).not.toHaveBeenCalled();
    vi.advanceTimersByTime(3000);
    expect(unanswered.mock.calls).toEqual([[first, "no-answer"]]);
    expect(calls.report({ sid: first.sid, status: "in-progress" })).toBe(false);
    vi.useRealTimers();
  });
});

describe("a report of the page", () => {
  test("counts once: another page was faster", async () => {
    const sid = await place();
    expect((await report(sid, "in-progress")).status).toBe(200);
    expect((await report(sid, "busy")).status).toBe(409);
    expect((await report(`CA${"0".repeat(32)}`, "busy")).status).toBe(409);
    expect((await report(sid, "ringing")).status).toBe(400);
  });

  test("comes from the page alone", async () => {
    const sid = await place();
    expect((await report(sid, "busy", { "Ringflow-Key": "another" })).status).toBe(403);
    expect((await report(sid, "busy", { "Content-Type": "text/plain" })).status).toBe(403);
    expect(shown()).toHaveLength(1);
  });
});

describe.runIf(hasContract)("Twilio's contract", () => {
  test.each([
    ["GET", "Calls"],
    ["POST", "Calls"],
    ["GET", "Calls/<sid>"],
    ["POST", "Calls/<sid>"],
    ["GET", "Messages"],
    ["POST", "Messages"],
  ])("holds for the answer to %s %s", async (method, resource) => {
    const sid = await place();
    await report(sid, "in-progress");
    await create(web, account, "Messages", { ...between, Body: "Hello." });
    const path = `/2010-04-01/Accounts/${NO_ACCOUNT}/${resource.replace("<sid>", sid)}.json`;
    const contract = readContract().find((one) => one.method === method && one.path.test(path));
    if (!contract) throw new Error(`The contract has no ${method} ${path}.`);
    const sent =
      resource === "Calls"
        ? form
        : resource === "Messages"
          ? { ...between, Body: "Hi." }
          : { Status: "completed" };
    const response = await fetch(url + path, {
      method,
      headers: { Authorization: `Basic ${btoa(`${NO_ACCOUNT}:${TOKEN}`)}` },
      ...(method === "POST" && { body: new URLSearchParams(sent) }),
    });
    expect(response.status).toBe(contract.status);
    contract.answer(await response.json());
    expect(contract.answer.errors ?? []).toEqual([]);
  });
});
