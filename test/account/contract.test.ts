/**
 * Every call of Ringflow's clients, against Twilio's REST contract: a wrong parameter, method or path is refused. Each
 * client is an adapter, so that all of them pass the same test.
 */
import { describe, expect, test } from "vitest";
import type { Account } from "../../src/cli/account/account.ts";
import { openAccount } from "../../src/cli/account/open.ts";
import { create, list, redirectCall } from "../../src/worker/twilio.ts";
import { QUICK, withAccount } from "./support.ts";
import { ACCOUNT, AUTH_TOKEN, hasContract, twilioApi } from "./twilio-api.ts";
import { addCall, addMessage, addNumber, addRecording } from "./twilio-records.ts";

describe.runIf(hasContract)("the command line's client", () => {
  const open = (): Promise<Account> => openAccount(QUICK);

  test("lists all numbers, over several pages, and sets one", async () => {
    const api = await withAccount();
    for (let index = 0; index < 1200; index += 1) addNumber(api, `+141555${10000 + index}`);
    const account = await open();
    const numbers = await account.numbers();
    expect(new Set(numbers.map(({ phoneNumber }) => phoneNumber)).size).toBe(1200);
    const [first] = numbers;
    if (!first) throw new Error("There is a number.");
    const settings = { voiceUrl: "https://ringflow.example.com/voice/desk", voiceMethod: "POST", smsUrl: "" };
    expect(await account.setNumber(first.sid, settings)).toEqual({ ...first, ...settings });
    expect(api.numbers.get(first.sid)?.voice_url).toBe("https://ringflow.example.com/voice/desk");
  });

  test("lists the calls in progress, and ends one", async () => {
    const api = await withAccount();
    const { sid } = addCall(api, { to: "+14155550111", from: "+14155550100", status: "in-progress" });
    addCall(api, { to: "+14155550112", from: "+14155550100", status: "completed" });
    const account = await open();
    expect((await account.calls(["queued", "in-progress"], 50)).map((call) => call.sid)).toEqual([sid]);
    expect((await account.endCall(sid)).status).toBe("completed");
    expect((await account.call(sid)).status).toBe("completed");
    await expect(account.endCall(sid)).rejects.toThrow(
      `Ending ${sid} failed. Twilio 21220: Call is not in-progress. Cannot redirect. The call is over, or not answered yet.`,
    );
  });

  test("sends a message, and finds it again", async () => {
    const api = await withAccount();
    const account = await open();
    addMessage(api, { to: "+14155550199", from: "+14155550100", body: "Another." });
    const message = { to: "+14155550111", from: "+14155550100", body: "Hello & goodbye." };
    const sent = await account.sendMessage({ ...message, mediaUrl: ["https://a.example/1.png"] });
    expect(sent).toMatchObject({ ...message, status: "queued", errorCode: 0 });
    expect(await account.messages({ to: message.to }, 20)).toEqual([sent]);
  });

  test("lists, fetches and deletes recordings", async () => {
    const api = await withAccount();
    const { sid } = addRecording(api, Buffer.from("sound"), { duration: "12" });
    const account = await open();
    const [recording] = await account.recordings({ since: new Date(Date.now() - 86_400_000) }, 20);
    expect(recording).toMatchObject({ sid, seconds: 12, status: "completed" });
    expect(await (await account.media(sid, "mp3")).text()).toBe("sound");
    expect((await account.media(sid, "wav", true)).status).toBe(401);
    await account.deleteRecording(sid);
    expect(api.recordings.size).toBe(0);
    await expect(account.recording(sid)).rejects.toThrow(/Twilio 20404/);
  });

  test("opens the account with its auth token if there is no API key", async () => {
    const api = await withAccount();
    const { write } = await import("../cli/folder.ts");
    const lines = [
      `TWILIO_ACCOUNT_SID=${ACCOUNT}`,
      `TWILIO_AUTH_TOKEN=${AUTH_TOKEN}`,
      `TWILIO_API_URL=${api.url}`,
    ];
    await write({ ".dev.vars": lines.join("\n") });
    expect(await (await open()).numbers()).toEqual([]);
  });
});

