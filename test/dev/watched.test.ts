/** Webhooks at the development entry: what they tell of their turns, and where their text messages go. */
import { describe, expect, test } from "vitest";
import { nodeCipher } from "../../src/cli/play/node-cipher.ts";
import { handleWatched } from "../../src/dev/watched.ts";
import { build } from "../../src/flow/build.ts";
import { KEPT_HEADER, TURN_HEADER } from "../../src/phone/page/contract/http.ts";
import type { TurnView } from "../../src/phone/page/contract/turn.ts";
import type { Deps } from "../../src/worker/deps.ts";
import type { LogLine } from "../../src/worker/log.ts";
import { indexPrograms } from "../../src/worker/programs.ts";
import { ACCOUNT, linkIn, memoryStore, type Params, TOKEN, webhook } from "../worker/support.ts";

const LINE = `onHangup: gave-up
variables:
  wants: { type: string, sensitive: true }
steps:
  ask: { gather: { prompt: What?, save: wants, numDigits: 4, otherwise: hangup }, next: more }
  more: { gather: { prompt: More?, choices: { 1: more }, otherwise: hangup } }
  gave-up:
    set: { wants: "{{ vars.wants }}" }
    next: text
  text: { sms: { to: +14155550188, body: "Gave up:\\n{{ reveal(vars.wants) }}." }, next: return }
`;

/** The development entry with a flow. */
function lineFor(text: string, account: Partial<Deps> = {}) {
  const { programs, diagnostics } = build([{ path: "flows/line.yaml", text }]);
  if (programs.length === 0) throw new Error(JSON.stringify(diagnostics));
  const [lines, asked, late]: [LogLine[], string[], Promise<unknown>[]] = [[], [], []];
  const fetch = async (url: string): Promise<Response> => {
    asked.push(url);
    return Response.json({}, { status: 201 });
  };
  const deps: Deps = {
    programs: indexPrograms(programs),
    tokens: [TOKEN],
    sealing: { secrets: [TOKEN], cipher: nodeCipher },
    outgoing: () => import("../../src/worker/outgoing.ts"),
    ...account,
    store: memoryStore(),
    web: { fetch, privateHosts: [] },
    env: {},
    callTime: Date.now,
    log: (line) => void lines.push(line),
    waitUntil: (work) => void late.push(work),
  };
  const send = async (path: string, params: Params = {}): Promise<Response> => {
    const answered = await handleWatched(deps, webhook(path, params));
    while (late.length > 0) await late.shift();
    return answered;
  };
  return { send, lines, asked };
}

/** A call that was hung up at `more`, where the caller had entered 4711. */
async function hungUp(
  account: Partial<Deps>,
): Promise<{ view: TurnView; lines: LogLine[]; asked: string[] }> {
  const { send, lines, asked } = lineFor(LINE, account);
  const asks = linkIn(await (await send("/voice/line")).text());
  await send(asks, { Digits: "4711" });
  const over = await send("/status/line", { CallStatus: "completed" });
  return { view: JSON.parse(decodeURIComponent(over.headers.get(TURN_HEADER) ?? "null")), lines, asked };
}

test("what runs beside the call tells of itself, and says that it does", async () => {
  const { view } = await hungUp({});
  expect(view).toMatchObject({ aside: true, path: ["~hangup", "gave-up", "text", "return"] });
  expect(view.messages).toEqual([{ to: "+14155550188", body: "Gave up:\n•••." }]);
});

test("without an account a text message is sent nowhere, and logged in one line without what is sensitive", async () => {
  const { lines, asked } = await hungUp({});
  expect(asked).toEqual([]);
  expect(lines.map(({ event }) => event)).toContain("would text +14155550188: Gave up: •••.");
  expect(lines.filter(({ error }) => error)).toEqual([]);
});

test("with an account a text message is sent, and is no request that a test would answer", async () => {
  const { view, lines, asked } = await hungUp({ accountSid: ACCOUNT });
  expect(asked).toEqual([`https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT}/Messages.json`]);
  expect(view).not.toHaveProperty("serviceRequests");
  expect(lines.map(({ event }) => event).join()).not.toContain("would text");
});

describe("without an account, a message is reported", () => {
  test.each([
    ["as delivered", "+14155550111", ["would text +14155550188: got it."]],
    [
      "as undelivered, if it goes to Twilio's test number",
      "+15005550009",
      ["would text +14155550188: 30006."],
    ],
  ])("%s", async (_, From, told) => {
    const flow = `
steps:
  confirm: { sms: { body: Hello., delivered: got, undelivered: lost }, next: hangup }
  got: { sms: { to: +14155550188, body: got it. }, next: return }
  lost: { sms: { to: +14155550188, body: "{{ call.errorCode }}." }, next: return }
`;
    const { send, lines } = lineFor(flow);
    await send("/voice/line", { From });
    expect(lines.map(({ event }) => event)).toEqual(expect.arrayContaining(told));
  });
});

const KEEPS = `variables:
  visits: { type: int, keep: caller }
steps:
  greet: { hangup: "Visit {{ vars.visits }}." }
`;

test("the page chooses what a flow remembers of the caller", async () => {
  const { programs } = build([{ path: "flows/line.yaml", text: KEEPS }]);
  const deps: Deps = {
    programs: indexPrograms(programs),
    tokens: [TOKEN],
    sealing: { secrets: [TOKEN], cipher: nodeCipher },
    outgoing: () => import("../../src/worker/outgoing.ts"),
    store: memoryStore(),
    web: { fetch: () => Promise.reject(new Error("nothing is asked")), privateHosts: [] },
    env: {},
    callTime: Date.now,
    log: () => undefined,
    waitUntil: () => undefined,
  };
  const request = webhook("/voice/line", { From: "+14155550111" });
  const kept = encodeURIComponent(JSON.stringify({ "caller:line.visits": 7 }));
  request.headers.set(KEPT_HEADER, kept);
  expect(await (await handleWatched(deps, request)).text()).toContain("Visit 7.");
});
