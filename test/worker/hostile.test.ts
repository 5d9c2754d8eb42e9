/** Requests of strangers, and signed webhooks that Twilio would never send: on every route, nothing gets a 5xx. */
import { describe, expect, test } from "vitest";
import { indexPrograms, newArchive } from "../../src/worker/programs.ts";
import { programOf } from "../flow/support.ts";
import { stride } from "../runs.ts";
import { pointerObjects } from "./pointer-object.ts";
import {
  CALLER,
  HOST,
  type Line,
  line,
  type MemoryStore,
  memoryStore,
  type Params,
  webhook,
} from "./support.ts";

const FLOW = `
onMessage: answer
onHangup: tell
variables:
  said: { type: string }
  heard: { type: string, keep: caller }
steps:
  ask:
    gather: { prompt: "{{ caller.name }} in {{ caller.city }}.", choices: { 1: bye }, save: said, otherwise: bye }
  bye: { hangup: "{{ vars.said }} {{ vars.heard }}" }
  answer: { set: { heard: "{{ message.body }}" }, next: reply }
  reply: { sms: { body: "{{ vars.heard }} from {{ caller.number }}" }, next: return }
  tell: { sms: { to: +14155550177, body: "{{ vars.said }}" }, next: return }
`;
const DESK = programOf(FLOW, "flows/desk.yaml");

/** Names that a path, an object or a key could stumble over. */
const NAMES = [
  "desk",
  "nobody",
  "constructor",
  "__proto__",
  "toString",
  "..",
  ".",
  "%2e%2e",
  "%00",
  "%",
  "%zz",
  "%ff",
  "desk%2Fx",
  "de sk",
  "ünï",
  "desk?x=1",
  "desk;x",
  "a".repeat(3000),
  "desk/",
  "",
  "*",
  ":flow",
  "desk\\x",
  "%F0%9F%98%80",
];
const PATHS = NAMES.flatMap((name) => [
  `/voice/${name}`,
  `/sms/${name}`,
  `/status/${name}`,
  `/voice/desk/${name}/ask/answered/1`,
  `/voice/desk/${DESK.hash}/${name}/answered/1`,
  `/voice/desk/${DESK.hash}/ask/${name}/1`,
  `/voice/desk/${DESK.hash}/ask/answered/${name}`,
  `/aside/desk/${DESK.hash}/ask/${name}/1`,
  `/aside/${name}/${DESK.hash}/ask/answered/1`,
  `/voice/desk/${DESK.hash}/ask/answered/1?t=${name}`,
  `/audio/${name}`,
  `/admin/flows/${name}`,
  `/admin/programs/desk/${name}`,
  `/${name}`,
  `/health/${name}`,
]);

/** A third of them, different ones in each test, so that each sort of request comes to each sort of path. */
let turn = stride.first;
function somePaths(): string[] {
  turn += 1;
  return PATHS.filter((_, index) => (index + turn) % stride.step === 0);
}

interface Attacked {
  app: Line;
  store: MemoryStore;
}

function worker(): Attacked {
  const store = memoryStore();
  const app = line({
    programs: indexPrograms([DESK]),
    archive: { ...newArchive(), writesOwnFrom: Number.POSITIVE_INFINITY },
    publishing: pointerObjects().isolate(),
    adminToken: "the-token-of-the-admin",
    store,
  });
  return { app, store };
}

