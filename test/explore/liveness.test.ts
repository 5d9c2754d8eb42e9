/** What of a call's state can still matter, block by block. */
import { expect, test } from "vitest";
import { livenessOf } from "../../src/explore/live/liveness.ts";
import type { Op } from "../../src/program/op.ts";
import type { Program } from "../../src/program/program.ts";
import { goTo, HANG_UP, program, say } from "../engine/support.ts";

const TEXT = { type: "string", default: "" } as const;

function liveAt(from: Program, step = from.start, block = "enter"): Record<string, boolean> {
  const live = livenessOf(from)({ step, block });
  return Object.fromEntries([...live].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const setX = (from: string): Op => ({ op: "set", to: { variable: "x" }, from: { expr: from } });
const spoken = say({ expr: "vars.x" });
const compared: Op = { op: "when", cases: [{ when: 'vars.x == "1"', ops: [goTo("a")] }] };

const CASES: readonly [what: string, steps: Parameters<typeof program>[0], live: Record<string, boolean>][] =
  [
    ["nothing without a reader", { a: [setX('"1"'), ...HANG_UP] }, {}],
    ["what is spoken, but not its value", { a: [spoken, ...HANG_UP] }, { "vars.x": false }],
    ["the value that is compared", { a: [compared, ...HANG_UP] }, { "vars.x": true }],
    ["what is spoken and compared", { a: [spoken, compared, ...HANG_UP] }, { "vars.x": true }],
    ["nothing that is set before it is read", { a: [setX('"1"'), compared, ...HANG_UP] }, {}],
    [
      "the variable that it is copied from",
      { a: [setX("vars.y"), compared, ...HANG_UP] },
      { "vars.y": true },
    ],
    ["nothing of a copy that is not read", { a: [setX("vars.y"), ...HANG_UP] }, {}],
    ["what the next step reads", { a: [goTo("b")], b: [compared, ...HANG_UP] }, { "vars.x": true }],
    [
      "what a step reads after the caller's answer",
      { a: { enter: [{ op: "wait", block: "heard" }], heard: [spoken, ...HANG_UP] } },
      { "vars.x": false },
    ],
    [
      "what the other document that a link leads to reads",
      {
        a: {
          enter: [
            { op: "twiml", parts: ["<Redirect>", { link: "late", road: "voice" }, "</Redirect>"] },
            { op: "end" },
          ],
          late: [spoken, ...HANG_UP],
        },
      },
      { "vars.x": false },
    ],
    [
      "a case that does not leave, and what follows it",
      { a: [{ op: "switch", on: { slot: "s" }, cases: { "1": [setX('"2"')] } }, compared, ...HANG_UP] },
      { "slot.s": true, "vars.x": true },
    ],
    [
      "what a circle reads in its next round",
      { a: [compared, goTo("b")], b: [goTo("a")] },
      { "vars.x": true },
    ],
    [
      "whether hours are open",
      { a: [{ op: "when", cases: [{ when: 'isOpen("office")', ops: [] }] }, ...HANG_UP] },
      { "hours.office": true },
    ],
    ["the trail of a way back", { a: [{ op: "back" }] }, { trail: true }],
  ];

test.each(CASES)("%s", (_, steps, live) => {
  const office = { timezone: "UTC", open: [[], [], [], [], [], [], []], closed: [], special: {} };
  expect(liveAt(program(steps, { variables: { x: TEXT, y: TEXT }, hours: { office } }))).toEqual(live);
});

test("what the road of failures reads is live everywhere", () => {
  const steps = { a: HANG_UP, sorry: [spoken, ...HANG_UP] };
  expect(liveAt(program(steps, { variables: { x: TEXT }, onError: "sorry" }))).toEqual({ "vars.x": false });
});

test("a part has variables of its own; the language is the call's", () => {
  const part = { start: "p.a", variables: { x: TEXT }, hours: {}, gives: [] };
  const steps = {
    a: {
      enter: [{ op: "run", flow: "p", with: {}, block: "after" }],
      after: [compared, ...HANG_UP],
    } satisfies Record<string, Op[]>,
    "p.a": [say({ expr: "vars.x" }), say({ language: true }), { op: "return" }] satisfies Op[],
  };
  const from = program(steps, { variables: { x: TEXT }, parts: { p: part } });
  expect(liveAt(from)).toEqual({ language: false, "vars.x": true });
  expect(liveAt(from, "p.a")).toEqual({ language: false, "vars.x": false });
});
