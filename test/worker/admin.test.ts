/** What the admin endpoint answers to requests that no command line of ours sends. */
import { describe, expect, test } from "vitest";
import { hashOf } from "../../src/program/hash.ts";
import type { Deps } from "../../src/worker/deps.ts";
import { indexPrograms, newArchive } from "../../src/worker/programs.ts";
import { programOf } from "../flow/support.ts";
import { pointerObjects } from "./pointer-object.ts";
import { HOST, line, type MemoryStore, memoryStore } from "./support.ts";

const DESK = programOf("steps: { bye: { hangup: Bye. } }\n", "flows/desk.yaml");
const OTHER = programOf("steps: { bye: { hangup: Goodbye. } }\n", "flows/desk.yaml");
const SHOP = programOf("steps: { bye: { hangup: Bye. } }\n", "flows/shop.yaml");
const TOKEN = "the-token-of-the-admin";
const CHANGE = { action: "publish", hash: DESK.hash, who: "ada", note: "" };
const WANTED = { expect: 0, hash: DESK.hash, change: CHANGE };

interface Answer {
  status: number;
  text: string;
  store: MemoryStore;
}

async function ask(
  method: string,
  path: string,
  body?: string,
  authorization: string | undefined = `Bearer ${TOKEN}`,
  overrides: Partial<Deps> = {},
): Promise<Answer> {
  const store = memoryStore();
  const app = line({
    programs: indexPrograms([DESK]),
    store,
    archive: newArchive(),
    adminToken: TOKEN,
    publishing: pointerObjects().isolate(),
    ...overrides,
  });
  const headers = { ...(authorization !== undefined && { Authorization: authorization }) };
  const init = { method, headers, ...(body !== undefined && { body }) };
  const response = await app.fetch(new Request(`${HOST}${path}`, init));
  return { status: response.status, text: await response.text(), store };
}

const BODIES: [what: string, body: unknown][] = [
  ["nothing", undefined],
  ["null", null],
  ["a list", []],
  ["a text", "publish"],
  ["no expect", { ...WANTED, expect: undefined }],
  ["a negative expect", { ...WANTED, expect: -1 }],
  ["half an expect", { ...WANTED, expect: 0.5 }],
  ["a text as expect", { ...WANTED, expect: "0" }],
  ["no hash", { ...WANTED, hash: undefined }],
  ["a number as hash", { ...WANTED, hash: 1 }],
  ["a list as hash", { ...WANTED, hash: [DESK.hash] }],
  ["a path as hash", { ...WANTED, hash: "../../keep" }],
  ["a text as canary", { ...WANTED, canary: "10%" }],
  ["null as canary", { ...WANTED, canary: null }],
  ["a canary without a hash", { ...WANTED, canary: { percent: 10 } }],
  ["a canary for everybody", { ...WANTED, canary: { hash: DESK.hash, percent: 100 } }],
  ["a canary for nobody", { ...WANTED, canary: { hash: DESK.hash, percent: 0 } }],
  ["a canary of 101 %", { ...WANTED, canary: { hash: DESK.hash, percent: 101 } }],
  ["a negative canary", { ...WANTED, canary: { hash: DESK.hash, percent: -1 } }],
  ["a canary of ten", { ...WANTED, canary: { hash: DESK.hash, percent: "ten" } }],
  ["a canary of NaN", { ...WANTED, canary: { hash: DESK.hash, percent: Number.NaN } }],
  ["no change", { ...WANTED, change: undefined }],
  ["a change without a name", { ...WANTED, change: { ...CHANGE, who: undefined } }],
  ["a change with a number as note", { ...WANTED, change: { ...CHANGE, note: 1 } }],
  ["a change with a long note", { ...WANTED, change: { ...CHANGE, note: "x".repeat(1001) } }],
  ["a change of 0 %", { ...WANTED, change: { ...CHANGE, percent: 0 } }],
];

