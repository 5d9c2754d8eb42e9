/** Text conversations at the development entry: what they wait for, and how their time passes. */
import { expect, test } from "vitest";
import { nodeCipher } from "../../src/cli/play/node-cipher.ts";
import { WatchedConversation, type WatchedStorage } from "../../src/dev/conversations.ts";
import { showConversation } from "../../src/dev/show-conversation.ts";
import { handleWatched } from "../../src/dev/watched.ts";
import { build } from "../../src/flow/build.ts";
import { COOKIE_HEADER } from "../../src/phone/leg/webhook.ts";
import { type ConversationView, conversationPath } from "../../src/phone/page/contract/conversation.ts";
import { NOW_HEADER, TURN_HEADER } from "../../src/phone/page/contract/http.ts";
import type { Deps } from "../../src/worker/deps.ts";
import { indexPrograms } from "../../src/worker/programs.ts";
import { memoryStore, TOKEN, webhook } from "../worker/support.ts";

const DESK = `onMessage: day
variables: { day: { type: string } }
steps:
  greet: { hangup: Please text us. }
  day:
    ask: { prompt: Which day?, save: day, timeout: 2d, otherwise: gone }
    next: thanks
  thanks: { sms: { body: "See you on {{ vars.day }}." }, next: return }
  gone: { sms: { body: Write again later. }, next: return }
`;
const PERSON = "+14155550111";
const LINE = "+14155550100";
const CHOSEN = Date.UTC(2030, 0, 1);

/** A development entry whose conversations have Durable Objects in memory; what it sets alarms for, in real time. */
function entry(hasObjects = true) {
  const alarms: number[] = [];
  const late: Promise<unknown>[] = [];
  const objects = new Map<string, WatchedConversation>();
  const deps: Deps = {
    programs: indexPrograms(build([{ path: "flows/desk.yaml", text: DESK }]).programs),
    tokens: [TOKEN],
    sealing: { secrets: [TOKEN], cipher: nodeCipher },
    outgoing: () => import("../../src/worker/outgoing.ts"),
    store: memoryStore(),
    web: { fetch: async () => Response.json({}), privateHosts: [] },
    env: {},
    callTime: Date.now,
    log: () => undefined,
    waitUntil: (work) => void late.push(work),
    ...(hasObjects && {
      conversations: (name) => ({
        fetch: (url, init) => {
          const object = objects.get(name) ?? new WatchedConversation(storage(alarms), () => deps, undefined);
          objects.set(name, object);
          return object.fetch(new Request(url, init));
        },
      }),
    }),
  };
  let count = 0;
  return {
    alarms,
    text: async (Body: string, headers: Record<string, string> = {}): Promise<Response> => {
      const MessageSid = `SM${`${++count}`.padStart(32, "0")}`;
      const gone = { CallSid: [], CallStatus: [], Direction: [] };
      const request = webhook("/sms/desk", { ...gone, MessageSid, From: PERSON, To: LINE, Body });
      for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
      const response = await handleWatched(deps, request);
      while (late.length > 0) await late.shift();
      return response;
    },
    show: async (method = "GET", headers: Record<string, string> = { Host: "localhost:8787" }) => {
      const url = `http://localhost:8787${conversationPath("desk", PERSON, LINE)}`;
      const response = await showConversation(deps, new Request(url, { method, headers }));
      if (!response) throw new Error("It is shown to no one.");
      return response;
    },
  };
}

function storage(alarms: number[]): WatchedStorage {
  const values = new Map<string, string>();
  return {
    get: async (key: string) => JSON.parse(values.get(key) ?? "null") ?? undefined,
    put: async (key: string, value: unknown) => void values.set(key, JSON.stringify(value)),
    delete: async (key: string) => values.delete(key),
    setAlarm: async (at: number) => void alarms.push(at),
  };
}

const view = async (response: Response): Promise<ConversationView> => response.json();

test("a conversation shows what it waits for, and its turns", async () => {
  const { text, show } = entry();
  const asked = await text("Hello", { [NOW_HEADER]: `${CHOSEN}` });
  expect(decodeURIComponent(asked.headers.get(TURN_HEADER) ?? "")).toContain('"next":"day"');
  const { waits, now, timeouts } = await view(await show());
  expect(waits?.step).toBe("day");
  expect((waits?.until ?? 0) - now).toBeGreaterThan(2 * 86_400_000 - 60_000);
  expect(new Date(now).getUTCFullYear()).toBe(2030);
  expect(timeouts).toEqual([]);
});

test("its alarms go by the real time, whatever its own is", async () => {
  const { text, alarms } = entry();
  await text("Hello", { [NOW_HEADER]: `${CHOSEN}` });
  const inTwoDays = Date.now() + 2 * 86_400_000;
  expect(Math.abs((alarms.at(-1) ?? 0) - inTwoDays)).toBeLessThan(60_000);
});

test("its time can pass: the time-out runs, and what it sends is shown", async () => {
  const { text, show } = entry();
  await text("Hello");
  const { waits, timeouts } = await view(await show("POST"));
  expect(waits).toBeUndefined();
  expect(timeouts).toMatchObject([
    {
      id: 1,
      turn: { path: ["day", "gone", "return"], messages: [{ to: PERSON, body: "Write again later." }] },
    },
  ]);
  // Nothing is waited for any more.
  expect((await view(await show("POST"))).timeouts).toHaveLength(1);
});

test("it can be forgotten: the next message begins anew", async () => {
  const { text, show } = entry();
  await text("Hello");
  expect(await view(await show("DELETE"))).not.toHaveProperty("waits");
  expect(await (await text("Monday")).text()).toContain("Which day?");
});

test("without the Durable Object, a page can keep the cookie", async () => {
  const { text, show } = entry(false);
  const cookie = (await text("Hello")).headers.get(COOKIE_HEADER)?.split(";", 1)[0] ?? "";
  expect(cookie).toMatch(/^ringflow=/);
  expect(await (await text("Monday", { [COOKIE_HEADER]: cookie })).text()).toContain("See you on Monday.");
  expect((await show()).status).toBe(404);
});

test("a conversation is shown to this machine alone", async () => {
  const { text, show } = entry();
  await text("Hello");
  expect((await show("GET", { Host: "flows.example.com" })).status).toBe(403);
});
