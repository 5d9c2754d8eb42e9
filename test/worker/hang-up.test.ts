/** What a flow does once its caller has hung up. */
import { describe, expect, test } from "vitest";
import type { CallState, Deps } from "../../src/worker/deps.ts";
import { indexPrograms } from "../../src/worker/programs.ts";
import type { Store } from "../../src/worker/store.ts";
import { programOf } from "../flow/support.ts";
import {
  type Line,
  lineOf,
  linkIn,
  MODES,
  memoryStore,
  type Outside,
  outside,
  post,
  webhook,
} from "./support.ts";

const FLOW = `
onHangup: tell
onError: sorry
variables:
  said: { type: string, default: nothing }
steps:
  menu:
    gather:
      prompt: Press a key.
      save: said
      otherwise: repeat
    next: more
  more:
    gather:
      prompt: Once more, press a key; star is the end.
      choices: { "*": bye, 1: repeat, 0: look-up }
      attempts: 1
      otherwise: menu
  look-up:
    set: { said: looked up }
    next: menu
  bye:
    hangup: Goodbye.
  tell:
    request:
      url: https://crm.example.com/lost
      json: { said: "{{ vars.said }}" }
      status: { else: told }
    next: told
  told:
    sms: { to: +14155550177, body: "{{ caller.number }} hung up after {{ vars.said }}." }
    next: return
  sorry:
    hangup: Sorry.
`;

interface Phone extends Outside {
  app: Line;
}

/** Makes phones for Workers with this CALL_STATE. */
function phonesIn(callState: CallState) {
  return (flow = FLOW, overrides: Partial<Deps> = {}, parts = {}): Phone => {
    const out = outside();
    return { ...out, app: lineOf(flow, { web: out.web, callState, ...overrides }, parts) };
  };
}

/** A call that has pressed these keys; the way on from there. */
async function pressed({ app }: Phone, ...keys: string[]): Promise<string> {
  let link = linkIn(await post(app, "/voice/desk"));
  for (const Digits of keys) link = linkIn(await post(app, link, { Digits }));
  await app.settle();
  return link;
}

async function status({ app }: Phone, CallStatus = "completed"): Promise<void> {
  const response = await app.fetch(webhook("/status/desk", { CallStatus }));
  expect([response.status, await response.text()]).toEqual([204, ""]);
  await app.settle();
}

/** The texts that were sent. */
function texts({ sent }: Phone): (string | null)[] {
  const messages = sent.filter(({ what }) => what.includes("Messages.json"));
  return messages.map(({ what }) => new URLSearchParams(what.split(" ")[2]).get("Body"));
}

const LOST = "+14155550111 hung up after 7.";

describe.each(MODES)("CALL_STATE = %s: the status callback of a call that is over", (callState) => {
  const phone = phonesIn(callState);

  test.each(["completed", "busy", "no-answer", "failed", "canceled"])(
    "%s: the road is gone with the call's last state",
    async (CallStatus) => {
      const line = phone();
      await pressed(line, "7");
      await status(line, CallStatus);
      expect(line.sent.map(({ what }) => what.split(" ").slice(0, 2).join(" "))).toEqual([
        "POST https://crm.example.com/lost",
        expect.stringContaining("Messages.json"),
      ]);
      expect(line.sent[0]?.what).toContain('{"said":"7"}');
      expect(texts(line)).toEqual([LOST]);
      expect(line.app.lines.at(-1)).toMatchObject({ event: `status ${CallStatus}`, step: "tell" });
      expect(line.app.lines.at(-1)?.error).toBeUndefined();
    },
  );

  test.each(["initiated", "ringing", "answered", "in-progress", ""])(
    "%j of one that is not does nothing",
    async (CallStatus) => {
      const line = phone();
      await pressed(line, "7");
      await status(line, CallStatus);
      expect(line.sent).toEqual([]);
    },
  );

  test("does nothing where the flow came to its own end", async () => {
    const line = phone();
    await post(line.app, await pressed(line, "7"), { Digits: "*" });
    await line.app.settle();
    await status(line);
    expect(line.sent).toEqual([]);
  });

  test("does nothing for a call that never had a turn", async () => {
    const line = phone();
    await status(line);
    expect(line.sent).toEqual([]);
    expect(line.app.lines).toMatchObject([{ event: "status completed" }]);
  });

  test("goes the road of the version that the call began with, after another was deployed", async () => {
    const store = memoryStore();
    const [older, newer] = [
      programOf(FLOW, "flows/desk.yaml"),
      programOf("steps: { bye: { hangup: Bye. } }\n", "flows/desk.yaml"),
    ];
    const began = phone(FLOW, { store });
    await pressed(began, "7");
    const deployed = phone(FLOW, { store, programs: indexPrograms([older, newer]) });
    await status(deployed);
    expect(texts(deployed)).toEqual([LOST]);
    expect(deployed.app.lines.at(-1)?.version).toBe(older.hash);
  });

  test("goes the present version's road where its own is not there any more", async () => {
    const store = memoryStore();
    await pressed(phone(FLOW, { store }), "7");
    const deployed = phone(FLOW.replace("hung up after", "left after"), { store });
    await status(deployed);
    expect(texts(deployed)).toEqual(["+14155550111 left after 7."]);
  });

  test("says in the log what the store did, and crashes nothing", async () => {
    const memory = memoryStore();
    const get: Store["get"] = async () => Promise.reject(new Error("KV is down"));
    const line = phone(FLOW, { store: { ...memory, get } });
    await pressed(line, "7");
    await status(line);
    expect(line.sent).toEqual([]);
    expect(line.app.lines.at(-1)).toMatchObject({ event: "status completed", store: "not read: KV is down" });
  });

  test("asks the store for nothing where no version has such a road", async () => {
    const store = memoryStore();
    const line = phone(
      "steps: { menu: { gather: { prompt: A key., save: key, otherwise: hangup }, next: hangup } }\n",
      { store },
    );
    await pressed(line);
    await status(line);
    expect(store.asked.filter((one) => one.startsWith("get"))).toEqual([]);
  });

  test("fails without any noise but a line in the log", async () => {
    const line = phone(FLOW.replace("{{ caller.number }}", "{{ 1 / size(caller.name) }}"));
    await pressed(line, "7");
    await status(line);
    expect(texts(line)).toEqual([]);
    expect(line.app.lines.at(-1)?.error).toContain("division_by_zero");
  });
});