const FORM = "application/x-www-form-urlencoded";
const UNSIGNED: [what: string, init: RequestInit][] = [
  ["GET", { method: "GET" }],
  ["HEAD", { method: "HEAD" }],
  ["OPTIONS", { method: "OPTIONS" }],
  ["PUT", { method: "PUT", body: "x" }],
  ["DELETE", { method: "DELETE" }],
  ["an empty POST", { method: "POST" }],
  [
    "JSON",
    {
      method: "POST",
      body: "{}",
      headers: { "Content-Type": "application/json", "X-Twilio-Signature": "x" },
    },
  ],
  ["an unsigned form", { method: "POST", body: `CallSid=${CALLER}`, headers: { "Content-Type": FORM } }],
  [
    "a badly signed form",
    {
      method: "POST",
      body: `CallSid=${CALLER}`,
      headers: { "Content-Type": FORM, "X-Twilio-Signature": "AAAA" },
    },
  ],
  [
    "a form without a SID",
    { method: "POST", body: "x=1", headers: { "Content-Type": FORM, "X-Twilio-Signature": "AAAA" } },
  ],
  [
    "broken encoding",
    {
      method: "POST",
      body: `CallSid=${CALLER}&a=%zz%ff%`,
      headers: { "Content-Type": FORM, "X-Twilio-Signature": "AAAA" },
    },
  ],
  [
    "a long signature",
    {
      method: "POST",
      body: `CallSid=${CALLER}`,
      headers: { "Content-Type": FORM, "X-Twilio-Signature": "A".repeat(9000) },
    },
  ],
  [
    "settings of a shared key",
    {
      method: "POST",
      body: `CallSid=${CALLER}`,
      headers: {
        "Content-Type": FORM,
        "X-Twilio-Signature": "AAAA",
        "X-Twilio-Webhooks-Signature-Settings": "a=HMAC_SHA256,=,;",
      },
    },
  ],
];

describe("a stranger", () => {
  test.each(UNSIGNED)(
    "who sends %s to any path is refused with a sentence, and nothing is stored",
    async (_what, init) => {
      const { app, store } = worker();
      for (const path of somePaths()) {
        const response = await app.fetch(new Request(HOST + path, init));
        const text = await response.text();
        const isHealth = /^\/health\/?$/.test(new URL(HOST + path).pathname);
        expect([path, response.status, isHealth || response.status >= 400]).toEqual([
          path,
          response.status,
          true,
        ]);
        expect([path, response.status < 500]).toEqual([path, true]);
        expect(text).not.toMatch(/ {4}at |node_modules|TypeError/);
      }
      await app.settle();
      expect(store.asked.filter((one) => one.startsWith("put"))).toEqual([]);
    },
  );
});

const HOSTILE: [what: string, params: Params][] = [
  [
    "markup",
    {
      From: "<Dial>+1900</Dial>",
      CallerName: "</Say><Hangup/>",
      Digits: "]]>&lt;",
      Body: "<Redirect/>",
      MessageSid: "SM1",
    },
  ],
  ["names of objects", { __proto__x: "1", constructor: "1", hasOwnProperty: "1", toString: "1" }],
  [
    "control characters",
    { From: "\u0000\u0001\u001b[31m", Digits: "\n\r\t", SpeechResult: "\ud800\u0000\uffff" },
  ],
  ["long values", { Digits: "9".repeat(5000), SpeechResult: "x".repeat(5000), CallerName: "é".repeat(2000) }],
  ["every name twice", { Digits: ["1", "2"], From: ["+1", "+2"], CallStatus: ["completed", "in-progress"] }],
  ["odd statuses", { CallStatus: "__proto__", DialCallStatus: "constructor", Direction: "toString" }],
  [
    "odd numbers",
    { RecordingDuration: "NaN", Confidence: "Infinity", DialCallDuration: "-1", QueuePosition: "1e999" },
  ],
  ["another call's parent", { ParentCallSid: "CA../../x", CallSid: "CA%2F" }],
  ["no CallSid but a message", { CallSid: "", MessageSid: "SM00000000000000000000000000000001", Body: "" }],
  ["a hang-up", { CallStatus: "completed" }],
  ["a JSON parameter", { AddOns: "{", Parameters: "[1", PaymentCardNumber: "{}" }],
];

describe("a signed webhook", () => {
  test.each(HOSTILE)(
    "with %s to any path gets an answer without a 5xx, and only our own verbs",
    async (_what, params) => {
      const { app } = worker();
      for (const path of somePaths().filter((one) => !/\\| |ü/.test(one))) {
        const response = await app.fetch(webhook(path, params));
        const text = await response.text();
        expect([path, response.status < 500, text.slice(0, 200)]).toEqual([path, true, expect.any(String)]);
        expect(text).not.toMatch(/<Dial|<Redirect>|<Hangup\/><\/Say>/);
      }
      await app.settle();
      const errors = app.lines.flatMap(({ error }) => error ?? []);
      expect(errors.filter((one) => /undefined|TypeError|is not a|Cannot read/.test(one))).toEqual([]);
    },
  );
});
