/** Layouts of flows of 12, 60 and 300 steps in the windows of a screen and of a phone. */
import { describe, expect, test } from "vitest";
import type { Drawing } from "../../../../src/phone/page/contract/drawing.ts";
import { divide } from "../../../../src/phone/page/layout/departments.ts";
import { layOut } from "../../../../src/phone/page/layout/layout.ts";
import { fitted, READABLE } from "../../../../src/phone/page/text/viewport.ts";
import { longFlow } from "../flows.ts";
import { officeFlow } from "../office-flow.ts";
import { graphIn } from "./graphs.ts";

const SCREEN = { width: 600, height: 740 };
const PHONE = { width: 390, height: 620 };

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function overlaps({ nodes, departments }: Drawing): string[] {
  const boxes = [...nodes, ...departments.filter(({ isOpen }) => !isOpen)];
  return boxes.flatMap((box, index) =>
    boxes.slice(index + 1).flatMap((other) => (overlap(box, other) ? [`${box.id} and ${other.id}`] : [])),
  );
}

const allOf = (text: string): string[] => [...divide(graphIn(text)).departments.keys()];

describe("departments", () => {
  test("are the choices of a menu that nothing else leads to, with all their steps", () => {
    const { departments, within } = divide(graphIn(officeFlow(60)));
    expect([...departments.keys()].slice(0, 3)).toEqual(["sales", "billing", "support"]);
    expect(departments.get("sales")?.steps).toContain("sales-orders-team");
    expect(departments.get("sales")?.steps).not.toContain("operator");
    expect(within.get("sales-orders-busy")).toBe("sales");
    expect(within.has("voicemail")).toBe(false);
  });

  test("of a small flow there are none", () => {
    expect(allOf(officeFlow(12))).toEqual([]);
  });

  test("can have departments of their own", () => {
    const leaf = (name: string) =>
      [1, 2, 3, 4].map(
        (n) => `  ${name}-${n}: { say: Hello., next: ${n === 4 ? "hangup" : `${name}-${n + 1}`} }\n`,
      );
    const menu = (name: string, to: string[]) =>
      `  ${name}: { gather: { prompt: Choose., choices: { ${to.map((one, key) => `${key + 1}: ${one}`).join(", ")} }, otherwise: hangup } }\n`;
    const areas = ["north", "south", "east"];
    const text = `steps:\n${menu("main", areas)}${areas
      .map((area) => {
        const parts = ["a", "b", "c", "d", "e"].map((part) => `${area}-${part}`);
        return (
          menu(
            area,
            parts.map((part) => `${part}-1`),
          ) + parts.flatMap(leaf).join("")
        );
      })
      .join("")}`;
    const { within } = divide(graphIn(text));
    expect(within.get("north-a-1")).toBe("north-a-1");
    expect(within.get("north")).toBe("north");
  });
});

describe.each([
  ["a screen", SCREEN],
  ["a phone", PHONE],
])("a layout for %s", (_, window) => {
  test.each([12, 60, 300])("of %i steps gives every box a place of its own, inside", (steps) => {
    const text = officeFlow(steps);
    const graph = graphIn(text);
    for (const open of [undefined, [], allOf(text)]) {
      const drawing = layOut(graph, { window, ...(open && { open }) });
      expect(overlaps(drawing)).toEqual([]);
      for (const { x, y, width, height } of [...drawing.nodes, ...drawing.departments]) {
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual(drawing.width);
        expect(y + height).toBeLessThanOrEqual(drawing.height);
      }
    }
  });

  test("shows every step of a flow whose departments are open, each once, and all its exits", () => {
    const text = officeFlow(300);
    const graph = graphIn(text);
    const { nodes, edges } = layOut(graph, { window, open: allOf(text) });
    const steps = nodes.filter(({ end, elsewhere, begins }) => !(end || elsewhere || begins));
    expect(steps).toHaveLength(300);
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
    expect(edges).toHaveLength(graph.edges.length);
    const drawn = new Map(nodes.map(({ id, elsewhere }) => [id, elsewhere ?? id]));
    expect(edges.map(({ from, to }) => `${from} → ${drawn.get(to)}`).sort()).toEqual(
      graph.edges.map(({ from, to }) => `${from} → ${to}`).sort(),
    );
  });
});

test.each([60, 300])(
  "%i steps fold their departments on a screen, and can then be read as a whole",
  (steps) => {
    const drawing = layOut(graphIn(officeFlow(steps)), { window: SCREEN });
    expect(drawing.departments.map(({ isOpen }) => isOpen)).toEqual(Array(10).fill(false));
    expect(fitted(drawing, SCREEN).scale).toBeGreaterThan(READABLE.least);
  },
);

test("a layout has the shape of its window", () => {
  const graph = graphIn(officeFlow(300));
  const open = allOf(officeFlow(300));
  for (const window of [SCREEN, PHONE, { width: 1200, height: 500 }]) {
    const { width, height } = layOut(graph, { window, open });
    const ratio = width / height / (window.width / window.height);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  }
});

test("the choices of a menu are in the order of the file, each labelled at its box", () => {
  const { edges, departments } = layOut(graphIn(officeFlow(60)), { window: SCREEN });
  const choices = edges.filter(({ from, labels }) => from === "main-menu" && labels[0]?.by === "key");
  expect(choices.map(({ labels }) => labels[0]?.text)).toEqual([..."*0123456789"]);
  const box = departments.find(({ id }) => id === "legal");
  const toLegal = edges.find(({ from, to }) => from === "main-menu" && to === "legal");
  expect((box?.x ?? 0) - (toLegal?.labelAt?.[0] ?? 0)).toBeLessThan(60);
});

test("a step that only departments lead to says from how many steps", () => {
  const text = officeFlow(60).replaceAll("otherwise: operator", "otherwise: hangup");
  const { nodes } = layOut(graphIn(text), { window: SCREEN });
  expect(nodes.find(({ id }) => id === ">operator")?.arrives).toBeGreaterThan(5);
});

test("300 steps take well under a second on a machine with nothing else to do", () => {
  for (const text of [officeFlow(300), longFlow(300)]) {
    const graph = graphIn(text);
    const began = performance.now();
    layOut(graph, { window: SCREEN });
    expect(performance.now() - began).toBeLessThan(2000);
  }
});
