import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it, test, vi } from "vitest";
import type { Deps } from "../../src/worker/deps.ts";
import type { Web } from "../../src/worker/http.ts";
import { sendMessage } from "../../src/worker/message.ts";
import { API } from "../../src/worker/twilio.ts";
import { lineOf, TOKEN, webhook } from "./support.ts";

const ACCOUNT = `AC${"0".repeat(31)}1`;
const MESSAGE = {
  effect: "message" as const,
  key: "CA1-2-confirm",
  step: "confirm",
  form: { To: "+14155550111", From: "+14155550100", Body: "Hello & bye" },
};

interface Asked {
  url: string;
  init: RequestInit;
}

/** Twilio as it answers in turn; the last answer serves all later requests. */
function twilio(...answers: ([status: number, body: unknown] | Error)[]) {
  const asked: Asked[] = [];
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    asked.push({ url, init });
    const answer = answers[Math.min(asked.length, answers.length) - 1] ?? [500, {}];
    if (answer instanceof Error) throw answer;
    const [status, body] = answer;
    return new Response(JSON.stringify(body), { status });
  };
  const account = { sid: ACCOUNT, user: { sid: ACCOUNT, secret: "a token" }, api: API };
  return { asked, send: () => sendMessage({ fetch, privateHosts: [] }, account, MESSAGE) };
}

describe("a text message", () => {
  it("is taken by Twilio", async () => {
    const { asked, send } = twilio([201, { sid: "SM1" }]);
    expect(await send()).toBeUndefined();
    expect(asked).toHaveLength(1);
    expect(asked[0]?.init.headers).toMatchObject({
      Authorization: `Basic ${btoa(`${ACCOUNT}:a token`)}`,
      "Content-Type": "application/x-www-form-urlencoded",
      "Idempotency-Key": "CA1-2-confirm",
    });
    expect(asked[0]?.init).toMatchObject({
      method: "POST",
      body: "To=%2B14155550111&From=%2B14155550100&Body=Hello+%26+bye",
    });
    expect(asked[0]?.url).toBe(`https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT}/Messages.json`);
  });

  it("has 15 s for a try, and three more tries", async () => {
    const timeout = vi.spyOn(AbortSignal, "timeout");
    vi.spyOn(Math, "random").mockReturnValue(0);
    const { asked, send } = twilio([429, {}]);
    expect((await send())?.status).toBe("429");
    expect(asked).toHaveLength(4);
    expect(timeout.mock.calls[0]).toEqual([15_000]);
    vi.restoreAllMocks();
  });

  it("is tried again while Twilio is busy", async () => {
    const { asked, send } = twilio([429, {}], [503, {}], [201, {}]);
    expect(await send()).toBeUndefined();
    expect(asked).toHaveLength(3);
  });

  it("that Twilio refuses is not tried again, and the reason is told", async () => {
    const { asked, send } = twilio([
      400,
      { code: 21610, message: "Attempt to send to unsubscribed recipient" },
    ]);
    expect(await send()).toEqual({
      status: "400",
      error: "the text message was not sent, 400: Attempt to send to unsubscribed recipient",
    });
    expect(asked).toHaveLength(1);
  });
});

it("quotes no number of Twilio's in the log: the receiver may be a secret", async () => {
  const { send } = twilio([
    400,
    { code: 21211, message: "The 'To' number +14155550177 is not a valid phone number." },
  ]);
  expect((await send())?.error).toBe(
    "the text message was not sent, 400: The 'To' number +*** is not a valid phone number.",
  );
});

describe("a text message goes out", () => {
  const SMS =
    "steps: { tell: { sms: { to: +14155550177, body: Hello. }, next: bye }, bye: { hangup: Bye. } }\n";
  const sentBy = async (deps: Partial<Deps>) => {
    const authorizations: (string | null)[] = [];
    const fetch: Web["fetch"] = async (_, { headers }) => {
      authorizations.push(new Headers(headers).get("Authorization"));
      return Response.json({}, { status: 201 });
    };
    const app = lineOf(SMS, { ...deps, web: { fetch, privateHosts: [] } });
    await app.fetch(webhook("/voice/desk"));
    await app.settle();
    const errors = app.lines.flatMap(({ error }) => error ?? []);
    return { user: authorizations.map((one) => atob(one?.replace("Basic ", "") ?? "")), errors };
  };

  test("by the account and its auth token, unless there is an API key", async () => {
    expect((await sentBy({})).user).toEqual([`${ACCOUNT}:${TOKEN}`]);
    const apiKey = { sid: "SK1", secret: "api" };
    expect((await sentBy({ apiKey })).user).toEqual(["SK1:api"]);
  });

  test("not at all without a user, and the log says what to set", async () => {
    const web = { fetch: vi.fn(), privateHosts: [] };
    const { status, error } = (await sendMessage(web, undefined, MESSAGE)) ?? {};
    expect(status).toBe("failed");
    expect(web.fetch).not.toHaveBeenCalled();
    expect(error).toMatch(/TWILIO_API_KEY and TWILIO_API_SECRET, or TWILIO_AUTH_TOKEN/);
  });
});

/** Twilio may have taken the message: sent again, the caller would have it twice. */
describe("a text message is never posted a second time after", () => {
  test.each<[string, Error | [number, unknown], string]>([
    ["a time-out", new DOMException("late", "TimeoutError"), "timeout"],
    ["a lost connection", new TypeError("fetch failed"), "failed"],
    ["500", [500, {}], "500"],
    ["502", [502, {}], "502"],
    ["504", [504, {}], "504"],
  ])("%s", async (_, answer, status) => {
    const { asked, send } = twilio(answer, [201, {}]);
    expect(await send()).toEqual({ status, error: expect.stringMatching(/text message/) });
    expect(asked).toHaveLength(1);
  });
});

const contract = new URL("../../../shared/corpus/twilio-api.json", import.meta.url);

describe.skipIf(!existsSync(contract))("Twilio's own contract", () => {
  it("has the resource, and every parameter that is sent", async () => {
    const api = JSON.parse(readFileSync(contract, "utf8"));
    const { asked, send } = twilio([201, {}]);
    await send();
    const path = new URL(asked[0]?.url ?? "").pathname.replace(ACCOUNT, "{AccountSid}");
    const { schema } = api.paths[path].post.requestBody.content["application/x-www-form-urlencoded"];
    const form = new URLSearchParams(String(asked[0]?.init.body));
    expect(Object.keys(schema.properties)).toEqual(
      expect.arrayContaining([...form.keys(), "MediaUrl", "StatusCallback"]),
    );
    expect([...form.keys()]).toEqual(expect.arrayContaining(schema.required));
  });
});
