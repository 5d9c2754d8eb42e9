/** `ringflow doctor`, against a stand-in for the Worker and one for Twilio. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { startActs } from "../../src/cli/account/doctor/acts.ts";
import { doctor } from "../../src/cli/commands/account/doctor.ts";
import { saying, write } from "../cli/folder.ts";
import { listening, TOKEN, worker } from "../cli/stand-in.ts";
import { programOf } from "../flow/support.ts";
import { QUICK, type Said, said, withAccount } from "./support.ts";
import { hasContract, type TwilioApi } from "./twilio-api.ts";
import { addNumber, addRecording } from "./twilio-records.ts";

const NUMBER = "+14155550100";
const TEXTS = `steps:
  write:
    sms: { to: "+14155550111", body: Hello. }
    next: hangup
`;

let api: TwilioApi;

beforeEach(async () => {
  vi.stubEnv("TWILIO_AUTH_TOKEN", TOKEN);
  if (!hasContract) return;
  api = await withAccount({ "flows/desk.yaml": saying("Hello.") });
});

afterEach(() => {
  vi.unstubAllEnvs();
});

function breakOff(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { "Content-Length": 100 });
  response.write('{"status":', () => void setTimeout(() => response.destroy(), 20));
}

const answers = { "/voice/desk": () => "<Say>Hello.</Say>" };

const examined = (url: string, options = {}): Promise<Said> =>
  said((out) => doctor({ out, url, patience: QUICK, ...options }));

function connectedTo(url: string, settings: object = {}): void {
  const urls = { voice_url: `${url}/voice/desk`, status_callback: `${url}/status/desk` };
  addNumber(api, NUMBER, { ...urls, voice_fallback_url: "https://static.example.com/desk.xml", ...settings });
}

describe.runIf(hasContract)("ringflow doctor", () => {
  test("finds nothing wrong, and exits with 0", async () => {
    const url = await worker(answers);
    connectedTo(url);
    addRecording(api, Buffer.from("sound"));
    expect(await examined(url)).toEqual({
      code: 0,
      text: [
        `ok      The Worker at ${url} answers.`,
        "ok      A forged webhook is refused.",
        "ok      desk answers a signed call.",
        `ok      ${NUMBER} reaches desk.`,
        "ok      Recordings need the account's credentials.",
        "",
        "No problems found.",
        "",
      ].join("\n"),
    });
    const { text } = await examined(url, { json: true });
    expect(JSON.parse(text)[0]).toEqual({ state: "ok", about: `The Worker at ${url} answers.` });
  });

  test.each([
    ["is called by GET", { voice_method: "GET" }, `${NUMBER} calls the Worker by GET, and not by POST.`],
    ["has no status callback", { status_callback: "" }, `${NUMBER} does not report status changes to desk.`],
    ["reports by GET", { status_callback_method: "GET" }, `${NUMBER} reports status changes by GET`],
  ])("finds a number that %s, with the command that mends it", async (_, settings, about) => {
    const url = await worker(answers);
    connectedTo(url, settings);
    const { code, text } = await examined(url);
    expect(code).toBe(1);
    expect(text).toContain(`problem ${about}`);
    expect(text).toContain(`        → npx ringflow connect ${NUMBER} desk --url ${url}\n`);
    expect(text).toContain("\n1 problem.\n");
  });

  test("finds that no number reaches the Worker, and a trunk that holds one", async () => {
    const url = await worker(answers);
    connectedTo(url, { trunk_sid: `TK${"d".repeat(32)}` });
    const { code, text } = await examined(url);
    expect(code).toBe(1);
    expect(text).toContain("but the trunk TKdd");
    expect(text).toContain(
      `No number of the account reaches this Worker.\n        → npx ringflow connect ${NUMBER} desk`,
    );
  });

  test.each([
    ["does not answer", async () => "http://127.0.0.1:9", "No Worker answers at"],
    [
      "is something else",
      () => listening(createServer((_, response) => void response.end("{}"))),
      "is not a Ringflow Worker",
    ],
    ["never answers", () => listening(createServer(() => {})), "no answer in time"],
    ["breaks off", () => listening(createServer(breakOff)), "or it broke off"],
  ])("finds a Worker that %s", async (_, start, about) => {
    const { code, text } = await examined(await start());
    expect(code).toBe(1);
    expect(text).toContain(about);
    expect(text).toContain("→ npx ringflow deploy");
  });

  test("finds a Worker that accepts everything", async () => {
    const url = await listening(
      createServer((request, response) => {
        const isHealth = request.url === "/health";
        response.end(isHealth ? '{"status":"ok"}' : "<Response><Say>Hello.</Say></Response>");
      }),
    );
    expect((await examined(url)).text).toContain("problem A forged webhook is not refused: status 200");
  });

  test("finds a token that is not the Worker's, and a start that Twilio refuses", async () => {
    const url = await worker({ "/voice/desk": () => "<Shout>Hello.</Shout>" });
    expect((await examined(url)).text).toContain("problem desk answers with what Twilio refuses:");
    vi.stubEnv("TWILIO_AUTH_TOKEN", "another");
    expect((await examined(url)).text).toContain("problem desk refuses a call that is signed");
    vi.stubEnv("TWILIO_AUTH_TOKEN", "");
    expect((await examined(url)).text).toContain("note    No signed test call was made");
  });

  test("says that flows with errors are not checked", async () => {
    await write({ "flows/broken.yaml": "steps: {}\n" });
    const url = await worker(answers);
    expect((await examined(url)).text).toMatch(/problem \d errors? in flows\/, .*\n +→ npx ringflow check\n/);
  });

  test("does not call a flow whose start acts", async () => {
    await write({ "flows/desk.yaml": TEXTS });
    const url = await worker({ "/voice/desk": () => expect.unreachable() });
    expect((await examined(url)).text).toContain(
      `note    desk was not called, because its start sends a text message.\n        → npx ringflow call desk --url ${url}\n`,
    );
  });

  test("says that recordings are open, or that nobody knows", async () => {
    const url = await worker(answers);
    connectedTo(url);
    expect((await examined(url)).text).toContain("note    There is no recording to see");
    addRecording(api, Buffer.from("sound"));
    api.openMedia = true;
    expect((await examined(url)).text).toContain("note    Anybody who has a recording's URL can hear it.");
  });

  test("examines the Worker even if Twilio does not answer", async () => {
    const url = await worker(answers);
    const fault = { fails: "status", status: 500 } as const;
    api.faults.push(fault, fault, fault, fault);
    const { code, text } = await examined(url);
    expect(code).toBe(1);
    expect(text).toContain("ok      desk answers a signed call.");
    expect(text).toContain("problem Listing the numbers failed. Twilio 20500");
  });

  test("shows colours only if the terminal does", async () => {
    const url = await worker(answers);
    connectedTo(url);
    vi.stubEnv("FORCE_COLOR", "1");
    vi.stubEnv("NO_COLOR", undefined);
    expect((await examined(url)).text).toContain("\u001b[32mok      \u001b[39m");
  });
});

describe("the start of a flow", () => {
  test.each([
    ["only speaks", saying("Hello."), []],
    ["sends a text", TEXTS, ["sends a text message"]],
    [
      "asks a service after a branch",
      "steps:\n  where:\n    branch:\n      - when: caller.hidden\n        next: hangup\n      - next: look\n  look:\n    request: { url: https://a.example/, status: { else: hangup } }\n    next: hangup\n",
      ["sends a request to a service"],
    ],
    [
      "sends only after an answer",
      `steps:\n  ask:\n    gather:\n      prompt: Press 1.\n      choices: { 1: write }\n      otherwise: hangup\n${TEXTS.replace("steps:\n", "")}`,
      [],
    ],
  ])("that %s", (_, yaml, acts) => {
    expect(startActs(programOf(yaml))).toEqual(acts);
  });
});
