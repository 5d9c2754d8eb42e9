/** `POST /messages` of the Worker, to a Twilio that holds every request to its contract. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { finish, useFalseTime } from "../worker/false-time.ts";
import { outboundObjects } from "../worker/outbound-object.ts";
import { HOST, type Line, lineOf } from "../worker/support.ts";
import { ACCOUNT, API_KEY, API_SECRET, hasContract, type TwilioApi, twilioApi } from "./twilio-api.ts";
import { addMessage } from "./twilio-records.ts";

const CALLS_TOKEN = "the-token-for-placing-calls";
const BODY = { to: "+14155550111", from: "+14155550100", body: "Hello & goodbye." };

let api: TwilioApi;
let app: Line;

useFalseTime();

beforeEach(async () => {
  if (!hasContract) return;
  api = await twilioApi();
  const account = {
    web: { fetch: (to: string, init: RequestInit) => fetch(to, init), privateHosts: [] },
    tokens: ["a token of the tests"],
    apiKey: { sid: API_KEY, secret: API_SECRET },
    api: api.url,
    accountSid: ACCOUNT,
  };
  const { outbound } = outboundObjects({ ...account, limits: { minute: 60, day: 2 } });
  app = lineOf("steps: { hi: { hangup: Hi. } }", { ...account, callsToken: CALLS_TOKEN, outbound });
});

async function send(body: object = BODY, key = "a", token = CALLS_TOKEN) {
  const headers = { Authorization: `Bearer ${token}`, "Idempotency-Key": key };
  const request = new Request(`${HOST}/messages`, { method: "POST", headers, body: JSON.stringify(body) });
  const response = await finish(app.fetch(request));
  const { sid, error } = await response.json();
  return { status: response.status, sid, code: error?.code };
}

const sent = () => [...api.messages.values()];

describe.runIf(hasContract)("a message over HTTP", () => {
  test("is sent once for each key, with a picture if it has one", async () => {
    const media = "https://phone.example.com/a.png";
    const first = await send({ ...BODY, media });
    expect(first).toMatchObject({ status: 201, sid: sent()[0]?.sid });
    expect(await send({ ...BODY, media })).toEqual(first);
    expect(sent()).toMatchObject([{ to: BODY.to, from: BODY.from, body: BODY.body }]);
    expect(api.requests.at(-1)?.parameters).toMatchObject({ MediaUrl: media });
    expect((await send({ ...BODY, body: "Another." })).code).toBe("other-body");
    expect(sent()).toHaveLength(1);
  });

  test("is looked for by its text before it is sent again", async () => {
    const service = `MG${"0".repeat(32)}`;
    for (const from of [BODY.from, service]) {
      addMessage(api, { to: BODY.to, from, body: "Another text." });
      api.faults.push({ fails: "half", acts: true });
      expect(await send({ ...BODY, from }, from)).toMatchObject({ status: 502, code: "unknown" });
      const { sid } = sent().at(-1) ?? {};
      addMessage(api, { to: BODY.to, from, body: "A later text." });
      const { length } = sent();
      await vi.advanceTimersByTimeAsync(120_000);
      expect(await send({ ...BODY, from }, from)).toMatchObject({ status: 201, sid });
      expect(sent()).toHaveLength(length);
    }
  });

  test.each([
    ["to", { to: "Ann" }],
    ["to", { to: "" }],
    ["from", { from: "" }],
    ["body", { body: " " }],
    ["body", { body: "x".repeat(1601) }],
    ["media", { media: "file:///etc/passwd" }],
    ["other", { other: 1 }],
  ])("is not sent with a wrong `%s`", async (code, wrong) => {
    expect(await send({ ...BODY, ...wrong })).toMatchObject({ status: 400, code });
    expect(api.requests).toEqual([]);
  });

  test("needs the token and a key, and counts for the limits", async () => {
    expect((await send(BODY, "a", "another")).status).toBe(401);
    expect((await send(BODY, "")).code).toBe("key");
    await send(BODY, "a");
    await send(BODY, "b");
    expect(await send(BODY, "c")).toMatchObject({ status: 429, code: "limit" });
    expect(sent()).toHaveLength(2);
  });
});
