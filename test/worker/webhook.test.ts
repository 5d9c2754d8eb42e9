import { Hono } from "hono/tiny";
import { describe, expect, test } from "vitest";
import { nodeCipher } from "../../src/cli/play/node-cipher.ts";
import { createApp } from "../../src/worker/app.ts";
import type { Deps } from "../../src/worker/deps.ts";
import { indexPrograms } from "../../src/worker/programs.ts";
import { programOf } from "../flow/support.ts";
import {
  CALLEE,
  CALLER,
  fixtures,
  HOST,
  type Line,
  line,
  linkIn,
  memoryStore,
  type Params,
  TOKEN,
  webhook,
} from "./support.ts";

const LEG: Params = {
  CallSid: CALLEE,
  ParentCallSid: CALLER,
  From: "+14155550100",
  Direction: "outbound-dial",
};

/** Posts to a path and reads the document. */
async function post(app: ReturnType<typeof line>, path: string, params: Params = {}): Promise<string> {
  const response = await app.fetch(webhook(path, params));
  expect(response.status).toBe(200);
  expect(response.headers.get("Content-Type")).toBe("text/xml; charset=utf-8");
  expect(response.headers.get("Cache-Control")).toBe("no-store");
  return response.text();
}

describe("a call", () => {
  test("goes from the flow's start through its answers, its state in each URL and a copy in the store", async () => {
    const store = memoryStore();
    const app = line({ store });
    const menu = await post(app, "/voice/desk");
    expect(menu).toContain("<Say>Press 1, 2 or 3.</Say>");
    expect(linkIn(menu)).toMatch(/^\/voice\/desk\/3f9c1a2b7d\/menu\/answered\/1\?t=[\w-]+$/);
    const account = await post(app, linkIn(menu), { Digits: "1" });
    expect(account).toContain("<Say>Your account number, please.</Say>");
    const confirm = await post(app, linkIn(account), { Digits: "4711" });
    expect(await post(app, linkIn(confirm), { Digits: "1" })).toContain("<Say>Account 4711.</Say><Hangup/>");
    await app.settle();
    const revisions = [1, 2, 3].map((rev) => `put call:${CALLER}:${rev}`);
    expect(store.asked).toEqual(revisions);
  });

  test.each<[string, (app: Line) => Hono]>([
    ["hands over its requests", (app) => new Hono().all("*", (c) => app.fetch(c.req.raw))],
    ["mounts the routes", ({ deps }) => new Hono().route("/", createApp(deps))],
  ])("continues in another Hono app, too, that %s", async (_, mount) => {
    const app = line();
    const mounting = mount(app);
    const mounted = { ...app, fetch: async (request: Request) => mounting.fetch(request) };
    const menu = await post(mounted, "/voice/desk");
    expect(await post(mounted, linkIn(menu), { Digits: "1" })).toContain("Your account number");
  });

  test("asks the store for nothing while its tickets open", async () => {
    const app = line({ store: { get: () => Promise.reject(new Error("asked")), put: async () => {} } });
    const menu = await post(app, "/voice/desk");
    expect(await post(app, linkIn(menu), { Digits: "1" })).toContain("Your account number");
    expect(app.lines.map(({ degraded }) => degraded)).toEqual([undefined, undefined]);
  });

  test("delivered twice has the same bytes as its answer, and the log says so", async () => {
    const app = line();
    const path = linkIn(await post(app, "/voice/desk"));
    const [first, second] = [await post(app, path, { Digits: "1" }), await post(app, path, { Digits: "1" })];
    await app.settle();
    expect(second).toBe(first);
    expect(app.lines.at(-1)).toEqual({ call: CALLER, flow: "desk", event: "write", duplicate: true });
  });

  test("continues through a rotation of the auth token", async () => {
    const store = memoryStore();
    const path = linkIn(await post(line({ store }), "/voice/desk"));
    const rotated = line({ store, tokens: ["a new token", TOKEN] });
    expect(await post(rotated, path, { Digits: "1" })).toContain("Your account number");
    expect(rotated.lines[0]?.degraded).toBeUndefined();
  });

  test("continues when TICKET_SECRET is introduced, and then seals with it", async () => {
    const sealed = linkIn(await post(line(), "/voice/desk"));
    const app = line({ sealing: { secrets: ["a ticket secret", TOKEN], cipher: nodeCipher } });
    const account = await post(app, sealed, { Digits: "1" });
    expect(account).toContain("Your account number");
    const other = line({ sealing: { secrets: ["a ticket secret"], cipher: nodeCipher } });
    await post(other, linkIn(account), { Digits: "4711" });
    expect([app.lines[0]?.degraded, other.lines[0]?.degraded]).toEqual([undefined, undefined]);
  });

  test("learns nothing from the ticket of another call", async () => {
    const app = line();
    const path = linkIn(await post(app, linkIn(await post(app, "/voice/desk")), { Digits: "1" }));
    await app.fetch(webhook(path, { CallSid: CALLEE, Digits: "4711" }));
    expect(app.lines.at(-1)).toMatchObject({ call: CALLEE, degraded: true });
  });
});

