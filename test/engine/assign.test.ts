/** What `set` does with a value: what matches, where it goes, and how much a call can carry. */
import { describe, expect, test } from "vitest";
import type { Call } from "../../src/program/call.ts";
import { MOST_SIZE } from "../../src/program/expression.ts";
import type { Json } from "../../src/program/json.ts";
import type { Op, Source } from "../../src/program/op.ts";
import type { Variable } from "../../src/program/program.ts";
import { callWith, HANG_UP, program, take, webhook } from "./support.ts";

const text: Variable = { type: "string", default: "" };

function setting(variable: string, from: Source, more: Partial<Extract<Op, { op: "set" }>> = {}): Op {
  return { op: "set", to: { variable }, from, ...more };
}

describe("a pattern", () => {
  const vars = (from: Source, matches: string, params: Record<string, string> = {}): Call["vars"] =>
    take(
      program(
        { a: [setting("said", from, { matches, otherwise: [] }), ...HANG_UP] },
        { variables: { said: text } },
      ),
      { event: webhook(params) },
    ).call.vars;

  test.each([
    ["ada", "ada", { said: "ada" }],
    ["Ada", "ada", {}],
    ["ada.", "ada", {}],
    ["Łukasz", "\\p{L}+", { said: "Łukasz" }],
    ["ada", "", {}],
  ])("of a value is met as it is written: %j by %j", (value, matches, kept) => {
    expect(vars({ value }, matches)).toEqual(kept);
  });

  test.each([
    ["ada", "ada", { said: "ada" }],
    ["ADA.", "ada", { said: "ADA" }],
    ["Ada.", "ada\\.?", { said: "Ada." }],
    ["Łukasz", "\\p{L}+", { said: "Łukasz" }],
    ["Ada Lovelace", "ada", {}],
  ])(
    "of what was said is met in small letters and without a full stop: %j by %j",
    (SpeechResult, matches, kept) => {
      expect(vars({ heard: "text" }, matches, { SpeechResult })).toEqual(kept);
    },
  );
});

test.each<[to: Extract<Op, { op: "set" }>["to"], name: string]>([
  [{ variable: "said" }, "said"],
  [{ slot: "why" }, "why"],
  [{ language: true }, "language"],
])("what does not match names its target: %j", (to, name) => {
  const ops: Op[] = [{ op: "set", to, from: { value: "x" }, matches: "y" }, ...HANG_UP];
  expect(take(program({ a: ops }, { variables: { said: text } })).error).toBe(
    `step "a": the value does not fit "${name}"`,
  );
});

describe("a slot", () => {
  test.each<[value: Json, kept: Json]>([
    [2, 2],
    ["2", "2"],
    [true, "true"],
    [[1, "a"], '[1,"a"]'],
    ["?", "?"],
  ])("holds %j as %j", (value, kept) => {
    const ops: Op[] = [{ op: "set", to: { slot: "one" }, from: { value } }, ...HANG_UP];
    expect(take(program({ a: ops })).call.slots).toEqual({ one: kept });
  });
});

describe("a variable", () => {
  test("that has its default travels only if the default can change from turn to turn", () => {
    const variables: Record<string, Variable> = {
      fixed: { type: "string", default: "x" },
      configured: { type: "string", default: "x", env: "VALUE" },
    };
    const ops = [setting("fixed", { value: "x" }), setting("configured", { value: "x" }), ...HANG_UP];
    const call = callWith({ vars: { fixed: "y", configured: "y" } });
    expect(take(program({ a: ops }, { variables }), { call }).call.vars).toEqual({ configured: "x" });
  });

  test("that is unknown, or whose value does not fit, is left alone, and the step fails", () => {
    const flow = program({ a: [setting("other", { value: "x" }), ...HANG_UP] });
    expect(take(flow)).toMatchObject({
      error: 'step "a": the value does not fit "other"',
      call: { vars: {} },
    });
  });

  test("that is persistent is written once in a turn, after what else the turn has done", () => {
    const kept = (name: string): Variable => ({ type: "int", default: 0, keep: `flow:test.${name}` });
    const ops: Op[] = [
      setting("a", { value: 1 }),
      { op: "send", form: { To: { value: "+14155550111" }, Body: { value: "Hello." } } },
      setting("b", { value: 2 }),
      setting("a", { value: 3 }),
      ...HANG_UP,
    ];
    const { effects, call } = take(program({ a: ops }, { variables: { a: kept("a"), b: kept("b") } }));
    expect(effects).toEqual([
      expect.objectContaining({ effect: "message" }),
      { effect: "persist", name: "flow:test.b", value: 2 },
      { effect: "persist", name: "flow:test.a", value: 3 },
    ]);
    expect(call.kept).toEqual({ "flow:test.a": 3, "flow:test.b": 2 });
    expect(call.vars).toEqual({});
  });
});

describe("a call's state", () => {
  const variables: Record<string, Variable> = {
    big: text,
    more: text,
    saved: { type: "string", default: "", keep: "flow:test.saved" },
  };
  const MORE = "y".repeat(499);

  /** Sets a target to a text, in a call that carries `x` characters and what else it is given. */
  function carrying(
    x: number,
    to: Extract<Op, { op: "set" }>["to"],
    value: string,
    more: Partial<Call> = {},
  ) {
    const flow = program({ a: [{ op: "set", to, from: { value } }, ...HANG_UP] }, { variables });
    const { vars, ...others } = more;
    return take(flow, { call: callWith({ vars: { ...vars, big: "x".repeat(x) }, ...others }) });
  }

  const BEFORE = "z".repeat(600);
  /** What the name of a new value takes is not counted. */
  const TARGETS: [
    what: string,
    to: Extract<Op, { op: "set" }>["to"],
    more: Partial<Call>,
    uncounted: string,
  ][] = [
    ["a variable", { variable: "more" }, {}, ',"more":""'],
    ["a variable that had a value", { variable: "more" }, { vars: { more: BEFORE } }, ""],
    ["a slot", { slot: "more" }, {}, '"more":""'],
    ["a slot that had a value", { slot: "more" }, { slots: { more: BEFORE } }, ""],
    ["a persistent variable", { variable: "saved" }, {}, ',"kept":{"flow:test.saved":""}'],
    [
      "a persistent variable that had a value",
      { variable: "saved" },
      { kept: { "flow:test.saved": BEFORE } },
      "",
    ],
  ];

  test.each(TARGETS)("has room for %s up to 262,144 characters, and not for one more", (...row) => {
    const [, to, more, uncounted] = row;
    const around = JSON.stringify(carrying(0, to, `${MORE}y`, more).call).length - uncounted.length;
    const fits = carrying(MOST_SIZE - around, to, `${MORE}y`, more);
    expect(fits.error).toBeUndefined();
    expect(JSON.stringify(fits.call).length - uncounted.length).toBe(MOST_SIZE);
    const over = carrying(MOST_SIZE - around + 1, to, `${MORE}y`, more);
    const name = "slot" in to ? to.slot : "variable" in to ? to.variable : "";
    expect(over.error).toBe(
      `step "a": with "${name}", the call's state would have 262145 characters, and the limit is 262144`,
    );
    expect(JSON.stringify(over.call)).not.toContain("yyy");
  });

  test("has room for a short text whatever it carries", () => {
    expect(carrying(MOST_SIZE, { variable: "more" }, MORE.slice(1)).error).toBeUndefined();
    expect(carrying(MOST_SIZE, { variable: "more" }, MORE).error).toContain("the limit is 262144");
  });
});