describe.each(MODES)("CALL_STATE = %s: a webhook that says that the caller has gone", (callState) => {
  const phone = phonesIn(callState);

  test("takes the road where the flow would wait for an answer", async () => {
    const line = phone();
    const link = await pressed(line);
    await post(line.app, link, { Digits: "7", CallStatus: "completed" });
    await line.app.settle();
    expect(texts(line)).toEqual([LOST]);
    // The status callback that follows finds that all is done.
    await status(line);
    expect(texts(line)).toEqual([LOST]);
  });

  test("sends under the names that the status callback gives, where that comes first", async () => {
    const line = phone();
    const link = await pressed(line);
    await status(line);
    const first = line.sent.splice(0);
    await post(line.app, link, { CallStatus: "completed" });
    await line.app.settle();
    expect(line.sent.map(({ key }) => key)).toEqual(first.map(({ key }) => key));
  });

  test("does not take it where the flow comes to its end", async () => {
    const line = phone();
    await post(line.app, await pressed(line, "7"), { Digits: "*", CallStatus: "completed" });
    await line.app.settle();
    await status(line);
    expect(line.sent).toEqual([]);
  });

  test("fails behind a request without going the way of a failure", async () => {
    const line = phone(FLOW.replace("{{ caller.number }}", "{{ 1 / size(caller.name) }}"));
    const link = await pressed(line);
    const last = await post(line.app, link, { Digits: "7", CallStatus: "completed" });
    expect(last).not.toContain("Sorry");
    expect(line.app.lines.at(-1)?.error).toContain("division_by_zero");
  });
});

describe.each(MODES)("CALL_STATE = %s: a part that the caller hangs up in", (callState) => {
  const phone = phonesIn(callState);

  const ASK = (onHangup: string): string => `
${onHangup}takes: [n]
variables:
  n: { type: int }
steps:
  ask:
    gather: { prompt: A key., save: n, otherwise: return }
    next: ask
  lost:
    sms: { to: +14155550178, body: "The part, {{ vars.n }}." }
    next: return
`;
  const MAIN = `
onHangup: tell
variables:
  n: { type: int, default: 1 }
steps:
  part:
    run: { flow: ask, with: { n: 5 } }
    next: hangup
  tell:
    sms: { to: +14155550177, body: "The flow, {{ vars.n }}." }
    next: return
`;

  test.each([
    ["its own road", "onHangup: lost\n", "The part, 5."],
    ["the road of the flow that runs it, with that flow's variables", "", "The flow, 1."],
  ])("takes %s", async (_what, onHangup, text) => {
    const part = onHangup === "" ? ASK("").split("  lost:")[0] : ASK(onHangup);
    const by = { status: phone(MAIN, {}, { ask: part ?? "" }), action: phone(MAIN, {}, { ask: part ?? "" }) };
    await pressed(by.status);
    await status(by.status);
    await post(by.action.app, await pressed(by.action), { CallStatus: "completed" });
    await by.action.app.settle();
    expect([texts(by.status), texts(by.action)]).toEqual([[text], [text]]);
  });
});

test("behind a proxy that puts a path before every URL, the road is found as well", async () => {
  const out = outside();
  const app = lineOf(FLOW, { web: out.web, publicUrl: "https://phone.example.com/ivr/v/1" });
  const signed = (path: string, params = {}) =>
    webhook(path, params, undefined, "https://phone.example.com/ivr/v/1");
  const bare = (request: Request): Request => new Request(request.url.replace("/ivr/v/1", ""), request);
  expect((await app.fetch(bare(signed("/voice/desk")))).status).toBe(200);
  await app.settle();
  expect((await app.fetch(bare(signed("/status/desk", { CallStatus: "completed" })))).status).toBe(204);
  await app.settle();
  expect(out.sent).toHaveLength(2);
});