describe("an aside", () => {
  async function ringing(app: ReturnType<typeof line>): Promise<string> {
    return post(app, linkIn(await post(app, "/voice/desk")), { Digits: "2" });
  }

  test("answers the leg that asks with what is known of the caller, and moves nothing", async () => {
    const store = memoryStore();
    const app = line({ store });
    const dial = await ringing(app);
    await app.settle();
    const before = [...store.asked];
    const whisper = await post(app, linkIn(dial, "url"), LEG);
    expect(whisper).toContain("A call from +14155550111.");
    expect(await post(app, linkIn(whisper), { ...LEG, Digits: "1" })).toContain("Accepted, asked 1.");
    expect(store.asked).toEqual(before);
    const rang = await post(app, linkIn(dial), { DialCallStatus: "no-answer" });
    expect(rang).toContain("Dial ended: no-answer.");
  });

  test("links to asides only, at the call's own revision", async () => {
    const app = line();
    const dial = await ringing(app);
    expect(linkIn(dial, "url")).toMatch(/^\/aside\/desk\/3f9c1a2b7d\/ring\/whispered\/2\?t=/);
    const whisper = await post(app, linkIn(dial, "url"), LEG);
    expect(linkIn(whisper)).toMatch(/^\/aside\/desk\/3f9c1a2b7d\/ring\/accepted\/2\?t=/);
  });

  test("that fails says nothing, so that the two are connected all the same", async () => {
    const app = line();
    const aside = linkIn(await ringing(app), "url").replace("/whispered/", "/gone/");
    expect(await post(app, aside, LEG)).toBe('<?xml version="1.0" encoding="UTF-8"?><Response></Response>');
    expect(app.lines.at(-1)?.error).toContain("gone");
  });

  test("does not open the call's own road", async () => {
    const app = line();
    const aside = linkIn(await ringing(app), "url");
    await post(app, aside.replace("/aside/", "/voice/"), LEG);
    expect(app.lines.at(-1)?.degraded).toBe(true);
  });
});

/** What a webhook of each kind has that others have not. */
const PARAMS: Record<string, Params> = { status: { CallStatus: "completed" }, sms: { MessageSid: "SM1" } };

describe("a call that cannot begin gets an error, so that Twilio requests the fallback URL:", () => {
  const PART = `
gives: [name]
variables:
  name: { type: string, default: Ada }
steps:
  greet:
    set: { name: Grace }
    next: return
`;
  const broken: Partial<Deps> = {
    callTime: () => {
      throw new Error("out of order");
    },
  };
  const part = indexPrograms([programOf(PART, "flows/desk.yaml")]);

  test.each<[string, string, Partial<Deps>, number, RegExp]>([
    ["an unknown flow", "/voice/nowhere", {}, 404, /Unknown flow "nowhere"/],
    ["a part", "/voice/desk", { programs: part }, 404, /"desk" is a part/],
    ["an exception", "/voice/desk", broken, 500, /failed before it could answer/],
    ["a text message to an unknown flow", "/sms/nowhere", {}, 404, /Unknown flow "nowhere"/],
    ["a text message that nothing answers", "/sms/desk", {}, 404, /"desk" has no onMessage/],
    ["the status of an unknown flow", "/status/nowhere", {}, 404, /Unknown flow "nowhere"/],
  ])("%s", async (_, path, deps, status, sentence) => {
    const store = memoryStore();
    const app = line({ store, ...deps });
    const params = PARAMS[path.split("/")[1] ?? ""] ?? {};
    const response = await app.fetch(webhook(path, params));
    expect(response.status).toBe(status);
    expect(response.headers.get("Content-Type")).toBe("text/plain; charset=utf-8");
    expect(await response.text()).toMatch(sentence);
    expect(store.asked).toEqual([]);
    const error = status === 500 ? "out of order" : expect.stringMatching(sentence);
    expect(app.lines.map((one) => one.error)).toEqual([error]);
  });

  test("but not to someone who is not Twilio, who learns nothing of the flows", async () => {
    expect((await line().fetch(webhook("/voice/nowhere", {}, "another token"))).status).toBe(403);
    expect((await line().fetch(webhook("/status/nowhere", {}, "another token"))).status).toBe(403);
  });
});