describe("a version that cannot be had", () => {
  const hash = "0123456789";
  const wanted = { ...WANTED, hash };
  const canary = { ...WANTED, canary: { hash, percent: 10 } };

  const REQUESTS: [what: string, method: string, path: string, body?: unknown][] = [
    ["to read it", "GET", `/admin/programs/desk/${hash}`],
    ["to publish it", "PUT", "/admin/flows/desk", wanted],
    ["to try it on some callers", "PUT", "/admin/flows/desk", canary],
  ];

  test.each(REQUESTS)("is named to who asks %s", async (_what, method, path, body) => {
    const answer = await ask(method, path, body === undefined ? undefined : JSON.stringify(body));
    expect([answer.status, answer.text]).toEqual([
      404,
      `The version ${hash} of desk is neither bundled nor in KV.\n`,
    ]);
  });

  test.each(REQUESTS)(
    "for KV fails is not called missing to who asks %s",
    async (_what, method, path, body) => {
      const get = () => Promise.reject(new Error("KV GET failed: 500"));
      const answer = await ask(
        method,
        path,
        body === undefined ? undefined : JSON.stringify(body),
        undefined,
        {
          store: { ...memoryStore(), get },
        },
      );
      expect([answer.status, answer.text]).toEqual([404, "not read: KV GET failed: 500\n"]);
    },
  );
});

test("a flow that was never deployed has no bundled version, before it is published and after", async () => {
  const store = memoryStore({ [`program:shop/${SHOP.hash}`]: JSON.stringify(SHOP) });
  const publishing = pointerObjects().isolate();
  const about = async (): Promise<unknown> =>
    JSON.parse((await ask("GET", "/admin/flows/shop", undefined, undefined, { publishing })).text);
  expect(await about()).toEqual({ bundled: "", history: [], calls: {} });
  const change = { ...CHANGE, hash: SHOP.hash };
  const body = JSON.stringify({ expect: 0, hash: SHOP.hash, change });
  expect((await ask("PUT", "/admin/flows/shop", body, undefined, { publishing, store })).status).toBe(200);
  expect(await about()).toMatchObject({ bundled: "", pointer: { rev: 1, over: "", hash: SHOP.hash } });
});

test("a canary is written to KV as the published version is, and the pointer names both", async () => {
  const publishing = pointerObjects().isolate();
  const programs = indexPrograms([OTHER, DESK]);
  const canary = { hash: OTHER.hash, percent: 10 };
  const body = JSON.stringify({ ...WANTED, canary });
  const { text, store } = await ask("PUT", "/admin/flows/desk", body, undefined, { publishing, programs });
  expect(JSON.parse(text)).toMatchObject({
    bundled: DESK.hash,
    pointer: { over: DESK.hash, hash: DESK.hash, canary },
  });
  expect([...store.kept.keys()].toSorted()).toEqual(
    [DESK, OTHER].map(({ hash }) => `program:desk/${hash}`).toSorted(),
  );
});

/** One sentence in plain text, and no stack. */
const SENTENCE = /^\S.{15,250}\.\n$/;

describe("PUT /admin/flows/<flow>", () => {
  test.each(BODIES)("refuses %s with a sentence, and changes nothing", async (_what, body) => {
    const { status, text, store } = await ask("PUT", "/admin/flows/desk", JSON.stringify(body));
    expect([status, SENTENCE.test(text) ? "" : text]).toEqual([400, ""]);
    expect(store.kept.size).toBe(0);
  });

  test.each(["", "{", "\u0000", '{"expect":0', "NaN"])("refuses %j, which is not JSON", async (body) => {
    const { status, text } = await ask("PUT", "/admin/flows/desk", body);
    expect([status, SENTENCE.test(text) ? "" : text]).toEqual([400, ""]);
  });

  test("takes texts of 1,000 characters", async () => {
    const change = { ...CHANGE, who: "x".repeat(1000), note: "x".repeat(1000) };
    expect((await ask("PUT", "/admin/flows/desk", JSON.stringify({ ...WANTED, change }))).status).toBe(200);
  });

  test("takes a change as it should be, and stores nothing that it does not know", async () => {
    const body = JSON.stringify({ ...WANTED, more: "x", change: { ...CHANGE, more: "x" } });
    const { status, text } = await ask("PUT", "/admin/flows/desk", body);
    expect(status).toBe(200);
    expect(text).not.toContain("more");
  });
});

