import { createHmac } from "node:crypto";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Program } from "../../src/program/program.ts";
import { checkVariables, depsFrom } from "../../src/worker/bindings.ts";
import { programOf } from "../flow/support.ts";
import { fixtures, memoryStore } from "./support.ts";

const CALLS = memoryStore();
const waitUntil = (): void => {};
const programs = JSON.stringify(fixtures);

afterEach(() => {
  vi.restoreAllMocks();
});

describe("the Worker's bindings", () => {
  test("become the app's dependencies, and no secret is among the variables", () => {
    const deps = depsFrom(
      {
        CALLS,
        TWILIO_AUTH_TOKEN: "new",
        TWILIO_AUTH_TOKEN_SECONDARY: "old",
        TWILIO_ACCOUNT_SID: "AC1",
        ADMIN_TOKEN: "admin",
        PUBLIC_URL: "https://phone.example.com/",
        BILLING_NUMBER: "+14155550199",
        LIMITS: { most: 1 },
      },
      programs,
      waitUntil,
    );
    expect(deps).toMatchObject({
      tokens: ["new", "old"],
      accountSid: "AC1",
      adminToken: "admin",
      publicUrl: "https://phone.example.com",
      store: CALLS,
    });
    expect(deps.env).toEqual({ BILLING_NUMBER: "+14155550199" });
  });

  test("that are not set or empty leave nothing behind", () => {
    const deps = depsFrom({ CALLS, TWILIO_AUTH_TOKEN: "", PUBLIC_URL: "" }, programs, waitUntil);
    expect(deps).toMatchObject({ tokens: [], env: {}, callState: "store" });
    const { accountSid, publicUrl, adminToken, publishing } = deps;
    expect([accountSid, publicUrl, adminToken, publishing]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("without the auth token are a shared key, an API key and a secret for tickets", () => {
    const given = {
      CALLS,
      TWILIO_SHARED_KEY: "key",
      TWILIO_SHARED_KEY_SECONDARY: "old key",
      TWILIO_API_KEY: "SK1",
      TWILIO_API_SECRET: "api",
      TICKET_SECRET: "ticket",
      TICKET_SECRET_SECONDARY: "old ticket",
    };
    expect(depsFrom(given, programs, waitUntil)).toMatchObject({
      tokens: [],
      sharedKeys: ["key", "old key"],
      apiKey: { sid: "SK1", secret: "api" },
      sealing: { secrets: ["ticket", "old ticket", "key", "old key"] },
      env: {},
    });
  });

  test("seal with TICKET_SECRET, and still open what an auth token has sealed", () => {
    const given = { CALLS, TWILIO_AUTH_TOKEN: "new", TWILIO_AUTH_TOKEN_SECONDARY: "old" };
    const secretsOf = (more: object) => depsFrom({ ...given, ...more }, programs, waitUntil).sealing.secrets;
    expect(secretsOf({})).toEqual(["new", "old"]);
    expect(secretsOf({ TICKET_SECRET: "ticket" })).toEqual(["ticket", "new", "old"]);
  });

  test.each(["TWILIO_API_KEY", "TWILIO_API_SECRET"])("with %s alone are refused", (name) => {
    expect(() => depsFrom({ CALLS, [name]: "SK1" }, programs, waitUntil)).toThrow(/go together/);
  });

  test("that are wrong are named, with what to do", () => {
    expect(() => depsFrom({}, programs, waitUntil)).toThrow(/KV namespace CALLS.*wrangler\.toml/);
    const wrong = { CALLS, PUBLIC_URL: "phone.example.com" };
    expect(() => depsFrom(wrong, programs, waitUntil)).toThrow(/PUBLIC_URL is "phone.example.com".*https:/);
  });

  test.each([
    [undefined, "store"],
    ["", "store"],
    ["store", "store"],
    ["ticket", "ticket"],
  ])("CALL_STATE %j is %s, and flows do not read it", (CALL_STATE, callState) => {
    expect(depsFrom({ CALLS, CALL_STATE }, programs, waitUntil)).toMatchObject({ callState, env: {} });
  });

  test.each(["Ticket", "kv", "ticket "])("CALL_STATE %j is refused with its values", (CALL_STATE) => {
    expect(() => depsFrom({ CALLS, CALL_STATE }, programs, waitUntil)).toThrow(
      `CALL_STATE is "${CALL_STATE}"; expected "store" or "ticket"`,
    );
  });

  test("log a line as JSON, so that no text in it can look like a line of its own", () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    depsFrom({ CALLS }, "[]", waitUntil).log({ call: "CA1", flow: "a\nb", event: "start", ms: 1 });
    expect(log.mock.calls).toEqual([['{"call":"CA1","flow":"a\\nb","event":"start","ms":1}']]);
  });
});

describe("the compiled flows", () => {
  test.each([
    ["not a list", {}, /not a list of Programs.*ringflow build/],
    [
      "of another format",
      [...fixtures, { ...fixtures[0], format: 0 }],
      /not a list of Programs of format 2.*ringflow build/,
    ],
    ["not Programs", [null], /not a list of Programs/],
  ])("that are %s are refused with what to do", (_, value, message) => {
    expect(() => depsFrom({ CALLS }, JSON.stringify(value), waitUntil)).toThrow(message);
  });
});

describe("variables that flows read", () => {
  const [fixture] = fixtures;
  if (!fixture) throw new Error("there is no Program among the fixtures");
  const NUMBER = "^\\+[1-9]\\d{6,14}$";
  const program: Program = {
    ...fixture,
    env: ["DESK", "GREETING", "MOST_TRIES", "OTHER_DESK"],
    wants: { DESK: NUMBER, OTHER_DESK: NUMBER, MOST_TRIES: "^-?\\d+$" },
  };
  const started = (variables: Record<string, string>) => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    const { env } = depsFrom({ CALLS, ...variables }, JSON.stringify([program]), waitUntil);
    return { env, lines: log.mock.calls.map(([line]): unknown => JSON.parse(line)) };
  };

  test("are no news where each is set and fits", () => {
    const variables = {
      DESK: "+14155550199",
      GREETING: "Hello.",
      MOST_TRIES: "3",
      OTHER_DESK: "+4930901820",
    };
    expect(started(variables)).toEqual({ env: variables, lines: [] });
  });

  test("are told once for each flow where they are not set or do not fit; a wrong one counts as none", () => {
    const { env, lines } = started({ DESK: "911", MOST_TRIES: "many", OTHER_DESK: "+14155550199" });
    expect(env).toEqual({ OTHER_DESK: "+14155550199" });
    expect(lines).toEqual([
      {
        event: "variables",
        flow: program.flow,
        version: program.hash,
        unset: ["GREETING"],
        wrong: ["DESK", "MOST_TRIES"],
        error: expect.stringMatching(/wrangler\.toml.*wrangler secret put/),
      },
    ]);
  });

  test.each([
    "911",
    "+911",
    "4155550100",
    "+1 415 555 0100",
    "+0155550100",
    "+1415555010012345",
    "sip:a@b.c",
    "constructor",
  ])("%s is no number to dial", (DESK) => {
    expect(
      started({ DESK, GREETING: "Hello.", MOST_TRIES: "3", OTHER_DESK: "+14155550199" }).env,
    ).not.toHaveProperty("DESK");
  });
});

describe("variables that flows name", () => {
  const program = (env: string[], wants?: Record<string, string>): Program => ({
    ...programOf("steps: { bye: { hangup: Bye. } }\n"),
    flow: "desk",
    env,
    ...(wants && { wants }),
  });

  function checked(one: Program, env: Record<string, string>) {
    const log = vi.fn();
    return { usable: checkVariables([one], env, log), lines: log.mock.calls.map(([line]) => line) };
  }

  test("are not logged if they are set and match", () => {
    const { usable, lines } = checked(program(["A"], { A: "^\\d+$" }), { A: "1", B: "x" });
    expect([usable, lines]).toEqual([{ A: "1", B: "x" }, []]);
  });

  test("are logged if one is unset", () => {
    const { lines } = checked(program(["A", "B"]), { A: "1", B: "" });
    expect(lines).toEqual([expect.objectContaining({ flow: "desk", unset: ["B"], wrong: [] })]);
  });

  test("are logged if one does not match, and that one counts as unset", () => {
    const { usable, lines } = checked(program(["A"], { A: "^\\d+$" }), { A: "x" });
    expect(usable).toEqual({});
    expect(lines).toEqual([expect.objectContaining({ unset: [], wrong: ["A"] })]);
  });
});

test.each(["https://a.example", "http://localhost:8787/", "https://a.example/phone//"])(
  "PUBLIC_URL can be %s",
  (PUBLIC_URL) => {
    const { publicUrl } = depsFrom({ CALLS, PUBLIC_URL }, programs, waitUntil);
    expect(publicUrl).toBe(PUBLIC_URL.replace(/\/+$/, ""));
  },
);

test.each([
  "ftp://a.example",
  "xhttps://a.example",
  "httpsx://a.example",
  "a.example",
  "https://a.example?x",
  "https://a.example#x",
])("PUBLIC_URL cannot be %s", (PUBLIC_URL) => {
  expect(() => depsFrom({ CALLS, PUBLIC_URL }, programs, waitUntil)).toThrow(
    /^PUBLIC_URL is ".*"; expected a URL such as/,
  );
});

describe("what the Worker reads for itself", () => {
  const OWN = {
    TWILIO_AUTH_TOKEN: "token",
    TWILIO_AUTH_TOKEN_SECONDARY: "old token",
    TWILIO_SHARED_KEY: "key",
    TWILIO_SHARED_KEY_SECONDARY: "old key",
    TWILIO_API_KEY: "SK1",
    TWILIO_API_SECRET: "secret",
    TICKET_SECRET: "ticket",
    TICKET_SECRET_SECONDARY: "old ticket",
    TWILIO_ACCOUNT_SID: "AC1",
    ADMIN_TOKEN: "admin",
    CALLS_TOKEN: "calls",
    CALLS_PER_MINUTE: "7",
    CALLS_PER_DAY: "70",
    PUBLIC_URL: "https://phone.example.com",
    TWILIO_API_URL: "http://localhost:9000/",
    PRIVATE_HOSTS: "localhost:9000, 10.0.0.1\n db.internal ",
    TWILIO_SIGNED_HOSTS: "a.example b.example",
    CALL_STATE: "ticket",
  };
  const read = (bindings: object) => depsFrom({ CALLS, ...bindings }, programs, waitUntil);

  test("is read whole, and no flow can read it", () => {
    const { web, ...deps } = read({ ...OWN, OTHER: "x", NUMBER: 5 });
    expect(deps).toMatchObject({
      accountSid: "AC1",
      adminToken: "admin",
      callsToken: "calls",
      limits: { minute: 7, day: 70 },
      publicUrl: "https://phone.example.com",
      api: "http://localhost:9000",
      callState: "ticket",
    });
    expect(deps.env).toEqual({ OTHER: "x" });
    expect(web.privateHosts).toEqual(["localhost:9000", "10.0.0.1", "db.internal"]);
    const { signer } = web;
    expect(["a.example", "b.example", "c.example", ""].map((host) => signer?.signsFor(host))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test("has defaults", () => {
    const { web, ...deps } = read({});
    expect(deps.limits).toEqual({ minute: 60, day: 1000 });
    expect([deps.callsToken, deps.api, deps.outbound, deps.apiKey]).toEqual(Array(4).fill(undefined));
    expect(web.privateHosts).toEqual([]);
    expect(web.signer?.hmac).toBeUndefined();
    expect(web.signer?.signsFor("a.example")).toBe(false);
  });

  test("signs with the auth token, as Twilio does", async () => {
    const { signer } = read({ TWILIO_AUTH_TOKEN: "token" }).web;
    const expected = createHmac("sha1", "token").update("text").digest("base64");
    expect(await signer?.hmac?.("text")).toBe(expected);
    expect(await signer?.hmac?.("text")).toBe(expected);
  });

  test.each([
    ["0", 0],
    ["123456789", 123_456_789],
  ])("counts calls up to %s", (CALLS_PER_MINUTE, minute) => {
    expect(read({ CALLS_PER_MINUTE }).limits).toEqual({ minute, day: 1000 });
    expect(read({ CALLS_PER_DAY: CALLS_PER_MINUTE }).limits).toEqual({ minute: 60, day: minute });
  });

  test("counts up to a number that wrangler.toml has without quotes", () => {
    expect(read({ CALLS_PER_MINUTE: 5, CALLS_PER_DAY: 0 }).limits).toEqual({ minute: 5, day: 0 });
    expect(() => read({ CALLS_PER_DAY: 1.5 })).toThrow('CALLS_PER_DAY is "1.5"; expected a whole number');
  });

  test.each(["many", "1234567890", "-1", "1.5", " 1", "x1", "1x"])("counts no calls up to %j", (text) => {
    expect(() => read({ CALLS_PER_DAY: text })).toThrow(
      `CALLS_PER_DAY is "${text}"; expected a whole number`,
    );
  });

  test.each([
    [{ get: () => {} }, false],
    [{ put: () => {} }, false],
    ["text", false],
    [null, false],
    [memoryStore(), true],
  ])("needs a KV namespace: %#", (store, isOne) => {
    const reading = () => depsFrom({ CALLS: store }, programs, waitUntil);
    if (isOne) expect(reading().store).toBe(store);
    else
      expect(reading).toThrow("The KV namespace CALLS is missing in wrangler.toml, under [[kv_namespaces]].");
  });

  test("finds the Durable Objects of a flow by its name", () => {
    const objects = { idFromName: (name: string) => `id of ${name}`, get: (id: unknown) => ({ object: id }) };
    const { outbound, publishing } = read({ OUTBOUND: objects, POINTERS: objects, ADMIN_TOKEN: "admin" });
    expect(outbound?.("desk")).toEqual({ object: "id of desk" });
    expect(read({ CONVERSATIONS: objects }).conversations?.("desk")).toEqual({ object: "id of desk" });
    expect(publishing?.object("desk")).toEqual({ object: "id of desk" });
    expect(publishing?.known.size).toBe(0);
    expect(read({ POINTERS: objects }).publishing).toBeUndefined();
    expect(read({ OUTBOUND: "text" }).outbound).toBeUndefined();
    expect(read({ OUTBOUND: {} }).outbound).toBeUndefined();
  });
});
