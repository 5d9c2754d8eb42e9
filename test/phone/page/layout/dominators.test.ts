/** Dominators: against the definition, for graphs of any shape. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { dominatorsOf } from "../../../../src/phone/page/layout/dominators.ts";

const ways = (text: string) =>
  text.split(" ").map((way) => {
    const [from = "", to = ""] = way.split(">");
    return { from, to };
  });

const nearest = (roots: string, edges: string) =>
  Object.fromEntries(dominatorsOf(roots.split(" "), ways(edges)));

test("a step that one menu alone reaches is dominated by it, also if ways in it part and meet", () => {
  expect(nearest("menu", "menu>a menu>b a>c a>d c>e d>e")).toEqual({
    ...{ menu: undefined, a: "menu", b: "menu", c: "a", d: "a", e: "a" },
  });
});

test("a step that two choices reach is dominated by the menu, and one that two beginnings reach by none", () => {
  expect(nearest("menu", "menu>a menu>b a>bye b>bye").bye).toBe("menu");
  expect(nearest("start hangup", "start>told hangup>told")).toHaveProperty("told", undefined);
});

test("a way back changes nothing, and what is not reached is left out", () => {
  expect(nearest("menu", "menu>a a>menu a>a lost>a")).toEqual({ menu: undefined, a: "menu" });
});

test("a chain of any length is no problem", () => {
  const chain = Array.from({ length: 20_000 }, (_, step) => ({ from: `${step}`, to: `${step + 1}` }));
  expect(dominatorsOf(["0"], chain).get("20000")).toBe("19999");
});

test("without its nearest dominator, a step cannot be reached; without any other one above it, it can", () => {
  const way = fc.record({ from: fc.integer({ min: 0, max: 8 }), to: fc.integer({ min: 0, max: 8 }) });
  fc.assert(
    fc.property(fc.array(way, { maxLength: 24 }), (pairs) => {
      const edges = pairs.map(({ from, to }) => ({ from: `${from}`, to: `${to}` }));
      const above = dominatorsOf(["0"], edges);
      for (const [id, dominator] of above) {
        if (dominator === undefined) continue;
        const dominators = [...above.keys()].filter((one) => one !== id && !reached(edges, one).has(id));
        expect(dominators).toContain(dominator);
        // The nearest one has all the others above it.
        for (const one of dominators)
          if (one !== dominator) expect(reached(edges, one).has(dominator)).toBe(false);
      }
    }),
  );
});

function reached(edges: readonly { from: string; to: string }[], without: string): ReadonlySet<string> {
  const seen = new Set(without === "0" ? [] : ["0"]);
  for (const id of seen) for (const { from, to } of edges) if (from === id && to !== without) seen.add(to);
  return seen;
}
