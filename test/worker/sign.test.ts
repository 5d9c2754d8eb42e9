/** Requests that are signed as Twilio signs, and those that are not sent because they cannot be. */
import { createHmac } from "node:crypto";
import { validateRequest, validateRequestWithBody } from "twilio/lib/webhooks/webhooks.js";
import { describe, expect, it } from "vitest";
import type { HttpRequest } from "../../src/engine/effect.ts";
import { ask, type Web } from "../../src/worker/http.ts";
import type { Signer } from "../../src/worker/sign.ts";

const TOKEN = "12345";
const HOST = "functions-1234.twil.io";
const signer: Signer = {
  signsFor: (host) => host === HOST,
  hmac: async (text) => createHmac("sha1", TOKEN).update(text).digest("base64"),
};

/** Sends a request, and returns what the service gets. */
async function sent(more: Partial<HttpRequest>, web: Partial<Web> = { signer }, responses: Response[] = []) {
  const got: { url: string; body: string; signature: string }[] = [];
  const fetch: Web["fetch"] = async (url, { headers, body }) => {
    const signature = new Headers(headers).get("X-Twilio-Signature") ?? "";
    got.push({ url, body: typeof body === "string" ? body : "", signature });
    return responses.shift() ?? Response.json({});
  };
  const request: HttpRequest = {
    method: "POST",
    url: `https://${HOST}/check`,
    headers: {},
    timeout: 400,
    retries: 0,
    sign: "twilio",
    ...more,
  };
  const asked = await ask({ fetch, privateHosts: [], ...web }, request, 10_000);
  return { got, ...asked };
}

const FORM = { "content-type": "application/x-www-form-urlencoded" };

describe("Twilio's own function accepts", () => {
  it("a GET, with its query as it is sent", async () => {
    const { got } = await sent({ method: "GET", url: `https://${HOST}/check?name=O'Hara B%20C&x=%2B1#here` });
    expect(got).toHaveLength(1);
    for (const { url, signature } of got) expect(validateRequest(TOKEN, signature, url, {})).toBe(true);
  });

  it("a form, whatever the order of its names", async () => {
    const form = new URLSearchParams({ b: "2 & 3", a: "é", B: "" });
    const { got } = await sent({ body: form.toString(), headers: FORM });
    expect(got).toHaveLength(1);
    for (const { url, signature } of got) {
      expect(validateRequest(TOKEN, signature, url, Object.fromEntries(form))).toBe(true);
      expect(validateRequest(TOKEN, signature, url, { ...Object.fromEntries(form), a: "e" })).toBe(false);
    }
  });

  it("JSON, by its hash in the URL", async () => {
    const body = JSON.stringify({ name: "Łukasz" });
    const { got } = await sent({ url: `https://${HOST}/check?a=1`, body });
    expect(got).toHaveLength(1);
    for (const { url, signature } of got) {
      expect(validateRequestWithBody(TOKEN, signature, url, body)).toBe(true);
      expect(validateRequestWithBody(TOKEN, signature, url, `${body} `)).toBe(false);
    }
  });

  it("a redirected request, signed for the URL that it goes to", async () => {
    const moved = new Response(null, { status: 307, headers: { Location: "/other" } });
    const { got } = await sent({ method: "GET" }, { signer }, [moved]);
    expect(got.map(({ url }) => url)).toEqual([`https://${HOST}/check`, `https://${HOST}/other`]);
    for (const { url, signature } of got) expect(validateRequest(TOKEN, signature, url, {})).toBe(true);
  });
});

describe("nothing is sent", () => {
  it.each([
    ["to a host that is not listed", { url: "https://functions-1234.twil.io.example.com/check" }, { signer }],
    ["to another port", { url: `https://${HOST}:8443/check` }, { signer }],
    ["without a token", {}, { signer: { signsFor: () => true } }],
    ["without a signer", {}, {}],
  ])("%s", async (_what, request, web) => {
    const { got, answer, why } = await sent({ ...request, retries: 2 }, web);
    expect(got).toEqual([]);
    expect(answer.status).toBe("failed");
    expect(why).toMatch(/TWILIO_/);
  });
});

it("a request without `sign` has no signature", async () => {
  const request: HttpRequest = {
    method: "GET",
    url: `https://${HOST}/`,
    headers: {},
    timeout: 400,
    retries: 0,
  };
  const seen: boolean[] = [];
  const fetch: Web["fetch"] = async (_url, { headers }) => {
    seen.push(new Headers(headers).has("X-Twilio-Signature"));
    return Response.json({});
  };
  await ask({ fetch, privateHosts: [], signer }, request, 1000);
  expect(seen).toEqual([false]);
});

describe("a text that is not JSON", () => {
  const page = () => [new Response("Hello Ada")];
  const plain = { method: "GET", url: `https://${HOST}/` };
  it("is handed on if the request wants the text", async () => {
    const { answer } = await sent({ ...plain, text: true }, { signer }, page());
    expect(answer).toEqual({ status: "200", body: null, text: "Hello Ada" });
  });
  it("is invalid otherwise", async () => {
    const { answer } = await sent(plain, { signer }, page());
    expect(answer).toEqual({ status: "invalid", body: null });
  });
});
