/** The client of the account when Twilio is slow, ill, or says no; and what it needs. */
import { createServer } from "node:http";
import { afterEach, describe, expect, test, vi } from "vitest";
import { openAccount } from "../../src/cli/account/open.ts";
import { redirected } from "../../src/cli/account/patient-client.ts";
import { enterFolder, write } from "../cli/folder.ts";
import { listening } from "../cli/stand-in.ts";
import { QUICK, said, variables, withAccount } from "./support.ts";
import { ACCOUNT, API_KEY, API_SECRET, type Fault, hasContract } from "./twilio-api.ts";
import { addNumber } from "./twilio-records.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

const list = async () => (await (await openAccount(QUICK)).numbers()).length;
const send = async () => {
  const account = await openAccount(QUICK);
  await account.sendMessage({ to: "+14155550111", from: "+14155550100", body: "x" });
  return 0;
};

const BUSY: Fault = { fails: "status", status: 429, retryAfter: 0 };
const ILL: Fault = { fails: "status", status: 503 };

describe.runIf(hasContract)("what only reads", () => {
  test.each<[string, Fault[]]>([
    ["429 with Retry-After", [BUSY, BUSY]],
    ["503", [ILL]],
    ["silence", [{ fails: "hang" }]],
    ["half an answer", [{ fails: "half", acts: true }]],
  ])("is repeated after %s", async (_, faults) => {
    const api = await withAccount();
    addNumber(api, "+14155550100");
    api.faults.push(...faults);
    expect(await list()).toBe(1);
    expect(api.requests).toHaveLength(faults.length + 1);
  });

  test.each<[string, Fault, RegExp]>([
    ["429", BUSY, /^Listing the numbers failed\. Twilio 20429: Too Many Requests\. .*docs\/errors\/20429$/],
    ["503", ILL, /^Listing the numbers failed\. Twilio 20500: Internal Server Error\./],
    ["silence", { fails: "hang" }, /^Listing the numbers failed: no answer within 0\.4 seconds\. Try again;/],
    [
      "half an answer",
      { fails: "half" },
      /^Listing the numbers failed: the connection or the answer broke off\./,
    ],
  ])("is given up after four times %s, in a sentence", async (_, fault, message) => {
    const api = await withAccount();
    api.faults.push(fault, fault, fault, fault, fault);
    const { code, text } = await said(list);
    expect({ code, text }).toEqual({ code: 2, text: expect.stringMatching(message) });
    expect(api.requests).toHaveLength(4);
  });

  test("does not take a page of another server for an answer", async () => {
    const api = await withAccount();
    api.faults.push({ fails: "not-json" });
    expect((await said(list)).text).toMatch(/what answered is not Twilio's API/);
  });
});

describe.runIf(hasContract)("what costs money", () => {
  test.each<[string, Fault]>([
    ["429", BUSY],
    ["503", ILL],
    ["silence", { fails: "hang", acts: true }],
    ["half an answer", { fails: "half", acts: true }],
    ["a page of another server", { fails: "not-json", acts: true }],
  ])("is not repeated after %s", async (_, fault) => {
    const api = await withAccount();
    api.faults.push(fault);
    const { code, text } = await said(send);
    expect(code).toBe(2);
    expect(api.requests).toHaveLength(1);
    if (fault.fails !== "status") expect(text).toContain("It is not known whether Twilio did it");
  });

  test("is explained if Twilio refuses it", async () => {
    const api = await withAccount();
    api.refused.set("+14155550111", { code: 21610, message: "Attempt to send to unsubscribed recipient" });
    expect((await said(send)).text).toBe(
      "Sending the message failed. Twilio 21610: Attempt to send to unsubscribed recipient. The receiver has answered STOP. " +
        "Only they can undo it, by writing START to the number. https://www.twilio.com/docs/errors/21610",
    );
  });
});

describe("the credentials", () => {
  const SID = `TWILIO_ACCOUNT_SID=${ACCOUNT}\n`;

  test.each([
    [
      "no account",
      "",
      /^TWILIO_ACCOUNT_SID is not set\. Set it as an environment variable or in \.dev\.vars/,
    ],
    [
      "something else as the account",
      "TWILIO_ACCOUNT_SID=PN1\n",
      /^TWILIO_ACCOUNT_SID is not the SID of an account/,
    ],
    ["no secret", SID, /^TWILIO_API_KEY and TWILIO_API_SECRET, or TWILIO_AUTH_TOKEN, are not set/],
    [
      "half a key",
      `${SID}TWILIO_API_SECRET=${API_SECRET}\n`,
      /TWILIO_API_SECRET is set, but TWILIO_API_KEY is not/,
    ],
    [
      "a password in the URL",
      `${variables("https://a:b@api.example.com")}`,
      /must not contain a user or a password/,
    ],
    ["a URL without TLS", variables("http://api.example.com"), /must begin with https:\/\//],
    ["no URL", variables("api"), /TWILIO_API_URL is not a URL/],
    ["a region that is none", `${variables("")}TWILIO_REGION=dublin\n`, /TWILIO_REGION is not a region/],
  ])("are refused in a sentence with %s", async (_, file, message) => {
    await enterFolder({ ".dev.vars": file });
    expect(await said(list)).toEqual({ code: 2, text: expect.stringMatching(message) });
  });

  test("are taken from the environment before .dev.vars, a key before the token", async () => {
    const seen: (string | undefined)[] = [];
    const url = await listening(
      createServer((request, response) => {
        seen.push(request.headers.authorization);
        response.setHeader("Content-Type", "application/json");
        response.end(JSON.stringify({ incoming_phone_numbers: [] }));
      }),
    );
    await enterFolder({ ".dev.vars": `${variables(url)}TWILIO_AUTH_TOKEN=another\n` });
    await list();
    vi.stubEnv("TWILIO_API_SECRET", "from the environment");
    await list();
    await write({ ".dev.vars": `${SID}TWILIO_AUTH_TOKEN=token\nTWILIO_API_URL=${url}\n` });
    vi.unstubAllEnvs();
    await list();
    expect(seen).toEqual(
      [`${API_KEY}:${API_SECRET}`, `${API_KEY}:from the environment`, `${ACCOUNT}:token`].map(
        (user) => `Basic ${btoa(user)}`,
      ),
    );
  });

  test("are not shown if they are wrong", async () => {
    const url = await listening(
      createServer((_, response) => {
        response.writeHead(401, { "Content-Type": "application/json" });
        response.end(JSON.stringify({ code: 20003, message: "Authenticate", status: 401 }));
      }),
    );
    await enterFolder({ ".dev.vars": variables(url) });
    expect((await said(list)).text).toMatch(
      /^Listing the numbers failed\. Twilio 20003: Authenticate\. The credentials/,
    );
  });
});

describe("TWILIO_API_URL", () => {
  const asked = "https://voice.twilio.com/v1/DialingPermissions/Countries?PageSize=1000";
  test.each([
    ["another carrier's API", "https://api.carrier.example", "https://api.carrier.example"],
    ["one with a path", "https://carrier.example/laml", "https://carrier.example/laml"],
    ["a local Twilio", "http://localhost:3000", "http://localhost:3000"],
    [
      "a host that only looks like Twilio's",
      "https://api.twilio.com.example",
      "https://api.twilio.com.example",
    ],
    ["Twilio's own", "https://api.twilio.com", "https://voice.twilio.com"],
    ["a region of Twilio", "https://api.dublin.ie1.twilio.com", "https://voice.dublin.ie1.twilio.com"],
  ])("of %s is where every product's requests go", (_, base, host) => {
    expect(redirected(asked, base)).toBe(`${host}/v1/DialingPermissions/Countries?PageSize=1000`);
  });
});
