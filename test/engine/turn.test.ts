import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { documentOf } from "../../src/engine/document.ts";
import { pendingRequest } from "../../src/engine/effect.ts";
import { resume } from "../../src/engine/turn.ts";
import type { Op, Part, RequestOp } from "../../src/program/op.ts";
import type { Program } from "../../src/program/program.ts";
import { anyCharacters } from "../any-characters.ts";
import { callWith, GIVEN, goTo, HANG_UP, heard, NOW, program, say, take, webhook } from "./support.ts";

const SORRY = "<Say>Sorry.</Say><Hangup/>";
const BOOM: Op = say({ expr: "string(1 / 0)" });

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

describe("a turn is pure", () => {
  const variables: Program["variables"] = {
    name: { type: "string", default: "", maxLength: 20 },
    pick: { type: "int", default: 0 },
    list: { type: "list", default: [] },
  };
  const ops: Op[] = [
    { op: "mark" },
    { op: "set", to: { variable: "name" }, from: { param: "SpeechResult" } },
    { op: "set", to: { variable: "pick" }, from: { expr: "random(1000000)" } },
    { op: "set", to: { variable: "list" }, from: { expr: "vars.list + [vars.pick]" } },
    { op: "set", to: { slot: "attempt" }, from: { value: 2 } },
    { op: "set", to: { language: true }, from: { value: "es-US" } },
    say({ expr: "vars.name + random(9) + now('UTC').date" }),
    { op: "twiml", parts: ['<Dial><Number url="', { link: "whisper", road: "aside" }, '"/></Dial>'] },
    { op: "wait", block: "rang" },
  ];
  const flow = frozen(program({ a: { enter: ops, rang: HANG_UP } }, { variables, keepsInput: true }));

  test("the same webhook twice gives the same bytes, and changes nothing that it was given", () => {
    fc.assert(
      fc.property(anyCharacters(), fc.string(), fc.nat(50), (speech, digits, rev) => {
        const call = frozen(callWith({ rev, vars: { list: [1] }, slots: { why: "noMatch" }, trail: ["z"] }));
        const event = frozen(webhook({ SpeechResult: speech, Digits: digits, CallerName: "Ada" }));
        const once = take(flow, { call, event });
        const again = take(flow, { call, event });
        expect(JSON.stringify(again)).toBe(JSON.stringify(once));
        expect(once.error).toBeUndefined();
        expect(once.call.rev).toBe(rev + 1);
      }),
    );
  });
});

describe("random", () => {
  const flow = program({
    a: [say({ expr: "string(random(6))" }), say({ expr: "string(random(6))" }), ...HANG_UP],
  });
  const rolls = (rev: number, sid = "CA1"): string => heard(take(flow, { call: callWith({ sid, rev }) }));

  test("is fixed by call and revision, and differs among them", () => {
    const ofRevisions = Array.from({ length: 30 }, (_, rev) => rolls(rev));
    expect(ofRevisions).toEqual(Array.from({ length: 30 }, (_, rev) => rolls(rev)));
    expect(new Set(ofRevisions).size).toBeGreaterThan(10);
    expect(new Set(Array.from({ length: 30 }, (_, i) => rolls(1, `CA${i}`))).size).toBeGreaterThan(10);
  });

  test("gives the same numbers in every release of Ringflow: a webhook that is delivered again can meet another one", () => {
    const wide = program({
      a: [say({ expr: "string(random(1000000)) + ' ' + random(1000000)" }), ...HANG_UP],
    });
    const drawn = [1, 2, 3].map((rev) => heard(take(wide, { call: callWith({ sid: "CA1", rev }) })));
    expect(drawn.map((twiml) => /<Say>(.*)<\/Say>/.exec(twiml)?.[1])).toEqual([
      "314785 483560",
      "602164 167403",
      "266937 326594",
    ]);
  });

  test("gives each number from 0 to n − 1, and 0 where there is none", () => {
    const thousand = Array.from({ length: 1000 }, (_, rev) => /\d/.exec(rolls(rev))?.[0]);
    expect(new Set(thousand)).toEqual(new Set(["0", "1", "2", "3", "4", "5"]));
    const none = program({ a: [say({ expr: "string(random(0)) + random(-3)" }), ...HANG_UP] });
    expect(heard(take(none))).toContain("<Say>00</Say>");
  });
});

