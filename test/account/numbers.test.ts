/** `ringflow numbers`, `connect` and `disconnect`, against the stand-in. */
import { readFile, stat } from "node:fs/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { connect } from "../../src/cli/commands/account/connect.ts";
import { disconnect } from "../../src/cli/commands/account/disconnect.ts";
import { numbers } from "../../src/cli/commands/account/numbers.ts";
import { saying, write } from "../cli/folder.ts";
import { worker } from "../cli/stand-in.ts";
import { answering, QUICK, type Said, said, withAccount } from "./support.ts";
import { hasContract, type TwilioApi } from "./twilio-api.ts";
import { addNumber } from "./twilio-records.ts";

const NUMBER = "+14155550100";
const APP = `AP${"c".repeat(32)}`;
const TRUNK = `TK${"d".repeat(32)}`;
const TEXTS = `start: greet\nonMessage: read\n${saying("Hello.")}  read:\n    sms: { body: We call you. }\n    next: return\n`;

let api: TwilioApi;
let url: string;

beforeEach(async () => {
  if (!hasContract) return;
  api = await withAccount({ "flows/desk.yaml": saying("Hello."), "flows/menu.yaml": saying("Menu.") });
  url = await worker({});
});

const patience = QUICK;
const listed = (options = {}): Promise<Said> => said((out) => numbers({ out, patience, ...options }));
const connected = (flow: string, options = {}): Promise<Said> =>
  said((out) => connect(NUMBER, flow, { out, patience, url, ...answering("y"), ...options }));
const disconnected = (options = {}): Promise<Said> =>
  said((out) => disconnect(NUMBER, { out, patience, ...answering("y"), ...options }));
const updates = (): unknown[] =>
  api.requests.filter(({ method }) => method === "POST").map((one) => one.parameters);

describe.runIf(hasContract)("ringflow numbers", () => {
  test("says what answers each number", async () => {
    const at = "https://ringflow.example.com";
    addNumber(api, "+14155550105", {
      voice_url: `${at}/voice/desk`,
      voice_method: "GET",
      sms_url: `${at}/sms/desk`,
    });
    addNumber(api, "+14155550104", { voice_url: "https://user:password@pbx.example.com/in?key=1" });
    addNumber(api, "+14155550103", { voice_application_sid: APP, voice_url: `${at}/voice/desk` });
    addNumber(api, "+14155550102", { trunk_sid: TRUNK });
    addNumber(api, "+14155550101", { voice_url: "https://demo.twilio.com/welcome/voice/" });
    addNumber(api, NUMBER);
    const lines = [
      `${NUMBER}  nothing`,
      "+14155550101  Twilio's demo",
      `+14155550102  trunk ${TRUNK}`,
      `+14155550103  application ${APP}`,
      "+14155550104  another server: https://***@pbx.example.com/in?…",
    ];
    const remarks = "by GET; no status callback; no fallback";
    const other = `+14155550105  desk at ${at} (messages: desk at ${at}; ${remarks})`;
    expect(await listed()).toEqual({ code: 0, text: `${[...lines, other].join("\n")}\n` });
    expect((await listed({ url: at })).text).toContain(`+14155550105  desk (messages: desk; ${remarks})`);
    const { text } = await listed({ url: at, json: true });
    expect(JSON.parse(text).at(-1)).toMatchObject({
      number: "+14155550105",
      voice: { kind: "flow", flow: "desk", worker: at, ours: true },
      method: "GET",
      hasFallback: false,
    });
  });

  test("says so if there is none", async () => {
    expect((await listed()).text).toMatch(/^The account AC\w+ has no numbers\. Buy one/);
  });
});

