import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sendMessage } from "../../src/worker/message.ts";

const ACCOUNT = `AC${"0".repeat(31)}1`;
const MESSAGE = {
  effect: "message" as const,
  key: "CA1-2-confirm",
  form: { To: "+14155550111", From: "+14155550100", Body: "Hello & bye" },
};

interface Asked {
  url: string;
  init: RequestInit;
}

/** Twilio as it answers in turn; the last answer serves all later requests. */
function twilio(...answers: [status: number, body: unknown][]) {
  const asked: Asked[] = [];
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    asked.push({ url, init });
    const [status, body] = answers[Math.min(asked.length, answers.length) - 1] ?? [500, {}];
    return new Response(JSON.stringify(body), { status });
  };
  return { asked, send: () => sendMessage({ fetch, privateHosts: [] }, ACCOUNT, "a token", MESSAGE) };
}

describe("a text message", () => {
  it("is taken by Twilio", async () => {
    const { asked, send } = twilio([201, { sid: "SM1" }]);
    expect(await send()).toBeUndefined();
    expect(asked).toHaveLength(1);
    expect(asked[0]?.init.headers).toMatchObject({
      Authorization: `Basic ${btoa(`${ACCOUNT}:a token`)}`,
      "Idempotency-Key": "CA1-2-confirm",
    });
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
    expect(await send()).toBe(
      "the text message was not sent, 400: Attempt to send to unsubscribed recipient",
    );
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