describe("what a call remembers", () => {
  const flow = program({
    a: [say({ expr: "caller.name + call.forwardedFrom + call.answeredBy" }), ...HANG_UP],
  });
  const first = webhook({
    CallerName: "Ada",
    ForwardedFrom: "+14155550199",
    AnsweredBy: "human",
    StirVerstat: "TN-Validation-Passed-A",
  });

  test("is what only the first webhook says", () => {
    const begun = take(flow, { event: first });
    expect(begun.call.origin).toEqual({
      name: "Ada",
      forwardedFrom: "+14155550199",
      answeredBy: "human",
      attestation: "A",
      verified: true,
    });
    const later = take(flow, { call: begun.call });
    expect(heard(later)).toBe("<Say>Ada+14155550199human</Say><Hangup/>");
    expect(take(flow).call.origin).toBeUndefined();
  });

  test("can be a single one of these", () => {
    const { call } = take(flow, { event: webhook({ ForwardedFrom: "+14155550199" }) });
    expect(call.origin).toMatchObject({ forwardedFrom: "+14155550199" });
  });

  test("is not what a later webhook says", () => {
    const later = take(flow, { call: callWith(), event: first });
    expect(later.call.origin).toBeUndefined();
  });

  test("the last input, where an expression reads it", () => {
    const reads = program(
      { a: [say({ expr: "input.digits + '/' + input.speech" }), ...HANG_UP] },
      { keepsInput: true },
    );
    const pressed = take(reads, { event: webhook({ Digits: "42" }) });
    expect(heard(pressed)).toContain("<Say>42/</Say>");
    const silent = take(reads, { call: pressed.call });
    expect(heard(silent)).toContain("<Say>42/</Say>");
    const spoken = take(reads, {
      call: silent.call,
      event: webhook({ SpeechResult: "sales", Confidence: "0.9" }),
    });
    expect(heard(spoken)).toContain("<Say>/sales</Say>");
    expect(spoken.call.input).toEqual({ digits: "", speech: "sales", confidence: 0.9 });
  });

  test("not the last input, where nothing reads it", () => {
    expect(take(flow, { event: webhook({ Digits: "42" }) }).call.input).toBeUndefined();
  });
});

describe("beside the call", () => {
  const who = say({ expr: "caller.number + ' called ' + call.to + ' ' + call.direction" });
  const ring: Part[] = ['<Dial><Number url="', { link: "whisper", road: "aside" }, '"/></Dial>'];
  const flow = program({
    a: {
      enter: [
        { op: "twiml", parts: ring },
        { op: "wait", block: "rang" },
      ],
      rang: [who, ...HANG_UP],
      whisper: [who, { op: "end" }],
    },
  });
  const callee = webhook({
    CallSid: "CA9",
    From: "+14155550100",
    To: "+14155550133",
    Direction: "outbound-dial",
  });

  test("who calls, and whom, is kept while somebody may ask, and no longer", () => {
    const ringing = take(flow);
    expect(ringing.call.caller).toMatchObject({ number: "+14155550111" });
    const whispered = take(flow, { at: { step: "a", block: "whisper" }, call: ringing.call, event: callee });
    expect(heard(whispered)).toBe("<Say>+14155550111 called +14155550100 inbound</Say>");
    const rang = take(flow, { at: { step: "a", block: "rang" }, call: ringing.call });
    expect(rang.call.caller).toBeUndefined();
    expect(heard(rang)).toContain("<Say>+14155550111 called +14155550100 inbound</Say>");
  });
});

