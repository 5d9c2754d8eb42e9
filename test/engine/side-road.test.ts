/** Side roads in the engine: where they begin and return, and what their failures leave alone. */
import { describe, expect, test } from "vitest";
import { pendingRequest } from "../../src/engine/effect.ts";
import { resume } from "../../src/engine/turn.ts";
import type { Op, RequestOp } from "../../src/program/op.ts";
import type { Scope } from "../../src/program/program.ts";
import { callWith, GIVEN, goTo, HANG_UP, heard, program, say, take, webhook } from "./support.ts";

const ASIDE = { ...GIVEN, aside: true };
const GONE = webhook({ CallStatus: "completed" });
const FAIL: Op = { op: "fail", why: "no" };
const begin = (step: string): Op => ({ op: "goto", step, back: "over" });
const ask: RequestOp = {
  op: "request",
  method: "GET",
  url: ["https://crm.example.com/"],
  timeout: 1000,
  retries: 0,
  block: "answered",
  later: ["<Redirect>", { link: "enter", road: "voice" }, "</Redirect>"],
};

describe("a side road", () => {
  const flow = program({
    ring: {
      enter: [{ op: "wait", block: "rang" }],
      whisper: [begin("who")],
      over: [say("Over."), { op: "end" }],
    },
    who: { enter: [say("Who?"), { op: "wait", block: "told" }], told: [{ op: "return" }] },
  });
  const whisper = { step: "ring", block: "whisper" };

  test("returns to the step that it began at, a webhook later as well", () => {
    const asked = take(flow, { at: whisper, call: callWith(), given: ASIDE });
    expect([heard(asked), asked.next]).toEqual(["<Say>Who?</Say>", { step: "who", block: "told" }]);
    const over = take(flow, { at: { step: "who", block: "told" }, call: asked.call, given: ASIDE });
    expect([heard(over), over.next, over.call.frames]).toEqual(["<Say>Over.</Say>", undefined, undefined]);
    expect(over.path).toEqual(["who", "return"]);
  });

  test("shares the memory of the flow that it runs beside", () => {
    const setting = program(
      {
        ring: { whisper: [begin("note")], over: [{ op: "end" }] },
        note: [{ op: "set", to: { variable: "n" }, from: { expr: "vars.n + 1" } }, { op: "return" }],
      },
      { variables: { n: { type: "int", default: 0 } } },
    );
    const call = callWith({ vars: { n: 4 } });
    expect(take(setting, { at: whisper, call, given: ASIDE }).call.vars).toEqual({ n: 5 });
    expect(call.vars).toEqual({ n: 4 });
  });

  test("returns within a part to the part, which continues waiting for its own return", () => {
    const scope: Scope = { start: "part.ring", variables: {}, hours: {} };
    const nested = program(
      {
        main: { enter: [{ op: "run", flow: "part", with: {}, block: "back" }], back: HANG_UP },
        "part.ring": {
          enter: [{ op: "wait", block: "rang" }],
          whisper: [begin("part.who")],
          over: [{ op: "end" }],
          rang: [{ op: "return" }],
        },
        "part.who": [{ op: "return" }],
      },
      { parts: { part: scope } },
    );
    const ringing = take(nested);
    const aside = take(nested, {
      at: { step: "part.ring", block: "whisper" },
      call: ringing.call,
      given: ASIDE,
    });
    expect([aside.error, aside.call.frames]).toEqual([undefined, ringing.call.frames]);
    expect(heard(take(nested, { at: { step: "part.ring", block: "rang" }, call: ringing.call }))).toBe(
      "<Hangup/>",
    );
  });

  test("that fails says nothing and takes no onError road", () => {
    const failing = program(
      {
        ring: { whisper: [say("Hello."), begin("bad")], over: HANG_UP },
        bad: [FAIL],
        help: [say("Help."), ...HANG_UP],
      },
      { onError: "help" },
    );
    const turned = take(failing, { at: whisper, call: callWith(), given: ASIDE });
    expect([heard(turned), turned.next, turned.error]).toEqual(["", undefined, 'step "bad": no']);
    expect(turned.call.failed).toBeUndefined();
  });

  test("keeps what the called person entered to itself, and the caller's input is the caller's", () => {
    const reads = program(
      {
        ring: {
          enter: [
            { op: "twiml", parts: [{ link: "whisper", road: "aside" }] },
            { op: "wait", block: "rang" },
          ],
          whisper: [say({ expr: "input.digits" }), { op: "end" }],
          rang: [say({ expr: "input.digits" }), ...HANG_UP],
        },
      },
      { keepsInput: true },
    );
    const ringing = take(reads, { event: webhook({ Digits: "1" }) });
    const aside = take(reads, {
      at: whisper,
      call: ringing.call,
      event: webhook({ Digits: "9" }),
      given: ASIDE,
    });
    expect(heard(aside)).toBe("<Say>9</Say>");
    expect(heard(take(reads, { at: { step: "ring", block: "rang" }, call: ringing.call }))).toContain(
      "<Say>1</Say>",
    );
  });

  test("asks a service behind what is heard by a Redirect of its own, and continues being counted", () => {
    const asking = program({
      ring: { whisper: [say("One moment."), begin("look")] },
      look: { enter: [ask], answered: [{ op: "return" }] },
    });
    const turned = take(asking, { at: whisper, call: callWith(), given: ASIDE });
    expect(heard(turned)).toBe("<Say>One moment.</Say><Redirect>[voice enter]</Redirect>");
    expect([turned.next, turned.call.steps]).toEqual([{ step: "look", block: "enter" }, 2]);
  });
});