describe.each(["/admin/flows/desk", `/admin/programs/desk/${DESK.hash}`])("%s", (path) => {
  test.each(["POST", "DELETE", "PATCH", "OPTIONS"])("does not take %s", async (method) => {
    const { status, text } = await ask(method, path);
    expect([status, SENTENCE.test(text) ? "" : text]).toEqual([405, ""]);
  });

  test.each([
    "",
    "Bearer",
    "Bearer ",
    "Basic dGhlOnRva2Vu",
    `Bearer ${TOKEN}x`,
    `Bearer x${TOKEN}`,
    TOKEN,
    `Bearer ${TOKEN} ${TOKEN}`,
  ])("refuses Authorization: %j", async (authorization) => {
    for (const method of ["GET", "PUT", "DELETE"]) {
      const body = method === "PUT" ? "{" : undefined;
      expect((await ask(method, path, body, authorization)).status).toBe(401);
    }
  });

  test.each(["GET", "PUT", "DELETE"])("is not there for %s if no token is configured", async (method) => {
    const body = method === "PUT" ? "{" : undefined;
    const { adminToken: _, ...none } = { adminToken: undefined };
    const app = line({ programs: indexPrograms([DESK]), ...none });
    const headers = { Authorization: "Bearer " };
    const init = { method, headers, ...(body !== undefined && { body }) };
    expect((await app.fetch(new Request(HOST + path, init))).status).toBe(404);
  });

  test("says which header to send", async () => {
    expect((await ask("GET", path, undefined, "")).text).toBe(
      "Send `Authorization: Bearer` with ADMIN_TOKEN.\n",
    );
  });

  test("says that the object does not answer, if it fails", async () => {
    if (!path.includes("flows")) return;
    const objects = pointerObjects();
    objects.fail(() => Promise.reject(new Error("overloaded")));
    for (const method of ["GET", "PUT"]) {
      const body = method === "PUT" ? JSON.stringify(WANTED) : undefined;
      const answer = await ask(method, path, body, undefined, { publishing: objects.isolate() });
      expect([answer.status, SENTENCE.test(answer.text) ? "" : answer.text]).toEqual([503, ""]);
    }
  });
});

test.each([
  "/admin",
  "/admin/",
  "/admin/flows",
  "/admin/flows/",
  "/admin/other/desk",
  `/admin/other/desk/${DESK.hash}`,
  `/admin/programs//${DESK.hash}`,
  "/admin/programs/desk",
  "/admin/programs/desk/xyz",
])("%s is not found, by any method", async (path) => {
  for (const method of ["GET", "PUT", "DELETE"])
    expect((await ask(method, path, method === "PUT" ? "{" : undefined)).status).toBe(404);
});

test.each([
  "",
  "{",
  "null",
  "[]",
  "1",
  JSON.stringify({ ...DESK, start: "x" }),
  JSON.stringify({ format: DESK.format, flow: "desk", hash: DESK.hash }),
])("PUT /admin/programs takes no %j", async (body) => {
  const { status, text, store } = await ask("PUT", `/admin/programs/desk/${DESK.hash}`, body);
  expect([status, SENTENCE.test(text) ? "" : text, store.kept.size]).toEqual([400, "", 0]);
});

test("PUT /admin/programs takes a Program that calls a function only if this Worker has it", async () => {
  const { hash: _hash, ...desk } = DESK;
  const calling = { ...desk, functions: ["withTax"] };
  const program = { ...calling, hash: hashOf(calling) };
  const put = (overrides: Partial<Deps>) =>
    ask("PUT", `/admin/programs/desk/${program.hash}`, JSON.stringify(program), undefined, overrides);
  const refused = await put({});
  expect([refused.status, refused.text, refused.store.kept.size]).toEqual([
    400,
    expect.stringContaining("This Worker has no function withTax(). Deploy first."),
    0,
  ]);
  expect((await put({ functions: { withTax: [] } })).status).toBe(204);
});
