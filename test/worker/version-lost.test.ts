/** What is left of a call whose version cannot be had. */
import { describe, expect, test } from "vitest";
import { readEvent } from "../../src/engine/event.ts";
import type { Call } from "../../src/program/call.ts";
import type { Program, Variable } from "../../src/program/program.ts";
import { enterAnew, fittingIn, withoutInput } from "../../src/worker/version-lost.ts";
import { callWith, HANG_UP, program } from "../engine/support.ts";

test("an event keeps who calls, and nothing that was entered or sent", () => {
  const event = readEvent({
    CallSid: "CA1",
    From: "+14155550111",
    Digits: "4711",
    Confidence: "0.9",
    Tip: "5",
  });
  expect(withoutInput(event)).toEqual({
    ...event,
    input: { digits: "", speech: "", confidence: 0 },
    params: {},
  });
});

describe("a call's state", () => {
  const variables: Record<string, Variable> = {
    age: { type: "int", default: 7 },
    name: { type: "string", default: "", maxLength: 3 },
    list: { type: "list", default: [] },
    calls: { type: "int", default: 0, keep: "flow:desk.calls" },
  };
  const flow = program({ menu: HANG_UP, sorry: HANG_UP }, { variables });
  const left = (more: Partial<Call>, of: Program = flow): Call => fittingIn(of, callWith(more), "menu");

  test("keeps variables of the same type, as they are", () => {
    const { vars } = left({ vars: { age: 12, name: "Ada", list: [1], gone: "x" } });
    expect(vars).toEqual({ age: 12, name: "Ada", list: [1] });
  });

  test("loses variables that would have to be converted or cut", () => {
    expect(left({ vars: { age: "12", name: "Grace", list: { a: 1 } } }).vars).toEqual({});
  });

  test("keeps persistent variables of the same type, of a part as well", () => {
    const int: Variable = { type: "int", default: 0, keep: "flow:part.n" };
    const kept = { "flow:desk.calls": 3, "flow:part.n": 4, "flow:desk.gone": 5 };
    const parts = {
      part: { start: "part.a", hours: {}, variables: { n: int } },
    };
    expect(left({ kept }, { ...flow, parts }).kept).toEqual({ "flow:desk.calls": 3, "flow:part.n": 4 });
    expect(left({ kept: { "flow:desk.calls": "3" } }).kept).toEqual({});
    expect(left({}).kept).toBeUndefined();
  });

  test("loses what counted the lost version's steps and answers, and keeps the menus that are there", () => {
    const call = left({
      slots: { attempt: 2 },
      steps: 9,
      input: { digits: "1", speech: "", confidence: 0 },
      trail: ["gone", "menu"],
    });
    expect(call).toMatchObject({ slots: {}, trail: ["menu"] });
    expect([call.steps, call.input]).toEqual([undefined, undefined]);
  });

  test("keeps the memory of flows that wait, as far as it fits", () => {
    const frames = [
      {
        step: "menu",
        block: "enter",
        waits: { vars: { age: 1, gone: 2 }, slots: { a: 1 }, trail: ["gone"] },
      },
    ];
    expect(left({ frames }).frames).toEqual([
      { step: "menu", block: "enter", waits: { vars: { age: 1 }, slots: {}, trail: [] } },
    ]);
    expect(left({ frames: [{ step: "menu", block: "enter" }] }).frames).toEqual([
      { step: "menu", block: "enter" },
    ]);
  });
});

describe("a call continues", () => {
  const flow = program({ start: HANG_UP, menu: { enter: HANG_UP, over: HANG_UP }, sorry: HANG_UP });
  const at = (step: string, of: Program = flow, more: Partial<Call> = {}) =>
    enterAnew(of, callWith(more), step);

  test("at the beginning of its step", () => {
    expect(at("menu").place).toEqual({ step: "menu", block: "enter" });
  });

  test.each(["gone", "constructor"])("at onError, else at the start, if there is no step %s", (step) => {
    expect(at(step).place).toEqual({ step: "start", block: "enter" });
    expect(at(step, { ...flow, onError: "sorry" }).place).toEqual({ step: "sorry", block: "enter" });
  });

  test.each([
    ["menu", "over", "menu"],
    ["menu", "gone", "start"],
    ["gone", "over", "start"],
    ["constructor", "name", "start"],
  ])("at its step only if what waits for it is there: %s, %s", (step, block, place) => {
    const { place: found, call } = at("menu", flow, { frames: [{ step, block }] });
    expect(found.step).toBe(place);
    expect(call.frames).toEqual(place === "menu" ? [{ step, block }] : undefined);
  });
});
