/** axe finds nothing, in any look of the page. Needs a Chromium. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PATIENCE } from "../../cli/started.ts";
import { violations } from "./axe.ts";
import { call, choose, joinStage, type Stage } from "./browser.ts";
import { CHROMIUM } from "./chromium.ts";
import { LOST } from "./flows.ts";

describe.skipIf(CHROMIUM === undefined)("axe finds nothing wrong", { timeout: PATIENCE }, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await joinStage();
  }, PATIENCE);
  afterAll(() => stage.close());

  test.each([
    { width: 1280, height: 820 },
    { width: 360, height: 740 },
  ])("at $width px, in light and in dark", async (look) => {
    const { page, close } = await stage.open(look);
    const isNarrow = look.width < 900;
    const show = async (tab: string): Promise<void> => {
      if (isNarrow || !["Phone", "Flow"].includes(tab)) await page.getByRole("tab", { name: tab }).click();
    };
    const found = new Map<string, string[]>();
    const check = async (where: string): Promise<void> => {
      for (const colorScheme of ["dark", "light"] as const) {
        await page.emulateMedia({ colorScheme });
        found.set(`${where}, in ${colorScheme}`, await violations(page));
      }
    };
    await choose(page, "lost");
    await check("before a call");
    // axe takes its time, and nobody is to lose patience meanwhile.
    await page.locator(".sound summary").click();
    await page.getByLabel("Wait for me").check();
    await call(page, "lost");
    await page.locator(".phone .line", { hasText: "press 1 or say Ada" }).waitFor();
    await check("asked");
    await show("Flow");
    await check("the flow");
    await page.locator('[data-node="menu"]').click();
    await check("a step");
    await show("Findings");
    await check("the findings");
    await show("Requests");
    await check("the requests");
    await show("Variables");
    await check("the variables");
    await show("Phone");
    await page.keyboard.press("1");
    await page.getByRole("button", { name: "Answer", exact: true }).click();
    await page.locator(".second .line", { hasText: "Press 1 to take it" }).waitFor();
    await check("two phones");
    await page.getByRole("button", { name: "Decline" }).click();
    await page.getByRole("button", { name: "Replay and compare" }).waitFor();
    await check("after a call");
    await stage.save({ "flows/lost.yaml": LOST.replace("Welcome", `At ${look.width}, welcome`) });
    await page.getByRole("button", { name: "Replay this call" }).click();
    await page.getByText("The calls differ").waitFor();
    await check("the same call again");
    expect([...found].filter(([, wrong]) => wrong.length > 0)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(look.width);
    await close();
  });
});
