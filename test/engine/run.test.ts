import { describe, expect, test } from "vitest";
import type { Json } from "../../src/program/json.ts";
import type { Op, Source } from "../../src/program/op.ts";
import { callWith, GIVEN, goTo, HANG_UP, heard, program, say, take, webhook } from "./support.ts";

describe("twiml", () => {
  const sources: [what: string, source: Source, text: string][] = [
    ["a constant", { value: 7 }, "7"],
    ["an expression", { expr: "vars.tries + 1" }, "3"],
    ["a parameter of the webhook", { param: "Digits" }, "42"],
    ["a parameter that is not there", { param: "SpeechResult" }, ""],
    ["a Worker's variable", { env: "BILLING" }, "+14155550199"],
    ["a Worker's variable that is not set", { env: "SALES" }, ""],
    ["a slot", { slot: "attempt" }, "2"],
    ["a slot that was never set", { slot: "why" }, ""],
    ["the language", { language: true }, "es-US"],
    [
      "a map",
      { map: { url: { param: "Digits" }, n: { value: 1 } } },
      "{&quot;url&quot;:&quot;42&quot;,&quot;n&quot;:1}",
    ],
  ];
  test.each(sources)("a hole shows %s", (_what, source, text) => {
    const flow = program(
      { a: [say(source), ...HANG_UP] },
      { variables: { tries: { type: "int", default: 2 } } },
    );
    const turned = take(flow, {
      call: callWith({ slots: { attempt: 2 }, language: "es-US" }),
      event: webhook({ Digits: "42" }),
      given: { ...GIVEN, env: { BILLING: "+14155550199" } },
    });
    expect(heard(turned)).toBe(`<Say>${text}</Say><Hangup/>`);
  });

  test("arrives whole or not at all: a failing hole leaves the document well formed", () => {
    const flow = program({ a: [say("Hello."), say({ expr: "'' + 1 / 0" })] });
    expect(heard(take(flow))).toBe("<Say>Sorry.</Say><Hangup/>");
    const caught = program({ a: [say("Hello."), say({ expr: "'' + 1 / 0" })], b: HANG_UP }, { onError: "b" });
    expect(heard(take(caught))).toBe("<Say>Hello.</Say><Hangup/>");
  });
});

describe("set", () => {
  const variables = {
    tries: { type: "int" as const, default: 0 },
    name: { type: "string" as const, default: "", maxLength: 5 },
  };
  const setting = (
    from: Source,
    variable = "tries",
    more: Partial<Extract<Op, { op: "set" }>> = {},
  ): Op[] => [{ op: "set", to: { variable }, from, ...more }, ...HANG_UP];

  test.each<[what: string, ops: Op[], vars: Record<string, Json>]>([
    ["a value", setting({ value: 5 }), { tries: 5 }],
    ["a value of another type, converted", setting({ value: "5" }), { tries: 5 }],
    ["the default, which need not be kept", setting({ value: 0 }), {}],
    ["a text that is too long, cut", setting({ value: "Ada Lovelace" }, "name"), { name: "Ada L" }],
    ["what matches as a whole", setting({ value: "12" }, "tries", { matches: "1|12" }), { tries: 12 }],
    [
      "not what matches in part",
      setting({ value: "123" }, "tries", { matches: "1|12", otherwise: HANG_UP }),
      {},
    ],
    ["not what does not convert", setting({ value: "x" }, "tries", { otherwise: HANG_UP }), {}],
  ])("keeps %s", (_what, ops, vars) => {
    const turned = take(program({ a: ops }, { variables }));
    expect(turned.call.vars).toEqual(vars);
    expect(turned.error).toBeUndefined();
  });

  test("of a persistent variable hands out its last value, once", () => {
    const count: Op = { op: "set", to: { variable: "calls" }, from: { expr: "vars.calls + 1" } };
    const flow = program(
      { a: [count, count, ...HANG_UP] },
      { variables: { calls: { type: "int", default: 0, keep: "flow:test.calls" } } },
    );
    const { effects, call } = take(flow);
    expect(effects).toEqual([{ effect: "persist", name: "flow:test.calls", value: 2 }]);
    expect(call.kept).toEqual({ "flow:test.calls": 2 });
  });

  test("reports a cut", () => {
    expect(take(program({ a: setting({ value: "Ada Lovelace" }, "name") }, { variables })).cut).toEqual([
      "name",
    ]);
    expect(take(program({ a: setting({ value: "Ada" }, "name") }, { variables })).cut).toEqual([]);
  });

  test("fails where the value does not fit and nothing says what to do", () => {
    const turned = take(program({ a: setting({ value: "x" }) }, { variables }));
    expect(turned.error).toBe('step "a": the value does not fit "tries"');
  });

  test("does the otherwise instead", () => {
    const flow = program(
      { a: setting({ value: "x" }, "tries", { otherwise: [goTo("b")] }), b: [say("No."), ...HANG_UP] },
      { variables },
    );
    expect(heard(take(flow))).toBe("<Say>No.</Say><Hangup/>");
  });

  test("a slot keeps texts and numbers; an empty one is not kept", () => {
    const ops: Op[] = [
      { op: "set", to: { slot: "attempt" }, from: { value: 2 } },
      { op: "set", to: { slot: "why" }, from: { value: "noInput" } },
      { op: "set", to: { slot: "old" }, from: { value: "" } },
      ...HANG_UP,
    ];
    const turned = take(program({ a: ops }), { call: callWith({ slots: { old: "x" } }) });
    expect(turned.call.slots).toEqual({ attempt: 2, why: "noInput" });
  });

  test("the language is the call's from then on", () => {
    const ops: Op[] = [
      { op: "set", to: { language: true }, from: { value: "es-US" } },
      say({ expr: "call.language" }),
      ...HANG_UP,
    ];
    const turned = take(program({ a: ops }));
    expect(turned.call.language).toBe("es-US");
    expect(heard(turned)).toContain("<Say>es-US</Say>");
  });
});

