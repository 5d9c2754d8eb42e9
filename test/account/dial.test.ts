/** `ringflow dial` and `move`, through the Worker, to a Twilio that holds every request to its contract. */
import { beforeEach, describe, expect, test } from "vitest";
import { dial, move } from "../../src/cli/commands/account/dial.ts";
import { write } from "../cli/folder.ts";
import { outboundObjects } from "../worker/outbound-object.ts";
import { type Line, lineOf, post, webhook } from "../worker/support.ts";
import { serve } from "./serve.ts";
import { answering, said, variables, withAccount } from "./support.ts";
import { ACCOUNT, API_KEY, API_SECRET, hasContract, type TwilioApi } from "./twilio-api.ts";

const FLOW = `
allow: [US]
takes: [day]
onMachine: word
variables:
  day: { type: string, default: some day }
steps:
  tell: { hangup: "See you on {{ vars.day }}." }
  word: { hangup: "A message about {{ vars.day }}." }
`;
const CALLS_TOKEN = "the-token-for-placing-calls";
const [TO, FROM] = ["+14155550111", "+14155550100"];

let api: TwilioApi;
let app: Line;
let url: string;

beforeEach(async () => {
  if (!hasContract) return;
  api = await withAccount();
  await write({ ".dev.vars": `${variables(api.url)}CALLS_TOKEN=${CALLS_TOKEN}\n` });
  const account = {
    web: {
      fetch: (to: string, init: RequestInit) => fetch(to, init),
      privateHosts: [],
      wait: async () => undefined,
    },
    tokens: ["a token of the tests"],
    apiKey: { sid: API_KEY, secret: API_SECRET },
    api: api.url,
    accountSid: ACCOUNT,
  };
  const { outbound } = outboundObjects({ ...account, limits: { minute: 60, day: 1000 } });
  app = lineOf(FLOW, {
    ...account,
    callsToken: CALLS_TOKEN,
    outbound,
    publicUrl: "https://phone.example.com",
  });
  url = await serve(app);
});

const placing = (options: object = {}, answer = "y") =>
  said((out) =>
    dial(TO, "desk", { out, url, from: FROM, set: { day: "Monday" }, ...answering(answer), ...options }),
  );

const theCall = () => [...api.calls.values()].at(-1);
const posts = (): number => api.requests.filter(({ method }) => method === "POST").length;
const asked = () => api.requests.at(-1)?.parameters ?? {};
const pathOf = (text: unknown): string => String(text).replace("https://phone.example.com", "");

describe.runIf(hasContract)("ringflow dial", () => {
  test("shows the call, asks, and places it with the values sealed", async () => {
    expect((await placing({}, "n")).code).toBe(1);
    expect(posts()).toBe(0);
    const { code, text } = await placing();
    expect({ code, text }).toEqual({
      code: 0,
      text: `${url} calls ${TO} from ${FROM}, with the flow desk.\n  day = Monday\n${theCall()?.sid} is queued.\n`,
    });
    const params = { AccountSid: ACCOUNT, Direction: "outbound-api", From: FROM, To: TO };
    expect(await post(app, pathOf(asked().Url), params)).toContain("See you on Monday.");
    expect(JSON.stringify(api.requests)).not.toContain("Monday");
  });

  test("asks for the detection of machines, and a machine's verdict moves the call", async () => {
    expect((await placing({ machine: "message-end", async: true })).code).toBe(0);
    expect(asked()).toMatchObject({ MachineDetection: "DetectMessageEnd", AsyncAmd: "true" });
    const { sid } = theCall() ?? {};
    Object.assign(theCall() ?? {}, { status: "in-progress" });
    const verdict = {
      AccountSid: ACCOUNT,
      CallSid: String(sid),
      AnsweredBy: "machine_end_beep",
      CallStatus: "",
    };
    expect((await app.fetch(webhook(pathOf(asked().AsyncAmdStatusCallback), verdict))).status).toBe(204);
    expect(api.requests.at(-1)?.path).toContain(`/Calls/${sid}.json`);
    const params = { AccountSid: ACCOUNT, Direction: "outbound-api" };
    expect(await post(app, pathOf(asked().Url), params)).toContain("A message about Monday.");
  });

  test("places no second call with the same key, even if Twilio broke off", async () => {
    api.faults.push({ fails: "half", acts: true });
    const first = await placing({ key: "appointment-1" });
    expect(first.text).toContain("Twilio failed, and may have done it");
    expect(first.text).toContain("add --key appointment-1");
    expect((await placing({ key: "appointment-1" })).text).toContain("This key is being handled.");
    expect([api.calls.size, posts()]).toEqual([1, 1]);
  });

  test("passes on what Twilio and the Worker refuse", async () => {
    api.faults.push({ fails: "status", status: 429, retryAfter: 1 });
    expect((await placing()).text).toMatch(/Too Many Requests\. .*Wait a minute/);
    expect((await placing({ set: { none: "1" } })).text).toContain("with values of their types: day.");
    expect((await placing({ from: "Ann" })).text).toContain("--from is not a number");
    expect((await placing({ async: true })).text).toContain("--async needs --machine");
    expect(api.calls.size).toBe(0);
  });

  test("advises the key only if the same request can still succeed", async () => {
    const unknown = await said((out) => dial(TO, "none", { out, url, from: FROM, ...answering("y") }));
    expect(unknown.text).toMatch(/Unknown flow "none"\.$/);
    await write({ ".dev.vars": `${variables(api.url)}CALLS_TOKEN=another\n` });
    const { text } = await placing();
    expect(text).toContain(`CALLS_TOKEN is not the one of ${url}.`);
    expect(text).not.toContain("--key");
  });

  test("prints JSON, with the key", async () => {
    const { text } = await placing({ json: true, yes: true, key: "k" });
    expect(JSON.parse(text)).toEqual({ sid: theCall()?.sid, status: "queued", key: "k" });
  });

  test("says what to set", async () => {
    await write({ ".dev.vars": variables(api.url) });
    expect((await placing()).text).toMatch(/to \.dev\.vars.*\nCALLS_TOKEN=[0-9a-f]{32}$/s);
    const deployed = await placing({ url: "https://phone.example.com" });
    expect(deployed.text).toContain("npx wrangler secret put CALLS_TOKEN");
    expect((await placing({ url: "" })).text).toContain("--url");
    expect((await placing({ url: "phone" })).text).toContain('"phone" is not a URL');
  });
});

describe.runIf(hasContract)("ringflow move", () => {
  test("moves a call in progress to a step", async () => {
    await placing();
    const { sid = "" } = theCall() ?? {};
    Object.assign(theCall() ?? {}, { status: "in-progress" });
    const moving = (step?: string) => said((out) => move(String(sid), "desk", step, { out, url, yes: true }));
    expect((await moving("none")).text).toContain("`step`");
    expect(await moving("word")).toEqual({
      code: 0,
      text: `${sid} moves to the step word of desk.\nMoved.\n`,
    });
    expect(await post(app, pathOf(asked().Url), { AccountSid: ACCOUNT })).toContain(
      "A message about some day.",
    );
  });
});
