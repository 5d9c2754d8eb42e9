/** Which version a caller gets while another is tried on some of them. */
import { describe, expect, test } from "vitest";
import { versionFor } from "../../src/worker/pointer.ts";

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