describe("switch", () => {
  const flow = program({
    a: [
      {
        op: "switch",
        on: { param: "Digits" },
        cases: { 1: [goTo("one")], "01": [goTo("other")], "": [goTo("nothing")] },
        ranges: [
          { from: "10", to: "29", ops: [goTo("low")] },
          { from: "020", to: "099", ops: [goTo("three")] },
        ],
      },
      goTo("none"),
    ],
    ...Object.fromEntries(
      ["one", "other", "nothing", "low", "three", "none"].map((name) => [name, [say(name), ...HANG_UP]]),
    ),
  });

  test.each([
    ["1", "one"],
    ["01", "other"],
    ["", "nothing"],
    ["10", "low"],
    ["29", "low"],
    ["30", "none"],
    ["9", "none"],
    ["020", "three"],
    ["019", "none"],
    ["1*", "none"],
    ["constructor", "none"],
    ["__proto__", "none"],
  ])("%j takes %s", (digits, name) => {
    expect(heard(take(flow, { event: webhook({ Digits: digits }) }))).toBe(`<Say>${name}</Say><Hangup/>`);
  });

  test("a case that does not leave falls through to what is behind", () => {
    const through = program({
      a: [{ op: "switch", on: { value: "x" }, cases: { x: [say("One.")] } }, say("Two."), ...HANG_UP],
    });
    expect(heard(take(through))).toBe("<Say>One.</Say><Say>Two.</Say><Hangup/>");
  });
});

describe("match", () => {
  const phrases: [string, number][] = [
    ["sales", 0],
    ["tours", 1],
  ];
  const flow = program({
    a: [
      { op: "match", on: { param: "SpeechResult" }, phrases, cases: [[goTo("b")], [goTo("c")]] },
      ...HANG_UP,
    ],
    b: [say("Sales."), ...HANG_UP],
    c: [say("Tours."), ...HANG_UP],
  });

  test.each([
    ["Tours, please", "<Say>Tours.</Say><Hangup/>"],
    ["sales or tours", "<Hangup/>"],
    ["", "<Hangup/>"],
  ])("%j → %s", (speech, document) => {
    expect(heard(take(flow, { event: webhook({ SpeechResult: speech }) }))).toBe(document);
  });
});

