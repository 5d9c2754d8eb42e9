/** What runs beside a call, and what it sets for the step that continues. */
import { describe, expect, test } from "vitest";
import type { Store } from "../../src/worker/store.ts";
import { finish, useFalseTime } from "./false-time.ts";
import {
  CALLEE,
  CALLER,
  inside,
  type Line,
  linesIn,
  linkIn,
  MODES,
  memoryStore,
  type Params,
  post,
} from "./support.ts";

const SCREEN = `
variables:
  who: { type: string, default: nobody }
  how: { type: string }
  pin: { type: string, sensitive: true }
destinations:
  office: +14155550100
steps:
  connect:
    dial:
      to: office
      whisper: { step: name }
      status: { declined: refused, else: nobody }
    next: told
  name:
    gather:
      prompt: Who are you?
      save: who
      otherwise: hangup
    next: ask
  ask:
    gather:
      prompt: "{{ vars.who }}, press 1 to take the call."
      choices: { 1: taken, 2: hangup, 3: broken }
      attempts: 1
      otherwise: hangup
  taken:
    set: { how: gladly }
    next: return
  broken:
    set: { who: "{{ 'x' + string(1 / (size(vars.how))) }}" }
    next: return
  told:
    hangup: "{{ vars.who }} spoke, {{ vars.how }}, after {{ input.digits }}."
  refused:
    hangup: "{{ vars.who }} refused."
  nobody:
    hangup: "{{ vars.who }}."
`;

const LEG: Params = {
  CallSid: CALLEE,
  ParentCallSid: CALLER,
  From: "+14155550199",
  Direction: "outbound-dial",
};
const BRIDGED = { DialCallStatus: "completed", DialBridged: "true" };
const EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>';

/** The callee says a name and takes the call: the document that is left, and the way back to the call. */
async function screened(app: Line): Promise<{ last: string; back: string }> {
  const dial = await post(app, "/voice/desk");
  const name = await post(app, linkIn(dial, "url"), LEG);
  const ask = await post(app, linkIn(name), { ...LEG, Digits: "77" });
  return { last: await post(app, linkIn(ask), { ...LEG, Digits: "1" }), back: linkIn(dial) };
}

useFalseTime();

