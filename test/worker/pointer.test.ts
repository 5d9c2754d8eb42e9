/** Which version a caller gets while another is tried on some of them. */
import { describe, expect, test } from "vitest";
import { type Change, type Published, versionFor } from "../../src/worker/pointer.ts";
import { Pointers } from "../../src/worker/pointers.ts";

const CHANGE: Change = {
  action: "publish",
  hash: "abc",
  at: "2026-11-23T17:00:00.000Z",
  who: "ada",
  note: "",
};
const CALLERS = Array.from({ length: 400 }, (_, index) => `+1415555${1000 + index}`);

/** The callers of the canary, with what it may be instead. */
function among(percent: number, hash = "abc"): string[] {
  const pointer = { rev: 1, over: "bundled", hash: "old", canary: { hash, percent } };
  return CALLERS.filter((caller) => versionFor(pointer, "bundled", caller) === hash);
}

describe("a canary", () => {
  test("has the same callers in every release of Ringflow", () => {
    expect(among(2).map((caller) => caller.slice(-4))).toEqual([
      "1044",
      "1059",
      "1063",
      "1110",
      "1188",
      "1193",
      "1235",
      "1288",
    ]);
  });

  test("has about as many callers as its percentage says", () => {
    expect(among(0)).toEqual([]);
    expect(among(50).length).toBeGreaterThan(170);
    expect(among(50).length).toBeLessThan(230);
    expect(among(100)).toEqual(CALLERS);
  });

  test("has a caller from their own ten-thousandth on", () => {
    const has = (percent: number): boolean => among(percent).includes("+14155551044");
    expect([has(0.63), has(0.64)]).toEqual([false, true]);
  });

  test("keeps its callers as it grows, and another canary has others", () => {
    expect(among(30)).toEqual(expect.arrayContaining(among(10)));
    expect(among(10, "def")).not.toEqual(among(10));
  });

  test("leaves everyone else the published version, and is over with the bundled one", () => {
    const pointer = { rev: 1, over: "bundled", hash: "old" };
    expect(versionFor(pointer, "bundled", "+14155551000")).toBe("old");
    expect(versionFor({ ...pointer, canary: { hash: "abc", percent: 0 } }, "bundled", "")).toBe("old");
    expect(versionFor(pointer, "another", "+14155551000")).toBeUndefined();
  });
});

describe("a flow's object", () => {
  const MOVE = { pointer: { over: "", hash: "abc" }, change: CHANGE };

  function objectWith(stored?: Published) {
    const kept = new Map(stored && [["published", stored]]);
    let writes = 0;
    const pointers = new Pointers({
      storage: {
        get: async (key) => kept.get(key),
        put: async (key, value) => {
          writes++;
          kept.set(key, value);
        },
      },
    });
    const ask = async (method: string, body?: unknown): Promise<Published & { status: number }> => {
      const init = { method, ...(body !== undefined && { body: JSON.stringify(body) }) };
      const response = await pointers.fetch(new Request("https://pointers/", init));
      return { status: response.status, ...JSON.parse(await response.text()) };
    };
    return { ask, writes: () => writes };
  }

  test("finds what an earlier release of Ringflow stored", async () => {
    const stored: Published = {
      pointer: { rev: 4, over: "", hash: "abc" },
      history: [CHANGE],
      calls: { abc: 7 },
    };
    expect(await objectWith(stored).ask("GET")).toEqual({ status: 200, ...stored });
  });

  test("adds the calls that isolates report", async () => {
    const { ask } = objectWith();
    await ask("PUT", { ...MOVE, expect: 0 });
    await ask("POST", { abc: 2 });
    expect((await ask("POST", { abc: 3, def: 1 })).calls).toEqual({ abc: 5, def: 1 });
    expect((await ask("GET")).calls).toEqual({ abc: 5, def: 1 });
  });

  test("writes nothing if nothing is reported, or if the flow was never published", async () => {
    const { ask, writes } = objectWith();
    expect((await ask("POST", { abc: 2 })).calls).toEqual({});
    expect(writes()).toBe(0);
    await ask("PUT", { ...MOVE, expect: 0 });
    await ask("POST", {});
    expect(writes()).toBe(1);
    await ask("POST", { abc: 1 });
    expect(writes()).toBe(2);
  });

  test("has the last hundred changes, the latest first", async () => {
    const { ask } = objectWith();
    for (let rev = 0; rev < 101; rev++)
      await ask("PUT", { ...MOVE, expect: rev, change: { ...CHANGE, note: `${rev}` } });
    const { pointer, history } = await ask("GET");
    expect([pointer?.rev, history.length]).toEqual([101, 100]);
    expect([history.at(0)?.note, history.at(-1)?.note]).toEqual(["100", "1"]);
  });
});