describe("a caller hears an apology, not an error page, in mid-call", () => {
  test("where there is no such flow any more", async () => {
    const app = line();
    const path = linkIn(await post(app, "/voice/desk")).replace("/desk/", "/gone/");
    expect(await post(app, path)).toMatch(/<Say>We are sorry.*<\/Say><Hangup\/>/);
    expect(app.lines.at(-1)).toMatchObject({ flow: "gone", error: expect.stringContaining("Unknown flow") });
  });

  test.each(["/voice/desk/3f9c1a2b7d/gone/answered/1", "/voice/desk/3f9c1a2b7d/menu/gone/1"])(
    "the flow's own, where it has no such place: %s",
    async (path) => {
      const app = line();
      expect(await post(app, path)).toContain("<Say>The desk cannot answer now.</Say><Hangup/>");
      expect(app.lines[0]?.error).toContain("gone");
    },
  );

  test("where something throws", async () => {
    const path = linkIn(await post(line(), "/voice/desk"));
    const app = line({
      callTime: () => {
        throw new Error("out of order");
      },
    });
    expect(await post(app, path)).toContain("<Say>We are sorry.");
    expect(app.lines).toMatchObject([{ flow: "desk", step: "menu", error: "out of order" }]);
  });
});

test("a version that is there continues in itself", async () => {
  const older = fixtures.map((program) => ({ ...program, hash: "0ld0ld0ld0" }));
  const path = linkIn(await post(line({ programs: indexPrograms(older) }), "/voice/desk"));
  const app = line({ programs: indexPrograms([...older, ...fixtures]) });
  expect(linkIn(await post(app, path, { Digits: "1" }))).toContain("/voice/desk/0ld0ld0ld0/");
  expect(linkIn(await post(app, "/voice/desk"))).toContain("/voice/desk/3f9c1a2b7d/");
});

test("a status callback is verified, noted and answered with 204", async () => {
  const app = line();
  const response = await app.fetch(webhook("/status/desk", { CallStatus: "completed" }));
  expect([response.status, await response.text()]).toEqual([204, ""]);
  expect(app.lines).toEqual([
    { call: CALLER, flow: "desk", event: "status completed", ms: expect.any(Number) },
  ]);
  expect((await app.fetch(webhook("/status/desk", {}, "another token"))).status).toBe(403);
});

describe("/health", () => {
  const older = fixtures.map((program) => ({ ...program, hash: "0ld0ld0ld0" }));
  const programs = indexPrograms([...older, ...fixtures]);
  const health = async (adminToken: string | undefined, headers: Record<string, string>) => {
    const app = line({ programs, ...(adminToken !== undefined && { adminToken }) });
    return (await app.fetch(new Request(`${HOST}/health`, { headers }))).json();
  };

  test.each<[string, string | undefined, Record<string, string>]>([
    ["no token", "s3cret", {}],
    ["another token", "s3cret", { Authorization: "Bearer s3creT" }],
    ["the beginning of the token", "s3cret", { Authorization: "Bearer s3cre" }],
    ["more than the token", "s3cret", { Authorization: "Bearer s3cret0" }],
    ["another scheme", "s3cret", { Authorization: "Basic s3cret" }],
    ["a token when none is configured", undefined, { Authorization: "Bearer undefined" }],
    ["an empty token when it is empty", "", { Authorization: "Bearer " }],
  ])("with %s names no flow", async (_, adminToken, headers) => {
    expect(await health(adminToken, headers)).toEqual({ status: "ok" });
  });

  test("lists the current versions for the administrator", async () => {
    expect(await health("s3cret", { Authorization: "Bearer s3cret" })).toEqual({
      status: "ok",
      flows: [{ flow: "desk", version: "3f9c1a2b7d" }],
    });
  });
});
