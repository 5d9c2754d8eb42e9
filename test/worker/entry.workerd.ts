/** The Worker as it is deployed, in the runtime that it is deployed to. */
import { env, exports } from "cloudflare:workers";
import { expect, test } from "vitest";
import { CALLER, HOST, linkIn, type Params, webhook } from "./support.ts";

async function post(path: string, params: Params = {}): Promise<string> {
  const response = await exports.default.fetch(webhook(path, params));
  expect(response.status).toBe(200);
  return response.text();
}

test("a signed call of three answers runs over the entry and its KV binding", async () => {
  const menu = await post("/voice/desk");
  const account = await post(linkIn(menu), { Digits: "1" });
  const confirm = await post(linkIn(account), { Digits: "4711" });
  expect(await post(linkIn(confirm), { Digits: "1" })).toContain("<Say>Account 4711.</Say><Hangup/>");
});

test("a state that is too large for its ticket comes back from KV", async () => {
  const said = "and then ".repeat(250).trim();
  const story = await post(linkIn(await post("/voice/desk")), { Digits: "3" });
  const applause = linkIn(await post(linkIn(story), { SpeechResult: said }));
  expect(applause).toBe("/voice/desk/3f9c1a2b7d/applause/answered/3");
  expect(await env.CALLS.get(`call:${CALLER}:3`)).toContain(`${applause}?t=`);
  expect(await post(applause, { Digits: "1" })).toContain(`You said ${said}.`);
});

test("a variable of the Worker fills its hole in a flow", async () => {
  expect(await post(linkIn(await post("/voice/desk")), { Digits: "2" })).toContain("+14155550199</Number>");
});

test("a forged webhook is refused", async () => {
  const response = await exports.default.fetch(webhook("/voice/desk", {}, "not the token"));
  expect(response.status).toBe(403);
});

test("/health answers without a signature, and names no flow", async () => {
  const response = await exports.default.fetch(new Request(`${HOST}/health`));
  expect(await response.json()).toEqual({ status: "ok" });
});
