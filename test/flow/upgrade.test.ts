/** Programs that an older Ringflow built are still read. */
import { describe, expect, test } from "vitest";
import { lowerProgram } from "../../src/flow/compile/lower-program.ts";
import { currentProgram } from "../../src/flow/compile/upgrade.ts";
import type { Op } from "../../src/program/op.ts";
import { FORMAT } from "../../src/program/program.ts";

const BLOCK: Op[] = [
  {
    op: "set",
    to: { variable: "n" },
    from: { map: { expr: { expr: "vars.n + 1" }, value: { value: "vars.n" } } },
  },
  { op: "when", cases: [{ when: "vars.n > 1", ops: [{ op: "goto", step: "a" }] }] },
  { op: "send", form: { Body: { expr: "'Hi ' + caller.name" } } },
  { op: "twiml", parts: ["<Say>", { hole: { expr: "vars.n" }, as: "xml" }, "</Say>"] },
  { op: "end" },
];

const older = {
  format: FORMAT - 1,
  flow: "desk",
  hash: "0123456789",
  start: "a",
  apology: ["<Say>", { hole: { expr: "caller.name" }, as: "xml" as const }, "</Say>"],
  language: "en-US",
  variables: { n: { type: "int" as const, default: 0 } },
  parts: { part: { start: "part.b", variables: { m: { type: "string" as const, default: "" } }, hours: {} } },
  hours: {},
  env: [],
  steps: { a: { blocks: { enter: BLOCK } }, "part.b": { blocks: { enter: [{ op: "end" as const }] } } },
};

describe("a Program of the format before", () => {
  test("has its expressions compiled, wherever they are, and keeps its hash", () => {
    const now = currentProgram(older);
    expect(now).toMatchObject({ format: FORMAT, hash: "0123456789" });
    expect(now?.apology).toEqual(["<Say>", { hole: { expr: ["$", "caller", "name"] }, as: "xml" }, "</Say>"]);
    expect(now?.steps.a?.blocks.enter).toEqual([
      {
        op: "set",
        to: { variable: "n" },
        from: { map: { expr: { expr: ["+", ["$", "vars", "n"], 1] }, value: { value: "vars.n" } } },
      },
      { op: "when", cases: [{ when: [">", ["$", "vars", "n"], 1], ops: [{ op: "goto", step: "a" }] }] },
      { op: "send", form: { Body: { expr: ["+", "Hi ", ["$", "caller", "name"]] } } },
      { op: "twiml", parts: ["<Say>", { hole: { expr: ["$", "vars", "n"] }, as: "xml" }, "</Say>"] },
      { op: "end" },
    ]);
  });

  test("is left alone if it is of this format", () => {
    const now = lowerProgram(older);
    expect(currentProgram(now)).toBe(now);
  });

  test.each([
    ["another format", { ...older, format: FORMAT - 2 }],
    ["nothing", null],
    ["a part of CEL that is gone", { ...older, apology: [{ hole: { expr: "timestamp(1)" }, as: "xml" }] }],
  ])("%s is not read", (_what, value) => {
    expect(currentProgram(value)).toBeUndefined();
  });
});