describe("a failure", () => {
  test("without an onError step is the apology, and the call ends", () => {
    const turned = take(program({ a: [say("Hello."), BOOM] }));
    expect(heard(turned)).toBe(SORRY);
    expect(turned.next).toBeUndefined();
    expect(turned.error).toContain("division_by_zero");
  });

  test("takes the onError step, behind what was said already", () => {
    const flow = program(
      { a: [say("Hello."), BOOM], b: { enter: [say("Help."), { op: "wait", block: "w" }] } },
      { onError: "b" },
    );
    const turned = take(flow);
    expect(heard(turned)).toBe("<Say>Hello.</Say><Say>Help.</Say>");
    expect(turned).toMatchObject({
      next: { step: "b", block: "w" },
      path: ["a", "b"],
      call: { failed: true },
    });
    expect(turned.error).toContain("division_by_zero");
  });

  test("on the onError road is the apology", () => {
    const turned = take(
      program({ a: [say("Hello."), BOOM], b: [{ op: "fail", why: "no" }] }, { onError: "b" }),
    );
    expect(heard(turned)).toBe(SORRY);
    expect(turned.error).toMatch(/division_by_zero; then step "b": no$/);
  });

  test("in a later turn of the onError road is the apology too", () => {
    const flow = program({ a: [BOOM], b: [say("Again."), ...HANG_UP] }, { onError: "b" });
    const turned = take(flow, { call: callWith({ failed: true }) });
    expect(heard(turned)).toBe(SORRY);
    expect(turned.next).toBeUndefined();
  });

  test("in the apology leaves its hole empty: a turn never throws", () => {
    const apology: Part[] = [
      "<Say>Sorry",
      { hole: { expr: "string(1 / 0)" }, as: "xml" },
      ".</Say><Hangup/>",
    ];
    const turned = take(program({ a: [BOOM] }, { apology }));
    expect(heard(turned)).toBe(SORRY);
  });

  test("that has no code of CEL's is told without what it says", () => {
    const turned = take(program({ a: [say({ expr: "'a'.matches('(')" }), ...HANG_UP] }));
    expect(turned.error).toBe('step "a" (enter): an expression failed, no such value');
  });

  test("is named with its step, block and code", () => {
    expect(take(program({ a: [BOOM] })).error).toBe(
      'step "a" (enter): an expression failed, division_by_zero',
    );
  });

  test("of a kind that CEL's words run over several lines for is one line of the log", () => {
    expect(take(program({ a: [BOOM] })).error).not.toContain("\n");
  });
});

describe("a turn that waits for a service", () => {
  const ask: RequestOp = {
    op: "request",
    method: "GET",
    url: ["https://crm.example.com/"],
    timeout: 1000,
    retries: 0,
    block: "answered",
    later: [],
  };
  const send = (To: string): Op => ({ op: "send", form: { To: { value: To }, Body: { value: "Hello." } } });
  const ANSWER = { status: "200", body: null };
  const flow = program({
    a: { enter: [send("+14155550111"), send("+14155550112"), ask], answered: HANG_UP },
  });

  test("continues with what it has done, but for the request", () => {
    const paused = take(flow);
    expect(paused.effects.map(({ effect }) => effect)).toEqual(["message", "message", "request"]);
    const turned = resume({ ...GIVEN, program: flow }, paused, ANSWER);
    expect(turned.effects).toEqual(paused.effects.slice(0, 2));
    expect(turned.error).toBeUndefined();
    expect(turned.call.rev).toBe(paused.call.rev);
    expect(turned.path).toEqual(["a", "hangup"]);
  });

  test("continues with what went wrong before it", () => {
    const failing = program({ a: { enter: [send("Ada"), ask], answered: HANG_UP } });
    const paused = take(failing);
    expect(paused.error).toBe('step "a": a text message cannot reach this address');
    expect(resume({ ...GIVEN, program: failing }, paused, ANSWER).error).toBe(paused.error);
  });

  test("is not continued if it does not wait", () => {
    const over = resume({ ...GIVEN, program: flow }, take(flow), ANSWER);
    expect(resume({ ...GIVEN, program: flow }, over, ANSWER)).toBe(over);
    const waits = take(program({ a: [{ op: "wait", block: "w" }] }));
    expect(resume({ ...GIVEN, program: flow }, waits, ANSWER)).toBe(waits);
  });

  test.each([
    [3000, true],
    [2999, false],
  ])("asks at once if all of its tries fit in what is left: of %i ms %s", (left, isAtOnce) => {
    const trying = program({ a: { enter: [{ ...ask, retries: 2 }], answered: HANG_UP } });
    const paused = take(trying, { given: { ...GIVEN, left } });
    expect(pendingRequest(paused) !== undefined).toBe(isAtOnce);
  });

  test("keeps its messages if the document grows too long", () => {
    const long = program({ a: [send("+14155550111"), say("x".repeat(70_000)), ...HANG_UP] });
    const { effects, error } = take(long);
    expect(effects.map(({ effect }) => effect)).toEqual(["message"]);
    expect(error).toContain("64 kB");
  });

  test("knows who calls, before and after", () => {
    const who = say({ expr: "caller.number + ' ' + call.to" });
    const asking = program({
      a: {
        enter: [ask],
        answered: [
          who,
          { op: "twiml", parts: [{ link: "whisper", road: "aside" }] },
          { op: "wait", block: "w" },
        ],
        w: [ask],
      },
    });
    const turned = resume({ ...GIVEN, program: asking }, take(asking), ANSWER);
    expect(heard(turned)).toContain("<Say>+14155550111 +14155550100</Say>");
    expect(turned.call).toMatchObject({
      caller: { number: "+14155550111" },
      called: { to: "+14155550100", direction: "inbound" },
    });
    const again = take(asking, { at: { step: "a", block: "w" }, call: turned.call });
    expect(heard(resume({ ...GIVEN, program: asking }, again, ANSWER))).toContain("<Say>+14155550111 ");
  });
});