describe.each(MODES)("CALL_STATE = %s: what a step beside the call sets", (callState) => {
  const lineIn = linesIn(callState);

  test("is carried from webhook to webhook, and there when the call continues", async () => {
    const app = lineIn(SCREEN);
    const { last, back } = await finish(screened(app));
    expect(last).toBe(EMPTY);
    expect(inside(await finish(post(app, back, BRIDGED)))).toBe(
      // What the callee pressed is not the caller's input.
      "<Say>77 spoke, gladly, after .</Say><Hangup/>",
    );
    expect(app.lines.map(({ error, store, degraded }) => error ?? store ?? degraded)).toEqual(
      Array(5).fill(undefined),
    );
  });

  test("is kept before the aside is answered", async () => {
    const memory = memoryStore();
    let written = 0;
    const put: Store["put"] = async (key, value) => {
      await new Promise((resolve) => setTimeout(resolve, 700));
      await memory.put(key, value);
      if (key.startsWith("aside:")) written++;
    };
    const app = lineIn(SCREEN, { store: { ...memory, put } });
    const dial = await finish(post(app, "/voice/desk"));
    const name = await finish(post(app, linkIn(dial, "url"), LEG));
    expect(written).toBe(0);
    await finish(post(app, linkIn(name), { ...LEG, Digits: "77" }));
    expect(written).toBe(1);
  });

  test("twice within a second is kept all the same: KV refuses the second write at first", async () => {
    const app = lineIn(SCREEN);
    const dial = await finish(post(app, "/voice/desk"));
    const name = await finish(post(app, linkIn(dial, "url"), LEG));
    const ask = await finish(post(app, linkIn(name), { ...LEG, Digits: "77" }));
    await finish(post(app, linkIn(ask), { ...LEG, Digits: "1" }));
    expect(await finish(post(app, linkIn(dial), BRIDGED))).toContain("77 spoke, gladly");
  });

  test("is answered with the same bytes where a webhook is delivered twice", async () => {
    const app = lineIn(SCREEN);
    const dial = await finish(post(app, "/voice/desk"));
    const name = linkIn(await finish(post(app, linkIn(dial, "url"), LEG)));
    const once = await finish(post(app, name, { ...LEG, Digits: "77" }));
    expect(await finish(post(app, name, { ...LEG, Digits: "77" }))).toBe(once);
    const back = await finish(post(app, linkIn(dial), BRIDGED));
    expect(await finish(post(app, linkIn(dial), BRIDGED))).toBe(back);
  });

  test.each<[string, (memory: Store) => Store, told: string | undefined]>([
    ["misses it", (memory) => ({ ...memory, get: async () => null }), undefined],
    [
      "fails",
      (memory) => ({ ...memory, get: async () => Promise.reject(new Error("down")) }),
      "not read: down",
    ],
    ["hangs", (memory) => ({ ...memory, get: () => new Promise(() => {}) }), "no answer in time"],
  ])("is forgone where the store %s, and the call continues", async (_what, broken, told) => {
    const memory = memoryStore();
    const app = lineIn(SCREEN, { store: broken(memory) });
    const { back } = await finish(screened(app));
    const began = Date.now();
    expect(await finish(post(app, back, BRIDGED))).toContain("<Say>nobody spoke, , after .</Say>");
    expect(Date.now() - began).toBeLessThanOrEqual(4000);
    expect(app.lines.findLast(({ block }) => block === "rang")).toMatchObject(
      told === undefined ? { step: "connect" } : { store: told },
    );
  });

  test("is there where the store lags 3 s", async () => {
    const memory = memoryStore();
    const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 3000));
    const store: Store = {
      get: (key) => pause().then(() => memory.get(key)),
      put: (key, value) => pause().then(() => memory.put(key, value)),
    };
    const app = lineIn(SCREEN, { store });
    const { back } = await finish(screened(app));
    expect(await finish(post(app, back, BRIDGED))).toContain("77 spoke, gladly");
  });

  test("is there for the aside itself if it no longer fits its ticket", async () => {
    const app = lineIn(
      SCREEN.replace("{ type: string, default: nobody }", "{ type: string, maxLength: 2000 }"),
    );
    const dial = await finish(post(app, "/voice/desk"));
    const name = await finish(post(app, linkIn(dial, "url"), LEG));
    const ask = await finish(post(app, linkIn(name), { ...LEG, Digits: "7".repeat(1900) }));
    expect(linkIn(ask)).not.toContain("?");
    expect(await finish(post(app, linkIn(ask), { ...LEG, Digits: "1" }))).toBe(EMPTY);
    expect(await finish(post(app, linkIn(dial), BRIDGED))).toContain("777 spoke, gladly");
    expect(app.lines.flatMap(({ degraded, error }) => degraded ?? error ?? [])).toEqual([]);
  });

  test("is lost with its state, if that no longer fits its ticket: the log says so, and the call continues", async () => {
    const memory = memoryStore();
    const long = "{ type: string, default: nobody, maxLength: 2000 }";
    const app = lineIn(SCREEN.replace("{ type: string, default: nobody }", long), { store: memory });
    const dial = await finish(post(app, "/voice/desk"));
    const name = await finish(post(app, linkIn(dial, "url"), LEG));
    const ask = await finish(post(app, linkIn(name), { ...LEG, Digits: "7".repeat(1900) }));
    memory.kept.delete(`aside:${CALLER}:1`);
    expect(await finish(post(app, linkIn(ask), { ...LEG, Digits: "1" }))).toBe(EMPTY);
    expect(app.lines.at(-1)).toMatchObject({
      degraded: true,
      store: callState === "store" ? "the aside's state is not stored" : "no state is stored",
    });
    // What the aside set after the loss reaches the call.
    expect(await finish(post(app, linkIn(dial), BRIDGED))).toContain(
      "<Say>nobody spoke, gladly, after .</Say>",
    );
  });

  test("brings a call back that has neither ticket nor copy", async () => {
    const memory = memoryStore();
    const app = lineIn(SCREEN, { store: memory });
    const { back } = await finish(screened(app));
    memory.kept.delete(`call:${CALLER}:1`);
    expect(await finish(post(app, back.replace(/\?.*/, ""), BRIDGED))).toContain("77 spoke, gladly");
    expect(app.lines.at(-1)).toMatchObject({ degraded: true });
  });
});

