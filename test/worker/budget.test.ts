/** One budget of time for everything that a webhook waits for: the caller hears something before Twilio gives up at 15 s. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Program } from "../../src/program/program.ts";
import type { Deps } from "../../src/worker/deps.ts";
import { indexPrograms, newArchive } from "../../src/worker/programs.ts";
import type { Store } from "../../src/worker/store.ts";
import { programOf } from "../flow/support.ts";
import { finish, useFalseTime } from "./false-time.ts";
import { pointerObjects } from "./pointer-object.ts";
import {
  CALLEE,
  CALLER,
  type Line,
  line,
  lineOf,
  MODES,
  memoryStore,
  type Params,
  webhook,
} from "./support.ts";

const FLOW = `
onHangup: tell
onMessage: look-up-text
onError: sorry
variables:
  said: { type: string, default: nothing }
  last: { type: string, keep: caller }
destinations: { office: +14155550100 }
steps:
  menu:
    gather: { prompt: Speak., input: speech, save: said, otherwise: connect }
    next: look-up
  look-up:
    request: { url: https://api.example.com, timeout: 4, retries: 1, status: { else: connect } }
    next: connect
  connect:
    dial: { to: office, whisper: { step: screen } }
    next: bye
  screen:
    gather: { prompt: "{{ vars.said }}. Press 1.", choices: { 1: taken }, attempts: 1, otherwise: hangup }
  taken: { set: { said: "{{ vars.said }}, taken" }, next: return }
  look-up-text:
    request: { url: https://api.example.com, timeout: 4, retries: 1, status: { else: return } }
    next: return
  bye: { hangup: "{{ vars.said }}" }
  sorry: { hangup: Sorry. }
  tell: { sms: { to: +14155550177, body: Lost. }, next: return }
`;
const now = programOf(FLOW, "flows/desk.yaml");
const published = programOf(FLOW.replace("Sorry.", "We are sorry."), "flows/desk.yaml");
/** Too long for a ticket. */
const STORY = "and then ".repeat(250).trim();

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const never = (): Promise<never> => new Promise(() => {});
const late =
  (ms: number, get: () => Promise<string | null>): Store["get"] =>
  () =>
    pause(ms).then(get);

/** What each read and write of a store comes to. */
const STORES: Record<string, Store> = {
  hangs: { get: never, put: never },
  "misses after 3.9 s": { get: late(3900, async () => null), put: () => pause(3900) },
  "fails after 1.9 s": {
    get: late(1900, () => Promise.reject(new Error("KV GET failed: 500"))),
    put: () => pause(1900).then(() => Promise.reject(new Error("KV PUT failed: 500"))),
  },
  "refuses after 1.9 s": {
    get: late(1900, () => Promise.reject(new Error("KV GET failed: 429"))),
    put: () => pause(1900).then(() => Promise.reject(new Error("KV PUT failed: 429"))),
  },
};

/** A Worker whose store, service and pointer are as slow as can be. */
function slow(name: string, program: Program, overrides: Partial<Deps>): Line {
  const objects = pointerObjects();
  objects.fail(() =>
    pause(1400).then(() => Response.json({ pointer: { rev: 1, over: program.hash, hash: published.hash } })),
  );
  return line({
    programs: indexPrograms([program]),
    archive: newArchive(),
    publishing: objects.isolate(),
    store: STORES[name] ?? memoryStore(),
    web: { fetch: (_url, { signal }) => hanging(signal), privateHosts: [] },
    ...overrides,
  });
}

function hanging(signal: AbortSignal | null | undefined): Promise<Response> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason));
  });
}

/** Seconds until a webhook's reply, whose body comes as late as is allowed. */
async function seconds(app: Line, path: string, params: Params = {}): Promise<number> {
  const request = webhook(path, params);
  const began = Date.now();
  const body = new Uint8Array(await request.arrayBuffer());
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      await pause(4900);
      controller.enqueue(body);
      controller.close();
    },
  });
  const slowly = new Request(request.url, {
    method: "POST",
    headers: request.headers,
    body: stream,
    ...{ duplex: "half" },
  });
  const [status, replied] = await finish(
    app.fetch(slowly).then(async (reply) => [reply.status, Date.now()] as const),
  );
  expect(status).toBeLessThan(300);
  return (replied - began) / 1000;
}

useFalseTime();

beforeEach(() => {
  // The real one does not run in false time.
  vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new DOMException("late", "TimeoutError")), ms);
    return controller.signal;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
});

const PLACES: [what: string, path: string, params?: Params][] = [
  ["a call begins", "/voice/desk"],
  ["a lost version answers", "/voice/desk/01d01d01d0/menu/answered/1", { SpeechResult: "Hello." }],
  [
    "an aside of a lost version answers",
    "/aside/desk/01d01d01d0/screen/answered/2",
    { CallSid: CALLEE, ParentCallSid: CALLER },
  ],
  ["a state is only in the store", `/voice/desk/${now.hash}/menu/answered/1`, { SpeechResult: STORY }],
  [
    "an aside begins",
    `/aside/desk/${now.hash}/connect/whisper/2`,
    { CallSid: CALLEE, ParentCallSid: CALLER },
  ],
  [
    "an aside continues",
    `/aside/desk/${now.hash}/screen/answered/2`,
    { CallSid: CALLEE, ParentCallSid: CALLER, Digits: "1" },
  ],
  [
    "a call comes back from its aside",
    `/voice/desk/${now.hash}/connect/dialled/2`,
    { DialCallStatus: "completed" },
  ],
  ["a text message arrives", "/sms/desk", { CallSid: [], CallStatus: [], MessageSid: "SM1", Body: "Hello." }],
  ["a hang-up is reported", "/status/desk", { CallStatus: "completed" }],
];

describe.each(MODES)("CALL_STATE = %s", (callState) => {
  describe.each(Object.keys(STORES))("with a store that %s", (name) => {
    test.each(PLACES)("the reply comes within 13 s when %s", async (_what, path, params) => {
      expect(await seconds(slow(name, now, { callState }), path, params)).toBeLessThanOrEqual(13);
    });
  });
});

test("services are asked until 10 s, also if the second module comes late", async () => {
  const { fetch } = lineOf(
    `
steps:
  look-up: { request: { url: https://api.example.com, timeout: 10, status: { else: bye } }, next: bye }
  bye: { hangup: Bye. }
`,
    {
      outgoing: () => pause(4000).then(() => import("../../src/worker/outgoing.ts")),
      web: { fetch: (_url, { signal }) => hanging(signal), privateHosts: [] },
    },
  );
  const began = Date.now();
  const reply = await finish(fetch(webhook("/voice/desk")));
  expect([await reply.text(), Date.now() - began]).toEqual([expect.stringContaining("Bye."), 10_000]);
});