describe("once the caller has gone", () => {
  const lost = (tell: Record<string, Op[]>, more = {}) =>
    program(
      {
        menu: { enter: [say("Press a key."), { op: "wait", block: "answered" }] },
        "~hangup": { enter: [begin("tell")], over: [{ op: "end" }] },
        tell,
        help: [say("Help."), { op: "wait", block: "w" }],
      },
      { onHangup: "~hangup", onError: "help", ...more },
    );

  test("the road is taken where the call would wait, and the call is over", () => {
    const turned = take(
      lost({
        enter: [
          { op: "send", form: { To: { value: "+14155550111" }, Body: { value: "Lost" } } },
          { op: "return" },
        ],
      }),
      { event: GONE },
    );
    expect(turned.effects).toEqual([
      {
        effect: "message",
        key: expect.stringMatching(/-1-tell-1$/),
        step: "tell",
        form: { To: "+14155550111", From: "", Body: "Lost" },
      },
    ]);
    expect([turned.next, turned.path]).toEqual([undefined, ["menu", "~hangup", "tell", "return"]]);
  });

  test("a call without the road keeps the flows that wait", () => {
    const flow = program(
      {
        main: { enter: [{ op: "run", flow: "part", with: {}, block: "back" }], back: HANG_UP },
        "part.ask": { enter: [{ op: "wait", block: "answered" }] },
      },
      { parts: { part: { start: "part.ask", variables: {}, hours: {} } } },
    );
    expect(take(flow, { event: GONE }).call.frames).toMatchObject([{ step: "main", block: "back" }]);
  });

  test("it is not taken where the flow ends by itself", () => {
    const ends = program({ bye: HANG_UP, "~hangup": [FAIL] }, { onHangup: "~hangup" });
    expect(take(ends, { event: GONE })).toMatchObject({ path: ["bye", "hangup"] });
  });

  test("a failure on it, behind a request too, is no failure of the call", () => {
    const flow = lost({ enter: [ask], answered: [FAIL] });
    const asked = take(flow, { event: GONE });
    expect(pendingRequest(asked)?.url).toBe("https://crm.example.com/");
    const turned = resume({ ...GIVEN, program: flow, event: GONE }, asked, { status: "200", body: null });
    expect([turned.next, turned.error, turned.path.includes("help")]).toEqual([
      undefined,
      'step "tell": no',
      false,
    ]);
  });

  test("a request after a document over 64 kB is not made: the turn fails and ends", () => {
    const flow = program({ a: { enter: [say("x".repeat(70_000)), ask], answered: HANG_UP } });
    const turned = take(flow, { event: GONE });
    expect([turned.effects, turned.next]).toEqual([[], undefined]);
    expect(turned.error).toContain("64 kB");
  });

  test("a failure before it goes the way of failures first, and then the road by Twilio's word", () => {
    const flow = program(
      {
        a: [FAIL],
        help: [goTo("menu")],
        menu: { enter: [{ op: "wait", block: "answered" }] },
        "~hangup": HANG_UP,
      },
      { onError: "help", onHangup: "~hangup" },
    );
    expect(take(flow, { event: GONE })).toMatchObject({ next: { step: "menu", block: "answered" } });
  });
});

test("a text message's reply is not lost behind a request: nobody follows a Redirect", () => {
  const flow = program({ text: { enter: [say("First."), ask], answered: [say("Second."), { op: "end" }] } });
  const event = webhook({ MessageSid: "SM1" });
  const asked = take(flow, { event, given: ASIDE });
  const before = structuredClone(asked);
  const turned = resume({ ...ASIDE, program: flow, event }, asked, { status: "200", body: null });
  expect(heard(turned)).toBe("<Say>First.</Say><Say>Second.</Say>");
  // What was asked may be gone on with again: it stays as it was.
  expect(asked).toEqual(before);
  expect(resume({ ...ASIDE, program: flow, event }, asked, { status: "200", body: null })).toEqual(turned);
});
