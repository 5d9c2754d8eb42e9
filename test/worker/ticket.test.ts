import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Call, Json } from "../../src/program/program.ts";
import { open, seal } from "../../src/worker/ticket.ts";
import { CALLER } from "./support.ts";

const PATH = "/voice/desk/3f9c1a2b7d/menu/answered/3";

const json = fc.jsonValue({ maxDepth: 2 }).map((value): Json => JSON.parse(JSON.stringify(value)));
const name = fc.string({ minLength: 1, unit: "grapheme-ascii" }).filter((text) => text !== "__proto__");
const calls: fc.Arbitrary<Call> = fc.record(
  {
    sid: fc.constant(CALLER),
    rev: fc.nat(),
    vars: fc.dictionary(name, json, { noNullPrototype: true }),
    slots: fc.dictionary(name, fc.oneof(fc.string(), fc.nat()), { noNullPrototype: true }),
    trail: fc.array(name),
    language: fc.string(),
    failed: fc.constant(true as const),
  },
  { requiredKeys: ["sid", "rev", "vars", "slots", "trail"] },
);

const call: Call = { sid: CALLER, rev: 3, vars: { account: "4711" }, slots: {}, trail: ["menu"] };

describe("a ticket", () => {
  test("opens to the state that it was sealed with", () => {
    fc.assert(
      fc.property(calls, (state) => {
        expect(open(["token"], PATH, seal(["token"], PATH, state))).toEqual(state);
      }),
    );
  });

  test("has the same characters for the same state, so that a second delivery has the same reply", () => {
    expect(seal(["token"], PATH, call)).toBe(seal(["token"], PATH, structuredClone(call)));
  });

  test("never shares its IV with another state or another path", () => {
    const iv = (path: string, state: Call): string => seal(["token"], path, state).slice(0, 16);
    const ivs = [iv(PATH, call), iv(PATH, { ...call, vars: {} }), iv(`${PATH}0`, call)];
    expect(new Set(ivs).size).toBe(3);
  });

  test("hides the state", () => {
    const ticket = seal(["token"], PATH, call);
    expect(Buffer.from(ticket, "base64url").includes("4711")).toBe(false);
  });

  test.each([
    ["road", "/aside/desk/3f9c1a2b7d/menu/answered/3"],
    ["flow", "/voice/help/3f9c1a2b7d/menu/answered/3"],
    ["version", "/voice/desk/0000000000/menu/answered/3"],
    ["step", "/voice/desk/3f9c1a2b7d/other/answered/3"],
    ["block", "/voice/desk/3f9c1a2b7d/menu/enter/3"],
    ["revision", "/voice/desk/3f9c1a2b7d/menu/answered/4"],
  ])("is bound to its %s", (_, path) => {
    expect(open(["token"], path, seal(["token"], PATH, call))).toBeUndefined();
  });

  test("does not open with any bit changed", () => {
    const bytes = Buffer.from(seal(["token"], PATH, call), "base64url");
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(open(["token"], PATH, changed.toString("base64url"))).toBeUndefined();
    }
  });

  test("does not open cut short, and never throws", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(open(["token"], PATH, text)).toBeUndefined();
      }),
    );
    const ticket = seal(["token"], PATH, call);
    for (let length = 0; length < ticket.length - 1; length++) {
      expect(open(["token"], PATH, ticket.slice(0, length))).toBeUndefined();
    }
  });

  test("is sealed with the first token and opens with any of them", () => {
    const ticket = seal(["new", "old"], PATH, call);
    expect(open(["new"], PATH, ticket)).toEqual(call);
    expect(open(["newer", "new"], PATH, ticket)).toEqual(call);
    expect(open(["old"], PATH, ticket)).toBeUndefined();
  });

  test("is not sealed without a token", () => {
    expect(() => seal([], PATH, call)).toThrow("no auth token");
  });
});

test("a call that began before Programs were of format 2 continues: its ticket opens", async () => {
  const path = "/voice/desk/0123456789/menu/answered/2";
  const ticket =
    "ikT_Bgsp_oo8_-zsXr0QGTyiK9wqSDh9SmeplCdweZjoKYVext2t0gu_MAZW8yC_CZyJKis38lbP-1BdQs13gmzXflp8mDcTuklv6Cco6DqW";
  const before: Call = { sid: "CA1", rev: 2, vars: { n: 1 }, slots: {}, trail: ["menu"] };
  expect(await open(["token"], path, ticket)).toEqual(before);
});