describe("limits", () => {
  const chain = (length: number): Program => {
    const names = Array.from({ length }, (_, i) => `s${i}`);
    const steps = names.map((name, i): [string, Op[]] => [
      name,
      i + 1 < length ? [goTo(`s${i + 1}`)] : HANG_UP,
    ]);
    return program({ ...Object.fromEntries(steps), help: [say("Help."), ...HANG_UP] }, { start: "s0" });
  };

  test("200 steps without an answer are taken, and one more is a failure", () => {
    expect(heard(take(chain(200)))).toBe("<Hangup/>");
    const turned = take(chain(201));
    expect(heard(turned)).toBe(SORRY);
    expect(turned.error).toBe(
      '200 steps without an answer from the caller, the last was step "s200" (enter)',
    );
  });

  test("steps that an earlier webhook took without an answer count", () => {
    expect(heard(take(chain(10), { call: callWith({ steps: 190 }) }))).toBe("<Hangup/>");
    expect(take(chain(10), { call: callWith({ steps: 191 }) }).error).toContain(
      "200 steps without an answer",
    );
    const waits = program({ a: [{ op: "wait", block: "w" }] });
    expect(take(waits, { call: callWith({ steps: 190 }) }).call.steps).toBeUndefined();
  });

  test("steps in a circle take the onError road, and what they said is dropped", () => {
    const flow = program(
      { a: [say("Round."), goTo("a")], help: [say("Help."), ...HANG_UP] },
      { onError: "help" },
    );
    expect(heard(take(flow))).toBe("<Say>Help.</Say><Hangup/>");
  });

  test("a circle on the onError road is the apology", () => {
    expect(heard(take(program({ a: [say("Round."), goTo("a")] }, { onError: "a" })))).toBe(SORRY);
  });

  const saying = (bytes: number, character = "x"): Program =>
    program({ a: [say({ value: character.repeat(bytes / Buffer.byteLength(character)) }), ...HANG_UP] });
  const size = (flow: Program): number => Buffer.byteLength(documentOf(take(flow).pieces, () => ""));

  test.each([
    ["x", 65_536],
    ["é", 65_536],
  ])("a document of %j up to 64 kB is sent, and one byte more is a failure", (character, most) => {
    const around = size(saying(0));
    const fits = take(saying(most - around - ((most - around) % 2), character));
    expect(fits.error).toBeUndefined();
    const turned = take(saying(most - around + 2, character));
    expect(heard(turned)).toBe(SORRY);
    expect(turned.error).toMatch(/^the TwiML document has 6553\d bytes, and Twilio's limit is 64 kB$/);
  });

  test("a document that is too long takes the onError road without what it said", () => {
    const flow = program(
      { a: [say("x".repeat(70_000)), goTo("a2")], a2: HANG_UP, help: [say("Help."), ...HANG_UP] },
      { onError: "help" },
    );
    expect(heard(take(flow))).toBe("<Say>Help.</Say><Hangup/>");
  });

  test("a document of many URLs counts what they may take", () => {
    const links: Part[] = Array.from({ length: 33 }, () => ({ link: "whisper", road: "voice" as const }));
    expect(take(program({ a: [{ op: "twiml", parts: links }, ...HANG_UP] })).error).toContain("64 kB");
    expect(
      take(program({ a: [{ op: "twiml", parts: links.slice(0, 30) }, ...HANG_UP] })).error,
    ).toBeUndefined();
  });
});

test("the clock is the one handed in", () => {
  const hours = {
    timezone: "America/New_York",
    open: Array.from({ length: 7 }, () => [{ from: 480, to: 1080 }]),
    closed: [],
    special: {},
  };
  const flow = program(
    { a: [say({ expr: "string(isOpen('office'))" }), ...HANG_UP] },
    { hours: { office: hours } },
  );
  const at = (now: number): string => heard(take(flow, { given: { ...GIVEN, now } }));
  expect([at(NOW), at(NOW + 8 * 3_600_000)]).toEqual([
    "<Say>true</Say><Hangup/>",
    "<Say>false</Say><Hangup/>",
  ]);
});
