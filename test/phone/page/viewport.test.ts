import { describe, expect, it } from "vitest";
import { neighbour } from "../../../src/phone/page/text/neighbour.ts";
import { centre, fitted, READABLE, sees, startingAt, zoom } from "../../../src/phone/page/text/viewport.ts";

const WINDOW = { width: 400, height: 300 };

describe("A window on a diagram", () => {
  it("shows all of a large one, and a small one no larger than it was drawn", () => {
    const large = fitted({ width: 3000, height: 1000 }, WINDOW);
    expect(sees(large, WINDOW, { x: 0, y: 0, width: 3000, height: 1000 })).toBe(true);
    expect(fitted({ width: 100, height: 100 }, WINDOW)).toEqual({ scale: 1, x: 150, y: 100 });
  });

  it("begins with all of a diagram that can be read so, else with its start", () => {
    const start = { x: 900, y: 10, width: 100, height: 40 };
    const small = { width: 450, height: 300 };
    expect(startingAt(start, small, WINDOW)).toEqual(fitted(small, WINDOW));
    const large = { width: 2000, height: 9000 };
    const view = startingAt(start, large, WINDOW);
    expect(view.scale).toBe(READABLE.well);
    expect(sees(view, WINDOW, start)).toBe(true);
  });

  it("leaves no empty space at the left of what is cut off at the right", () => {
    const start = { x: 0, y: 0, width: 100, height: 40 };
    expect(startingAt(start, { width: 2000, height: 9000 }, WINDOW).x).toBe(0);
  });

  it("keeps the point under the pointer where it is", () => {
    const at = { x: 120, y: 80 };
    const before = { x: 10, y: 20, scale: 1 };
    const after = zoom(before, 2, at);
    expect((at.x - after.x) / after.scale).toBeCloseTo((at.x - before.x) / before.scale);
    expect((at.y - after.y) / after.scale).toBeCloseTo((at.y - before.y) / before.scale);
  });

  it("centres a place, at a scale that can be read", () => {
    expect(centre({ x: 0, y: 0, scale: 0.1 }, WINDOW, { x: 1000, y: 500 }, 0.5)).toEqual({
      x: -300,
      y: -100,
      scale: 0.5,
    });
  });
});

describe("Arrow keys", () => {
  const node = (id: string, x: number, y: number) => ({ id, x, y, width: 10, height: 10 });
  const nodes = [node("top", 0, 0), node("left", -50, 100), node("under", 10, 120), node("far", 0, 400)];

  it.each([
    ["ArrowDown", "under"],
    ["ArrowLeft", "left"],
    ["ArrowUp", undefined],
    ["a", undefined],
  ])("%s leads to %s", (key, expected) => {
    const [top = node("", 0, 0)] = nodes;
    expect(neighbour(nodes, top, key)?.id).toBe(expected);
  });
});