describe.each(MODES)("CALL_STATE = %s: what fails beside the call", (callState) => {
  const lineIn = linesIn(callState);

  test("says nothing, ends the aside, and is told; the call is none the worse", async () => {
    const app = lineIn(`onError: sorry\n${SCREEN}  sorry: { hangup: Sorry. }\n`);
    const dial = await finish(post(app, "/voice/desk"));
    const name = await finish(post(app, linkIn(dial, "url"), LEG));
    const ask = await finish(post(app, linkIn(name), { ...LEG, Digits: "77" }));
    expect(await finish(post(app, linkIn(ask), { ...LEG, Digits: "3" }))).toBe(EMPTY);
    expect(app.lines.at(-1)?.error).toBe('step "broken" (enter): an expression failed, division_by_zero');
    expect(await finish(post(app, linkIn(dial), BRIDGED))).toContain("77 spoke");
  });
});

describe.each(MODES)("CALL_STATE = %s: a waiting room of a named conference", (callState) => {
  const lineIn = linesIn(callState);

  const ROOM = `
variables:
  waited: { type: bool }
destinations:
  standup: { conference: standup, wait: { step: hold } }
steps:
  meet:
    dial: { to: standup, status: { else: hangup } }
    next: bye
  hold:
    set: { waited: true }
    next: music
  music:
    play: https://example.com/hold.mp3
    next: return
  bye:
    hangup: "Waited: {{ vars.waited }}."
`;
  test("sets variables for the dial that continues", async () => {
    const app = lineIn(ROOM);
    const dial = await finish(post(app, "/voice/desk"));
    const room = await finish(post(app, linkIn(dial, "waitUrl")));
    expect(inside(room)).toBe("<Play>https://example.com/hold.mp3</Play><Redirect/>");
    expect(await finish(post(app, linkIn(dial), { DialCallStatus: "answered" }))).toContain("Waited: true.");
  });
});

describe.each(MODES)("CALL_STATE = %s: a whisper within a part", (callState) => {
  const lineIn = linesIn(callState);

  const PART = `
takes: [greeting]
gives: [who]
variables:
  greeting: { type: string }
  who: { type: string }
steps:
  connect:
    dial: { to: +14155550100, whisper: { step: ask }, status: { else: return } }
    next: return
  ask:
    gather: { prompt: "{{ vars.greeting }} Press 1.", choices: { 1: taken }, otherwise: hangup }
  taken:
    set: { who: office }
    next: return
`;
  const MAIN = `
variables:
  who: { type: string }
steps:
  part:
    run: { flow: connect, with: { greeting: Hello. }, save: { who: who } }
    next: bye
  bye:
    hangup: "It was {{ vars.who }}."
`;
  test("returns to the dial and not to the flow that runs the part", async () => {
    const app = lineIn(MAIN, {}, { connect: PART });
    const dial = await finish(post(app, "/voice/desk"));
    const ask = await finish(post(app, linkIn(dial, "url"), LEG));
    expect(ask).toContain("Hello. Press 1.");
    expect(await finish(post(app, linkIn(ask), { ...LEG, Digits: "1" }))).toBe(EMPTY);
    expect(await finish(post(app, linkIn(dial), BRIDGED))).toContain("<Say>It was office.</Say><Hangup/>");
  });
});

describe.each(MODES)("CALL_STATE = %s: a log line beside the call", (callState) => {
  const lineIn = linesIn(callState);

  test("masks what a callee enters that is sensitive", async () => {
    const flow = SCREEN.replace("save: who", "save: pin").replace(", after {{ input.digits }}", "");
    const app = lineIn(flow);
    const dial = await finish(post(app, "/voice/desk"));
    const name = await finish(post(app, linkIn(dial, "url"), LEG));
    await finish(post(app, linkIn(name), { ...LEG, Digits: "4711" }));
    expect(app.lines.at(-1)).toMatchObject({ call: CALLEE, step: "name", event: "digits ***" });
  });
});