test("when: the first true condition wins, and where none is true the next op follows", () => {
  const cases = [
    { when: "vars.n > 2", ops: [say("Many."), ...HANG_UP] },
    { when: "vars.n > 1", ops: [say("Two."), ...HANG_UP] },
  ];
  const flow = program(
    { a: [{ op: "when", cases }, say("Few."), ...HANG_UP] },
    { variables: { n: { type: "int", default: 0 } } },
  );
  const heardWith = (n: number): string => heard(take(flow, { call: callWith({ vars: { n } }) }));
  expect([heardWith(3), heardWith(2), heardWith(1)]).toEqual([
    "<Say>Many.</Say><Hangup/>",
    "<Say>Two.</Say><Hangup/>",
    "<Say>Few.</Say><Hangup/>",
  ]);
});

describe("the trail of menus", () => {
  const menu: Op[] = [{ op: "mark" }, { op: "wait", block: "answered" }];
  const flow = program({
    a: menu,
    b: menu,
    c: { enter: menu, answered: [{ op: "back" }] },
    d: [say("Aside."), { op: "back" }],
  });
  const at = (step: string, block = "enter") => ({ step, block });

  test("marks each menu once, and forgets those after one that is come back to", () => {
    expect(take(flow, { at: at("b"), call: callWith({ trail: ["a"] }) }).call.trail).toEqual(["a", "b"]);
    expect(take(flow, { at: at("a"), call: callWith({ trail: ["a", "b", "c"] }) }).call.trail).toEqual(["a"]);
  });

  test("back leads from a menu to the one before", () => {
    const turned = take(flow, { at: at("c", "answered"), call: callWith({ trail: ["a", "b", "c"] }) });
    expect(turned.next).toEqual({ step: "b", block: "answered" });
    expect(turned.call.trail).toEqual(["a", "b"]);
  });

  test("back leads from any other step to the last menu", () => {
    const turned = take(flow, { at: at("d"), call: callWith({ trail: ["a", "b"] }) });
    expect(turned.next).toEqual({ step: "b", block: "answered" });
  });

  test("at the first menu, back asks it again", () => {
    const turned = take(flow, { at: at("c", "answered"), call: callWith({ trail: ["c"] }) });
    expect(turned.next).toEqual({ step: "c", block: "answered" });
  });

  test("the trail never grows beyond ten", () => {
    const trail = Array.from({ length: 10 }, (_, i) => `m${i}`);
    expect(take(flow, { at: at("a"), call: callWith({ trail }) }).call.trail).toEqual([
      ...trail.slice(1),
      "a",
    ]);
  });
});

describe("places", () => {
  test("a goto enters a step where no block is named, and another block where one is", () => {
    const flow = program({
      a: [goTo("b", "again")],
      b: { enter: [say("Enter."), ...HANG_UP], again: [say("Again."), goTo("b")] },
    });
    expect(heard(take(flow))).toBe("<Say>Again.</Say><Say>Enter.</Say><Hangup/>");
  });

  test("a wait says where the next webhook resumes", () => {
    const flow = program({
      a: [goTo("b")],
      b: { enter: [say("Well?"), { op: "wait", block: "answered" }], answered: HANG_UP },
    });
    const turned = take(flow);
    expect(turned.next).toEqual({ step: "b", block: "answered" });
    expect(turned.path).toEqual(["a", "b"]);
    if (!turned.next) throw new Error("the call has ended");
    expect(take(flow, { at: turned.next, call: turned.call })).toMatchObject({ path: ["b", "hangup"] });
  });

  test.each([
    ["a step that is not there", [goTo("nowhere")], 'the flow has no step "nowhere" (enter)'],
    ["a block that is not there", [goTo("a", "nothing")], 'the flow has no step "a" (nothing)'],
    ["a name that every object has", [goTo("constructor")], 'the flow has no step "constructor" (enter)'],
    ["a block that runs off", [say("Hello.")], 'step "a" (enter) leads nowhere'],
    ["a step that fails", [{ op: "fail" as const, why: "no exit for busy" }], 'step "a": no exit for busy'],
  ])("%s is a failure", (_what, ops: Op[], error) => {
    expect(take(program({ a: ops })).error).toBe(error);
  });

  test("a place that a webhook names and the program does not have", () => {
    const flow = program({ a: HANG_UP });
    expect(take(flow, { at: { step: "gone", block: "enter" } })).toMatchObject({
      error: 'the flow has no step "gone" (enter)',
    });
  });
});