describe.runIf(hasContract)("the Worker's client", () => {
  const web = { fetch: (url: string, init: RequestInit) => fetch(url, init), privateHosts: [] };
  const open = async () => {
    const api = await twilioApi();
    return { api, account: { sid: ACCOUNT, user: { sid: ACCOUNT, secret: AUTH_TOKEN }, api: api.url } };
  };
  const between = { To: "+14155550111", From: "+14155550100" };
  const form = { ...between, Url: "https://phone.example.com/voice/desk?t=x", MachineDetection: "Enable" };

  test("places a call, lists it, and moves it", async () => {
    const { api, account } = await open();
    const before = Date.now() - 2000;
    const call = await create(web, account, "Calls", form);
    if (!("created" in call)) throw new Error(call.message);
    expect(call).toMatchObject({ status: "queued", sid: expect.stringMatching(/^CA/) });
    expect(call.created).toBeGreaterThan(before);
    expect(await list(web, account, "Calls", between)).toEqual([call]);
    expect(await list(web, account, "Calls", { ...between, To: "+14155550112" })).toEqual([]);
    Object.assign(api.calls.get(call.sid) ?? {}, { status: "in-progress" });
    expect(await redirectCall(web, account, call.sid, form.Url)).toBeUndefined();
  });

  test("reads Twilio's refusals, and answers that are none", async () => {
    const { api, account } = await open();
    expect(await create(web, account, "Calls", { ...form, UrlMethod: "POST" })).toMatchObject({
      status: "400",
      code: 20001,
    });
    expect(await redirectCall(web, account, `CA${"0".repeat(32)}`, form.Url)).toMatchObject({ code: 20404 });
    const wrong = { ...account, user: { sid: ACCOUNT, secret: "wrong" } };
    expect(await list(web, wrong, "Calls", between)).toMatchObject({ status: "401", code: 20003 });
    api.faults.push({ fails: "half" }, { fails: "not-json" }, { fails: "status", status: 500 });
    const statuses = [];
    for (let tries = 0; tries < 3; tries++) statuses.push((await create(web, account, "Calls", form)).status);
    expect(statuses).toEqual(["failed", "invalid", "500"]);
  });
});

describe.runIf(hasContract)("the stand-in", () => {
  const post = (url: string, form: Record<string, string>, user = "") =>
    fetch(url, {
      method: "POST",
      headers: { Authorization: `Basic ${btoa(user)}` },
      body: new URLSearchParams(form),
    });

  test.each([
    [
      "an unknown parameter",
      { To: "+14155550111", From: "+14155550100", Body: "x", Colour: "red" },
      400,
      20001,
    ],
    [
      "a value that is not one of a list",
      { To: "+14155550111", From: "+1", Body: "x", RiskCheck: "no" },
      400,
      20001,
    ],
    [
      "a URL that is not absolute",
      { To: "+14155550111", From: "+1", Body: "x", StatusCallback: "/x" },
      400,
      20001,
    ],
    ["a missing receiver", { From: "+14155550100", Body: "x" }, 400, 21201],
    ["a receiver that is not a number", { To: "Ann", From: "+14155550100", Body: "x" }, 400, 21211],
  ])("refuses %s as Twilio does", async (_, form, status, code) => {
    const api = await withAccount();
    const url = `${api.url}/2010-04-01/Accounts/${ACCOUNT}/Messages.json`;
    const response = await post(url, form, `${ACCOUNT}:${AUTH_TOKEN}`);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({
      code,
      status,
      more_info: expect.stringContaining(`${code}`),
    });
    expect(api.messages.size).toBe(0);
  });

  test("refuses wrong credentials, unknown paths and methods", async () => {
    const api = await withAccount();
    const base = `${api.url}/2010-04-01/Accounts/${ACCOUNT}`;
    const user = `${ACCOUNT}:${AUTH_TOKEN}`;
    expect((await post(`${base}/Messages.json`, {}, `${ACCOUNT}:wrong`)).status).toBe(401);
    expect((await post(`${base}/Letters.json`, {}, user)).status).toBe(404);
    expect((await post(`${base}/Recordings.json`, {}, user)).status).toBe(405);
  });
});
