import { createHmac } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { nodeCipher } from "../../src/cli/play/node-cipher.ts";
import type { Deps } from "../../src/worker/deps.ts";
import {
  ACCOUNT,
  CALLEE,
  CALLER,
  encode,
  get,
  HOST,
  line,
  memoryStore,
  type Params,
  TOKEN,
  webhook,
} from "./support.ts";

const START = "/voice/desk";
const TURN = "/voice/desk/3f9c1a2b7d/menu/answered/1";

/** A webhook with some of it changed after it was signed. */
function altered(path: string, init: RequestInit): Request {
  return new Request(webhook(path), init);
}

interface Refusal {
  what: string;
  request: () => Request;
  status: number;
  says: RegExp;
  deps?: Partial<Deps>;
}

const SHA256 = "key=desk,algorithm=HMAC_SHA256";
const KEYED: Partial<Deps> = { tokens: [], sharedKeys: ["a shared key"] };

const REFUSALS: Refusal[] = [
  { what: "no path of ours", request: () => webhook("/"), status: 404, says: /\/voice\// },
  { what: "half a path", request: () => webhook("/voice/desk/3f9c1a2b7d"), status: 404, says: /\/voice\// },
  { what: "revision 0", request: () => webhook(TURN.replace(/1$/, "0")), status: 400, says: /revision/ },
  { what: "no revision", request: () => webhook(TURN.replace(/1$/, "one")), status: 400, says: /revision/ },
  { what: "unsigned GET", request: () => new Request(HOST + START), status: 403, says: /Signature/ },
  { what: "GET of a turn", request: () => new Request(HOST + TURN), status: 404, says: /POST/ },
  {
    what: "GET with a parameter that is not signed",
    request: () => {
      const signed = get(START);
      return new Request(`${signed.url}&From=%2B14155550199`, { headers: signed.headers });
    },
    status: 403,
    says: /does not match/,
  },
  {
    what: "POST with another query than the signed one",
    request: () => {
      const signed = webhook(`${START}?dept=sales`);
      return new Request(signed.url.replace("sales", "board"), signed);
    },
    status: 403,
    says: /does not match/,
  },
  {
    what: "JSON",
    request: () => altered(START, { headers: { "Content-Type": "application/json" } }),
    status: 415,
    says: /application\/x-www-form-urlencoded/,
  },
  {
    what: "no content type",
    request: () => new Request(HOST + START, { method: "POST" }),
    status: 415,
    says: /application\/x-www-form-urlencoded/,
  },
  {
    what: "a body over 64 kB",
    request: () => webhook(START, { Noise: "x".repeat(64 * 1024) }),
    status: 413,
    says: /65536 bytes/,
  },
  {
    what: "a declared length over 64 kB",
    request: () => {
      const request = webhook(START);
      request.headers.set("Content-Length", "65537");
      return request;
    },
    status: 413,
    says: /65536 bytes/,
  },
  {
    what: "another token's signature",
    request: () => webhook(START, {}, "x"),
    status: 403,
    says: /X-Twilio-Sig/,
  },
  { what: "no signature", request: () => unsigned(START), status: 403, says: /X-Twilio-Signature/ },
  {
    what: "a webhook when there is no token",
    request: () => webhook(START),
    deps: { tokens: [] },
    status: 403,
    says: /wrangler secret put TWILIO_AUTH_TOKEN/,
  },
  {
    what: "another account",
    request: () => webhook(START),
    deps: { accountSid: "AC00000000000000000000000000000009" },
    status: 403,
    says: /TWILIO_ACCOUNT_SID/,
  },
  {
    what: "a shared key when there is none",
    request: () => keyed(SHA256),
    status: 403,
    says: /signed with a shared key.*wrangler secret put TWILIO_SHARED_KEY/,
  },
  {
    what: "another shared key",
    request: () => keyed(SHA256, "another"),
    deps: KEYED,
    status: 403,
    says: /TWILIO_SHARED_KEY is the key of the Setting/,
  },
  {
    what: "an unknown algorithm",
    request: () => keyed("key=desk,algorithm=HMAC_MD5"),
    deps: KEYED,
    status: 403,
    says: /HMAC_SHA256 and HMAC_SHA1/,
  },
  {
    what: "an auth token's signature when there is only a shared key",
    request: () => webhook(START),
    deps: KEYED,
    status: 403,
    says: /TWILIO_AUTH_TOKEN is not set.*Rule/,
  },
  {
    what: "a body that breaks off",
    request: () => {
      const body = new ReadableStream({ pull: () => Promise.reject(new Error("Network connection lost.")) });
      const { headers } = webhook(START);
      return new Request(HOST + START, { method: "POST", headers, body, ...{ duplex: "half" } });
    },
    status: 400,
    says: /^The body broke off\.$/m,
  },
  { what: "no CallSid", request: () => webhook(START, { CallSid: "" }), status: 400, says: /CallSid/ },
];

const SETTINGS = "X-Twilio-Webhooks-Signature-Settings";

/** A webhook that a shared key signs, as the header says. */
function keyed(settings: string, key = "a shared key", path = START): Request {
  const request = webhook(path);
  const params = { CallSid: CALLER, AccountSid: ACCOUNT };
  const text = `${HOST}${path}AccountSid${ACCOUNT}CallSid${CALLER}`;
  const headers = new Headers(request.headers);
  headers.set(SETTINGS, settings);
  headers.set("X-Twilio-Signature", createHmac("sha256", key).update(text).digest("base64"));
  return new Request(HOST + path, { method: "POST", headers, body: encode(params) });
}

function unsigned(path: string): Request {
  const request = webhook(path);
  request.headers.delete("X-Twilio-Signature");
  return request;
}

describe("a refusal", () => {
  test.each(REFUSALS)("of $what is $status with a sentence, and touches no store", async (refusal) => {
    const store = memoryStore();
    const { fetch, lines } = line({ store, ...refusal.deps });
    const response = await fetch(refusal.request());
    expect(response.status).toBe(refusal.status);
    expect(response.headers.get("Content-Type")).toBe("text/plain; charset=utf-8");
    expect(await response.text()).toMatch(refusal.says);
    expect(store.asked).toEqual([]);
    expect(lines).toEqual([]);
  });

  test.each<[string, Params, Partial<Deps>]>([
    ["has 301 parameters", Object.fromEntries(Array.from({ length: 301 }, (_, one) => [`P${one}`, "1"])), {}],
    ["has no CallSid", { CallSid: "" }, {}],
    ["is of another account", {}, { accountSid: "AC00000000000000000000000000000009" }],
  ])("of what %s costs no HMAC", async (_, params, deps) => {
    const hmac = vi.fn(nodeCipher.hmac);
    const sealing = { secrets: [TOKEN], cipher: { ...nodeCipher, hmac } };
    const response = await line({ sealing, ...deps }).fetch(webhook(START, params, "another token"));
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(hmac).not.toHaveBeenCalled();
  });

  test("of what has no signature leaves its body unread", async () => {
    const request = unsigned(START);
    expect((await line().fetch(request)).status).toBe(403);
    expect(request.bodyUsed).toBe(false);
  });

  test("of every body that differs in one byte", async () => {
    const { fetch } = line();
    const body = encode({ CallSid: CALLEE, AccountSid: ACCOUNT, Digits: "1" });
    const signed = webhook(START, { CallSid: CALLEE, AccountSid: ACCOUNT, Digits: "1" });
    for (let at = 0; at < body.length; at++) {
      const changed = body.slice(0, at) + (body[at] === "x" ? "y" : "x") + body.slice(at + 1);
      const { status } = await fetch(new Request(signed.clone(), { body: changed }));
      // Without its CallSid it is refused before its signature is checked.
      expect(status).toBe(at < "CallSid=".length ? 400 : 403);
    }
  });

  test.each(["?", "\uFEFF"])("of a body with %j put before it, which parsers like to drop", async (mark) => {
    const { fetch } = line();
    const signed = webhook(START);
    const [sid, ...others] = (await signed.clone().text()).split("&");
    const body = mark + [...others, sid].join("&");
    expect((await fetch(new Request(signed, { body }))).status).toBe(403);
  });
});

describe("admitted is", () => {
  test.each([
    [
      "a shared key's signature, without any token",
      keyed(SHA256),
      { ...KEYED, sealing: { secrets: ["x"], cipher: nodeCipher } },
    ],
    ["a repeated parameter", webhook(START, { Tag: ["b", "a", "b"] }), {}],
    ["a parameter with an object's name", webhook(START, { __proto__: "1", constructor: "2" }), {}],
    [
      "a webhook of 300 parameters",
      webhook(START, Object.fromEntries(Array.from({ length: 294 }, (_, one) => [`P${one}`, "1"]))),
      {},
    ],
    ["the configured account", webhook(START), { accountSid: ACCOUNT }],
    ["the second of two tokens", webhook(START), { tokens: ["new", TOKEN] }],
    [
      "a request that a proxy passed on",
      new Request(webhook(START, {}, TOKEN, "https://public.example")).clone(),
      { publicUrl: "https://public.example" },
    ],
  ])("%s", async (_, request, deps) => {
    expect((await line(deps).fetch(request.clone())).status).toBe(200);
  });

  test("a request whose host a proxy changed, where PUBLIC_URL says so", async () => {
    const signed = webhook(START, {}, TOKEN, "https://public.example/phone");
    const arrived = new Request(`http://10.0.0.1:8787${START}`, signed);
    expect((await line().fetch(arrived.clone())).status).toBe(403);
    const response = await line({ publicUrl: "https://public.example/phone" }).fetch(arrived);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('action="/phone/voice/desk/');
  });
});