describe.runIf(hasContract)("ringflow connect", () => {
  test("sets URLs and methods after showing them, and is undone by disconnect", async () => {
    const before = {
      voice_url: "https://pbx.example.com/in?key=1",
      voice_method: "GET",
      status_callback: "",
    };
    const number = addNumber(api, NUMBER, before);
    const { code, text } = await connected("desk");
    expect(code).toBe(0);
    expect(text).toBe(
      "No fallback: `npx ringflow lifeboat desk` writes one, and --fallback <url> sets it.\n" +
        `A call comes in:\n  - https://pbx.example.com/in?…\n  + ${url}/voice/desk\n` +
        "A call comes in, method:\n  - GET\n  + POST\n" +
        `Call status changes:\n  - (nothing)\n  + ${url}/status/desk\n` +
        `${NUMBER} reaches desk. Undo it with: npx ringflow disconnect ${NUMBER}\n`,
    );
    expect(number).toMatchObject({ voice_url: `${url}/voice/desk`, voice_method: "POST", sms_url: "" });
    expect((await connected("desk")).text).toContain("is connected to desk already");
    await connected("menu");
    const back = await disconnected();
    expect(back.text).toContain(`  - ${url}/voice/menu\n  + https://pbx.example.com/in?…\n`);
    expect(number).toMatchObject(before);
    expect((await disconnected()).text).toBe(
      `Nothing to put back at ${NUMBER}: another server: https://pbx.example.com/in?… answers it.\n`,
    );
  });

  test("sets the message URL of a flow with onMessage, and the fallback by GET", async () => {
    await write({ "flows/texts.yaml": TEXTS });
    const number = addNumber(api, NUMBER);
    const fallback = "https://static.example.com/desk.xml";
    expect((await connected("texts", { fallback })).text).not.toContain("No fallback");
    expect(number).toMatchObject({
      sms_url: `${url}/sms/texts`,
      voice_fallback_url: fallback,
      voice_fallback_method: "GET",
    });
  });

  test("leaves the messages to an application that holds them, and says so", async () => {
    await write({ "flows/texts.yaml": TEXTS });
    const number = addNumber(api, NUMBER, { sms_application_sid: APP });
    expect((await connected("texts")).text).toContain(
      `Messages do not reach texts: the application ${APP} holds the number's messages.`,
    );
    expect(number).toMatchObject({ sms_url: "", voice_url: `${url}/voice/texts` });
  });

  test("changes nothing if the answer is not a clear yes", async () => {
    addNumber(api, NUMBER);
    for (const answer of ["", "n", "yeah", "no"])
      expect((await connected("desk", answering(answer))).code).toBe(1);
    expect(updates()).toEqual([]);
    expect((await connected("desk", { ask: undefined, yes: true })).code).toBe(0);
  });

  test.each([
    [
      "a trunk holds it",
      { trunk_sid: TRUNK },
      /held by the trunk TK\w+, so Twilio ignores.*Release it first/,
    ],
    ["an application holds it", { voice_application_sid: APP }, /held by the application AP\w+/],
  ])("explains a number if %s", async (_, settings, message) => {
    addNumber(api, NUMBER, settings);
    expect(await connected("desk")).toEqual({ code: 2, text: expect.stringMatching(message) });
    expect(updates()).toEqual([]);
  });

  test.each([
    ["an unknown flow", "desc", {}, /No flow "desc" .*There are: desk, menu\./],
    ["a URL that is none", "desk", { url: "ringflow" }, /is not a URL such as https/],
    [
      "a Worker that does not answer",
      "desk",
      { url: "http://127.0.0.1:9" },
      /No Worker answers.*npx ringflow deploy/,
    ],
    ["a fallback without TLS", "desk", { fallback: "http://a.example" }, /--fallback needs a URL/],
  ])("refuses %s", async (_, flow, options, message) => {
    addNumber(api, NUMBER);
    expect(await connected(flow, options)).toEqual({ code: 2, text: expect.stringMatching(message) });
    expect(updates()).toEqual([]);
  });

  test("refuses a number that the account does not have, and what is not a number", async () => {
    expect((await connected("desk")).text).toMatch(/does not have \+14155550100\. List its numbers/);
    const typed = await said((out) => connect("desk", "desk", { out, patience, url }));
    expect(typed.text).toMatch(/Write the number with a plus/);
  });

  test("does not take a longer number for the one that was meant", async () => {
    addNumber(api, `${NUMBER}0`);
    expect((await connected("desk")).text).toMatch(/does not have \+14155550100\./);
    expect(updates()).toEqual([]);
  });

  test("refuses if someone else changes the number meanwhile", async () => {
    const number = addNumber(api, NUMBER);
    const ask = async () => {
      number.voice_url = "https://other.example.com/";
      return "y";
    };
    expect((await connected("desk", { ask })).text).toContain("was changed by someone else just now");
    expect(updates()).toEqual([]);
  });

  test("can be run again after an answer that did not come", async () => {
    const number = addNumber(api, NUMBER, { voice_url: "https://pbx.example.com/in" });
    const ask = async () => {
      // The list before the change, then the change.
      api.faults.push(undefined, { fails: "not-json", acts: true });
      return "y";
    };
    expect((await connected("desk", { ask })).text).toContain("It is not known whether Twilio did it");
    expect((await connected("desk")).text).toContain("is connected to desk already");
    await disconnected();
    expect(number.voice_url).toBe("https://pbx.example.com/in");
  });
});

describe.runIf(hasContract)("ringflow disconnect", () => {
  test("leaves alone what someone has changed since", async () => {
    const number = addNumber(api, NUMBER, {
      voice_url: "https://pbx.example.com/in",
      status_callback: "https://pbx.example.com/s",
    });
    await connected("desk");
    number.status_callback = "https://statistics.example.com/";
    expect((await disconnected()).text).toContain("Changed since then, and left alone: statusCallback.");
    expect(number).toMatchObject({
      voice_url: "https://pbx.example.com/in",
      status_callback: "https://statistics.example.com/",
    });
  });

  test("takes away the flow if this folder did not connect the number, and says so", async () => {
    const at = "https://ringflow.example.com";
    const number = addNumber(api, NUMBER, {
      voice_url: `${at}/voice/desk`,
      status_callback: `${at}/status/desk`,
    });
    expect((await disconnected()).text).toContain("it was not connected from this folder");
    expect(number).toMatchObject({ voice_url: "", status_callback: "" });
  });

  test("keeps what it replaced readable by the owner only", async () => {
    addNumber(api, NUMBER, { voice_url: "https://user:password@pbx.example.com/in" });
    expect((await connected("desk")).text).not.toContain("password");
    expect(await readFile(".ringflow/numbers.json", "utf8")).toContain("user:password@pbx");
    expect((await stat(".ringflow/numbers.json")).mode & 0o777).toBe(0o600);
  });
});
