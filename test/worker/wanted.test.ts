/** The change that an administrator sends: each field, on both sides of what it can be. */
import { expect, test } from "vitest";
import { readWanted } from "../../src/worker/wanted.ts";

const HASH = "0123456789";
const CHANGE = { action: "publish", hash: HASH, who: "Ada", note: "" };
const WANTED = { expect: 0, hash: HASH, change: CHANGE };

test.each<[string, unknown]>([
  ["a change", WANTED],
  ["a later one", { ...WANTED, expect: 7 }],
  ["a canary", { ...WANTED, canary: { hash: "abcdef0123", percent: 0.5 } }],
  ["most of the calls", { ...WANTED, canary: { hash: "abcdef0123", percent: 99.9 } }],
  ["a change that names its percentage", { ...WANTED, change: { ...CHANGE, percent: 5 } }],
  [
    "texts of 1,000 characters",
    { ...WANTED, change: { ...CHANGE, who: "x".repeat(1000), note: "x".repeat(1000) } },
  ],
])("%s is taken as it is", (_, wanted) => {
  expect(readWanted(JSON.stringify(wanted))).toEqual(wanted);
});

test("what it does not know is left out", () => {
  const more = {
    ...WANTED,
    other: 1,
    change: { ...CHANGE, at: 5 },
    canary: { hash: HASH, percent: 5, more: 1 },
  };
  expect(readWanted(JSON.stringify(more))).toEqual({ ...WANTED, canary: { hash: HASH, percent: 5 } });
  expect(Object.keys(readWanted(JSON.stringify(WANTED))?.change ?? {})).toEqual([
    "action",
    "hash",
    "who",
    "note",
  ]);
});

test.each<[string, unknown]>([
  ["nothing", undefined],
  ["null", null],
  ["a list", [WANTED]],
  ["no revision", { ...WANTED, expect: undefined }],
  ["a revision below 0", { ...WANTED, expect: -1 }],
  ["half a revision", { ...WANTED, expect: 1.5 }],
  ["a revision as a text", { ...WANTED, expect: "1" }],
  ["no version", { ...WANTED, hash: undefined }],
  ["a version of another form", { ...WANTED, hash: "0123456789a" }],
  ["no change", { ...WANTED, change: undefined }],
  ["a change of no version", { ...WANTED, change: { ...CHANGE, hash: "x" } }],
  ["a change without an action", { ...WANTED, change: { ...CHANGE, action: undefined } }],
  ["a change by no one", { ...WANTED, change: { ...CHANGE, who: 5 } }],
  ["a change without a note", { ...WANTED, change: { ...CHANGE, note: null } }],
  ["an action of 1,001 characters", { ...WANTED, change: { ...CHANGE, action: "x".repeat(1001) } }],
  ["a name of 1,001 characters", { ...WANTED, change: { ...CHANGE, who: "x".repeat(1001) } }],
  ["a note of 1,001 characters", { ...WANTED, change: { ...CHANGE, note: "x".repeat(1001) } }],
  ["a change of 0 %", { ...WANTED, change: { ...CHANGE, percent: 0 } }],
  ["a canary of 0 %", { ...WANTED, canary: { hash: HASH, percent: 0 } }],
  ["a canary of 100 %", { ...WANTED, canary: { hash: HASH, percent: 100 } }],
  ["a canary of many", { ...WANTED, canary: { hash: HASH, percent: "5" } }],
  ["a canary of no version", { ...WANTED, canary: { percent: 5 } }],
  ["a canary that is none", { ...WANTED, canary: null }],
])("%s is not a change", (_, wanted) => {
  expect(readWanted(JSON.stringify(wanted) ?? "")).toBeUndefined();
});
