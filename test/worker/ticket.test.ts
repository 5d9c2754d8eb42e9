import { Buffer } from "node:buffer";
import { createCipheriv, createHmac, hkdfSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nodeCipher } from "../../src/cli/play/node-cipher.ts";
import type { Call } from "../../src/program/call.ts";
import type { Json } from "../../src/program/json.ts";
import { open as openWith, seal as sealWith } from "../../src/worker/ticket.ts";
import { CALLEE, CALLER } from "./support.ts";

const PATH = "/voice/desk/3f9c1a2b7d/menu/answered/3";

const json = fc.jsonValue({ maxDepth: 2 }).map((value): Json => JSON.parse(JSON.stringify(value)));
const name = fc.string({ minLength: 1, unit: "grapheme-ascii" }).filter((text) => text !== "__proto__");
const calls: fc.Arbitrary<Call> = fc.record(
  {
    sid: fc.constant(CALLER),
    rev: fc.constant(3),
    vars: fc.dictionary(name, json, { noNullPrototype: true }),
    slots: fc.dictionary(name, fc.oneof(fc.string(), fc.nat()), { noNullPrototype: true }),
    trail: fc.array(name),
    language: fc.string(),
    failed: fc.constant(true as const),
  },
  { requiredKeys: ["sid", "rev", "vars", "slots", "trail"] },
);

const call: Call = { sid: CALLER, rev: 3, vars: { account: "4711" }, slots: {}, trail: ["menu"] };

const seal = (secrets: string[], path: string, state: Call): Promise<string> =>
  sealWith({ secrets, cipher: nodeCipher }, path, state);
const open = (secrets: string[], path: string, ticket: string, sid: string): Promise<Call | undefined> =>
  openWith({ secrets, cipher: nodeCipher }, path, ticket, sid);

describe("a ticket", () => {
  test("opens to the state that it was sealed with", async () => {
    await fc.assert(
      fc.asyncProperty(calls, async (state) => {
        expect(await open(["token"], PATH, await seal(["token"], PATH, state), state.sid)).toEqual(state);
      }),
    );
  });

  test("has the same characters for the same state, so that a second delivery has the same reply", async () => {
    expect(await seal(["token"], PATH, call)).toBe(await seal(["token"], PATH, structuredClone(call)));
  });

  test("never shares its IV with another state, path or call", async () => {
    const iv = async (path: string, state: Call) => (await seal(["token"], path, state)).slice(0, 16);
    const others: [string, Call][] = [
      [PATH, call],
      [PATH, { ...call, vars: {} }],
      [`${PATH}0`, call],
      [PATH, { ...call, sid: CALLEE }],
    ];
    const ivs = await Promise.all(others.map(([path, state]) => iv(path, state)));
    expect(new Set(ivs).size).toBe(4);
  });

  test("hides the state", async () => {
    const ticket = await seal(["token"], PATH, call);
    expect(Buffer.from(ticket, "base64url").includes("4711")).toBe(false);
  });

  test.each([
    ["road", "/aside/desk/3f9c1a2b7d/menu/answered/3"],
    ["flow", "/voice/help/3f9c1a2b7d/menu/answered/3"],
    ["version", "/voice/desk/0000000000/menu/answered/3"],
    ["step", "/voice/desk/3f9c1a2b7d/other/answered/3"],
    ["block", "/voice/desk/3f9c1a2b7d/menu/enter/3"],
    ["revision", "/voice/desk/3f9c1a2b7d/menu/answered/4"],
  ])("is bound to its %s", async (_, path) => {
    expect(await open(["token"], path, await seal(["token"], PATH, call), CALLER)).toBeUndefined();
  });

  test("does not open with any bit changed", async () => {
    const bytes = Buffer.from(await seal(["token"], PATH, call), "base64url");
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(await open(["token"], PATH, changed.toString("base64url"), CALLER)).toBeUndefined();
    }
  });

  test("does not open cut short, and never throws", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        expect(await open(["token"], PATH, text, CALLER)).toBeUndefined();
      }),
    );
    const ticket = await seal(["token"], PATH, call);
    for (let length = 0; length < ticket.length - 1; length++) {
      expect(await open(["token"], PATH, ticket.slice(0, length), CALLER)).toBeUndefined();
    }
  });

  test("is sealed with the first token and opens with any of them", async () => {
    const ticket = await seal(["new", "old"], PATH, call);
    expect(await open(["new"], PATH, ticket, CALLER)).toEqual(call);
    expect(await open(["newer", "new"], PATH, ticket, CALLER)).toEqual(call);
    expect(await open(["old"], PATH, ticket, CALLER)).toBeUndefined();
  });

  test("is bound to its call", async () => {
    expect(await open(["token"], PATH, await seal(["token"], PATH, call), CALLEE)).toBeUndefined();
  });

  test("of an aside opens for any leg, and says whose call it is", async () => {
    const path = PATH.replace("voice", "aside");
    expect(await open(["token"], path, await seal(["token"], path, call), CALLEE)).toEqual(call);
  });

  test("leaves out what the request says: the CallSid and the revision", async () => {
    const empty: Call = { sid: CALLER, rev: 3, vars: {}, slots: {}, trail: [] };
    expect(Buffer.from(await seal(["token"], PATH, empty), "base64url").length).toBe(12 + "{}".length + 16);
  });

  test("is not sealed without a token", async () => {
    await expect(seal([], PATH, call)).rejects.toThrow("no secret");
  });
});

describe("a ticket of the format before", () => {
  /** As the version before sealed it. */
  function sealBefore(token: string, path: string, state: Call): string {
    const key = (use: string) => Buffer.from(hkdfSync("sha256", token, "", `ringflow ticket 1 ${use}`, 32));
    const text = JSON.stringify({ ...state, slots: undefined });
    const iv = createHmac("sha256", key("iv")).update(`${path}\n${text}`).digest().subarray(0, 12);
    const cipher = createCipheriv("aes-256-gcm", key("state"), iv).setAAD(Buffer.from(path));
    const sealed = [iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()];
    return Buffer.concat(sealed).toString("base64url");
  }

  test("opens for its call, with any of the tokens", async () => {
    const ticket = sealBefore("old", PATH, call);
    expect(await open(["new", "old"], PATH, ticket, CALLER)).toEqual(call);
    expect(await open(["new"], PATH, ticket, CALLER)).toBeUndefined();
  });

  test("opens neither for another call nor at another place", async () => {
    const ticket = sealBefore("token", PATH, call);
    expect(await open(["token"], PATH, ticket, CALLEE)).toBeUndefined();
    expect(await open(["token"], `${PATH}0`, ticket, CALLER)).toBeUndefined();
  });
});

test("a call that began before Programs were of format 2 continues: its ticket opens", async () => {
  const path = "/voice/desk/0123456789/menu/answered/2";
  const ticket =
    "ikT_Bgsp_oo8_-zsXr0QGTyiK9wqSDh9SmeplCdweZjoKYVext2t0gu_MAZW8yC_CZyJKis38lbP-1BdQs13gmzXflp8mDcTuklv6Cco6DqW";
  const before: Call = { sid: "CA1", rev: 2, vars: { n: 1 }, slots: {}, trail: ["menu"] };
  expect(await open(["token"], path, ticket, "CA1")).toEqual(before);
});
