/** A flow that is larger than any window. Needs a Chromium. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PATIENCE } from "../../cli/started.ts";
import { call, choose, type Stage, setStage } from "./browser.ts";
import { CHROMIUM } from "./chromium.ts";
import { longFlow } from "./flows.ts";
import { officeFlow } from "./office-flow.ts";

function fail(): never {
  throw new Error("It is not in the diagram.");
}

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

describe.skipIf(CHROMIUM === undefined)("A long flow in a browser", { timeout: PATIENCE }, () => {
  let stage: Stage;
  beforeAll(async () => {
    // Every page of the shared server would carry their steps.
    stage = await setStage({ "flows/long.yaml": longFlow(300), "flows/office.yaml": officeFlow(60) });
  }, PATIENCE);
  afterAll(() => stage.close());

  test("a search goes to a step, and opens the department that it is in", async () => {
    const { page, errors, close } = await stage.open({ moves: true });
    await choose(page, "office");
    const sales = page.getByRole("button", { name: "sales, department of 5 steps" });
    await expect.poll(() => sales.getAttribute("aria-expanded")).toBe("false");
    await page.keyboard.press("/");
    await page.keyboard.type("orders busy");
    await expect.poll(() => page.locator(".outline").getByRole("option").count()).toBe(10);
    await page.keyboard.press("Enter");
    await expect.poll(() => sales.getAttribute("aria-expanded")).toBe("true");
    const frame = (await page.locator(".diagram").boundingBox()) ?? fail();
    const middle = frame.x + frame.width / 2;
    const isCentred = async (): Promise<boolean> => {
      const { x, width } = (await page.locator('[data-node="sales-orders-busy"]').boundingBox()) ?? fail();
      return x < middle && x + width > middle;
    };
    await expect.poll(isCentred).toBe(true);
    // It stays where it is while it folds.
    const place = await sales.boundingBox();
    await sales.press("Enter");
    await expect.poll(() => page.locator('[data-node="sales-orders-busy"]').count()).toBe(0);
    expect((await sales.boundingBox())?.y).toBeCloseTo(place?.y ?? 0, -1);
    expect(errors).toEqual([]);
    await close();
  });

  test("300 steps open where they begin, are zoomed, walked by arrow keys, and follow the caller", async () => {
    const { page, errors, close } = await stage.open();
    // Drawing takes its time, and nobody is to lose patience meanwhile.
    await page.locator(".sound summary").click();
    await page.getByLabel("Wait for me").check();
    await choose(page, "long");
    await expect.poll(() => page.locator(".step").count()).toBe(300);
    const heightOfFirst = async () =>
      ((await page.locator('[data-node="step-1"]').boundingBox()) ?? fail()).height;
    // Large enough to be read.
    expect(await heightOfFirst()).toBeGreaterThan(40);
    await button(page, "Show all").click();
    await expect.poll(heightOfFirst).toBeLessThan(10);
    await call(page, "long");
    await page.getByText("no time limit").waitFor();
    await expect.poll(heightOfFirst).toBeGreaterThan(40);
    const scaleOf = async () =>
      Number(/scale\(([\d.]+)\)/.exec((await page.locator(".world").getAttribute("style")) ?? "")?.[1]);
    const followed = await scaleOf();
    await button(page, "Zoom in").click();
    expect(await scaleOf()).toBeGreaterThan(followed);
    const closer = await scaleOf();
    await page.mouse.move(620, 400);
    await page.mouse.wheel(0, -400);
    await expect.poll(scaleOf).toBeCloseTo(closer * 2, 1);
    const placeOf = () => page.locator(".world").getAttribute("style");
    const before = await placeOf();
    await page.mouse.down();
    await page.mouse.move(560, 300);
    await page.mouse.up();
    expect(await placeOf()).not.toBe(before);
    await page.locator('[data-node="step-1"]').focus();
    await page.keyboard.press("ArrowDown");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("data-node"))).toMatch(
      /^step-[2-9]$/,
    );
    await button(page, "Follow").click();
    for (let key = 0; key < 4; key++) {
      // A key that is pressed before the phone asks for one is lost, as on any phone.
      await page.getByText("no time limit").waitFor();
      await page.keyboard.press("2");
      const at = `step-${1 + 7 * (key + 1)}`;
      await expect.poll(() => page.locator(".is-at").getAttribute("data-node")).toBe(at);
    }
    const box = await page.locator(".is-at").boundingBox();
    const frame = await page.locator(".diagram").boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(frame?.y ?? 0);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual((frame?.y ?? 0) + (frame?.height ?? 0));
    expect(errors).toEqual([]);
    await close();
  });
});
