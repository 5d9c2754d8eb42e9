/** Twilio's REST API, as the Worker uses it: what is sent, and how each answer is read. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { API, accountOf, create, list, redirectCall } from "../../src/worker/twilio.ts";
import { finish, useFalseTime } from "./false-time.ts";

const SID = "AC1";
const ACCOUNT = { sid: SID, user: { sid: "SK1", secret: "s" }, api: API };
const BETWEEN = { To: "+14155550111", From: "+14155550100" };

useFalseTime();
beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

type Answer = [status: number, body: unknown] | Error;

function twilio(...answers: Answer[]) {
  const asked: { url: string; init: RequestInit }[] = [];
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    asked.push({ url, init });
    const answer = answers[Math.min(asked.length, answers.length) - 1] ?? [500, {}];
    if (answer instanceof Error) throw answer;
    return Response.json(answer[1], { status: answer[0] });
  };
  return { asked, web: { fetch, privateHosts: ["private.example"] } };
}

describe("an account", () => {
  test.each([
    [{ tokens: ["t", "old"] }, { sid: SID, user: { sid: SID, secret: "t" }, api: "https://api.twilio.com" }],
    [
      { tokens: [], apiKey: { sid: "SK1", secret: "s" }, api: "https://api.example" },
      { sid: SID, user: { sid: "SK1", secret: "s" }, api: "https://api.example" },
    ],
    [{ tokens: [] }, undefined],
    [{ tokens: [""] }, undefined],
  ])("of %j", (secrets, account) => {
    expect(accountOf(secrets, SID)).toEqual(account);
  });
});

describe("a request", () => {
  test("with a form is a POST", async () => {
    const { web, asked } = twilio([201, { sid: "CA1", status: "queued" }]);
    await create(web, ACCOUNT, "Calls", { To: "+1 2" });
    expect(asked).toEqual([
      {
        url: "https://api.twilio.com/2010-04-01/Accounts/AC1/Calls.json",
        init: expect.objectContaining({
          method: "POST",
          body: "To=%2B1+2",
          headers: {
            Authorization: `Basic ${btoa("SK1:s")}`,
            "Content-Type": "application/x-www-form-urlencoded",
          },
        }),
      },
    ]);
  });

  test("without one is a GET", async () => {
    const { web, asked } = twilio([200, { messages: [] }]);
    await list(web, ACCOUNT, "Messages", BETWEEN);
    expect(asked).toEqual([
      {
        url: "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json?To=%2B14155550111&From=%2B14155550100",
        init: expect.objectContaining({
          method: "GET",
          body: null,
          headers: { Authorization: `Basic ${btoa("SK1:s")}` },
        }),
      },
    ]);
  });

  test.each([
    ["http://localhost:9999", true],
    ["http://private.example", true],
    ["https://10.0.0.1", true],
  ])("goes to %s if the owner says so", async (api) => {
    const { web, asked } = twilio([201, { sid: "CA1", status: "queued" }]);
    await create(web, { ...ACCOUNT, api }, "Calls", {});
    expect(asked.map(({ url }) => url)).toEqual([`${api}/2010-04-01/Accounts/AC1/Calls.json`]);
  });
});

describe("a call that is placed", () => {
  test.each<[string, Answer, unknown]>([
    [
      "with all that is read",
      [201, { sid: "CA1", status: "queued", date_created: "Mon, 23 Nov 2026 17:00:00 +0000", body: "Hi" }],
      { sid: "CA1", status: "queued", created: Date.UTC(2026, 10, 23, 17), body: "Hi" },
    ],
    [
      "without a date",
      [201, { sid: "CA1", status: "queued", body: 5 }],
      { sid: "CA1", status: "queued", created: Number.NaN },
    ],
    ["without a name", [201, { status: "queued" }], { status: "invalid", code: 0, message: "" }],
    ["without a status", [201, { sid: "CA1", status: 5 }], { status: "invalid", code: 0, message: "" }],
    ["as a list", [201, []], { status: "invalid", code: 0, message: "" }],
    ["with 200", [200, { sid: "CA1", status: "queued" }], { status: "invalid", code: 0, message: "" }],
    ["refused", [400, { code: 21211, message: "No." }], { status: "400", code: 21211, message: "No." }],
    [
      "refused with a code as a text",
      [422, { code: "21211", message: 5 }],
      { status: "422", code: 21211, message: "5" },
    ],
    ["refused without a code", [404, { code: "none" }], { status: "404", code: 0, message: "" }],
    ["refused without words", [400, { message: "" }], { status: "400", code: 0, message: "" }],
    ["refused as a text", [500, "broken"], { status: "500", code: 0, message: "" }],
    ["never", new TypeError("reset"), { status: "failed", code: 0, message: "no connection" }],
    [
      "too late",
      new DOMException("late", "TimeoutError"),
      { status: "timeout", code: 0, message: "no answer in time" },
    ],
  ])("%s", async (_, answer, made) => {
    const { web, asked } = twilio(answer);
    expect(await create(web, ACCOUNT, "Calls", {})).toEqual(made);
    expect(asked).toHaveLength(1);
  });

  test.each([
    ["+14155550111 is not valid", "+*** is not valid"],
    ["11200 and 30007 and 4321", "*** and *** and 4321"],
  ])("quotes no number: %s", async (message, said) => {
    const { web } = twilio([400, { code: 1, message }]);
    expect(await create(web, ACCOUNT, "Calls", {})).toMatchObject({ message: said });
  });

  test.each([429, 503])("is never tried again, not even after %i", async (status) => {
    const { web, asked } = twilio([status, {}]);
    await create(web, ACCOUNT, "Calls", {});
    expect(asked).toHaveLength(1);
  });
});

describe("a list", () => {
  const one = { sid: "CA1", status: "queued", date_created: "2026-11-23T17:00:00Z" };
  const made = { sid: "CA1", status: "queued", created: Date.UTC(2026, 10, 23, 17) };

  test.each<[string, Answer, unknown]>([
    ["of what can be read", [200, { calls: [{ sid: 5 }, one, null] }], [made]],
    ["of nothing", [200, { calls: [] }], []],
    ["of another resource", [200, { messages: [one] }], { status: "invalid", code: 0, message: "" }],
    ["that is none", [200, { calls: one }], { status: "invalid", code: 0, message: "" }],
    ["with 206", [206, { calls: [one] }], { status: "invalid", code: 0, message: "" }],
    ["refused", [401, { code: 20003, message: "No." }], { status: "401", code: 20003, message: "No." }],
  ])("%s", async (_, answer, read) => {
    expect(await list(twilio(answer).web, ACCOUNT, "Calls", BETWEEN)).toEqual(read);
  });
});

describe("a call that is moved", () => {
  test("is asked to continue at a URL", async () => {
    const { web, asked } = twilio([200, {}]);
    expect(await redirectCall(web, ACCOUNT, "CA1", "https://a.example/?b=c")).toBeUndefined();
    expect(asked[0]?.url).toBe("https://api.twilio.com/2010-04-01/Accounts/AC1/Calls/CA1.json");
    expect(asked[0]?.init).toMatchObject({ method: "POST", body: "Url=https%3A%2F%2Fa.example%2F%3Fb%3Dc" });
  });

  test.each<[Answer[], number, unknown]>([
    [
      [
        [429, {}],
        [503, {}],
        [200, {}],
      ],
      3,
      undefined,
    ],
    [[[503, {}]], 3, { status: "503", code: 0, message: "" }],
    [[[201, {}]], 1, { status: "invalid", code: 0, message: "" }],
    [[[500, {}]], 1, { status: "500", code: 0, message: "" }],
  ])("after %j: %i requests", async (answers, requests, refused) => {
    const { web, asked } = twilio(...answers);
    expect(await finish(redirectCall(web, ACCOUNT, "CA1", "u"))).toEqual(refused);
    expect(asked).toHaveLength(requests);
  });

  test("has 15 s for a try, and 25 s for all", async () => {
    const timeout = vi.spyOn(AbortSignal, "timeout");
    const { web } = twilio([503, {}]);
    const slow = {
      ...web,
      fetch: (url: string, init: RequestInit) => {
        vi.setSystemTime(Date.now() + 12_000);
        return web.fetch(url, init);
      },
      wait: async () => {},
    };
    vi.mocked(Math.random).mockReturnValue(0);
    await redirectCall(slow, ACCOUNT, "CA1", "u");
    expect(timeout.mock.calls).toEqual([[15_000], [13_000], [1000]]);
  });
});
