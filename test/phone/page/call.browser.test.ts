/** Whole calls in a browser. Needs a Chromium. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { PATIENCE } from "../../cli/started.ts";
import {
  begin,
  beginAgain,
  beginHearing,
  button,
  end,
  hears,
  isOver,
  open,
  page,
  phone,
  renew,
  second,
  useStage,
} from "./calls.ts";
import { CHROMIUM } from "./chromium.ts";

// One page, with one call after the other: loading it takes longer than most calls.
describe.skipIf(CHROMIUM === undefined)("A call in a browser", { timeout: PATIENCE }, () => {
  useStage();
  beforeAll(() => open());
  afterEach(async () => {
    const hangUp = phone().getByRole("button", { name: "Hang up" });
    // The flow may hang up first.
    if (await hangUp.isVisible()) await hangUp.click({ timeout: 2000 }).catch(() => undefined);
    await renew();
  });
  afterAll(end);

  test("by keyboard alone", async () => {
    await page.locator("input[name=flow]").first().focus();
    while ((await page.evaluate(() => document.activeElement?.getAttribute("value"))) !== "desk")
      await page.keyboard.press("ArrowDown");
    await page.getByLabel("Pace").focus();
    await page.keyboard.press("End");
    await button("Call").focus();
    await page.keyboard.press("Enter");
    await hears("press 1 or say Ada");
    await page.keyboard.press("1");
    // Whoever called is taken along to the phone that rings, and from there to wherever the call goes.
    const side = () => page.evaluate(() => document.activeElement?.getAttribute("data-side"));
    await expect.poll(side).toBe("callee");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await second().getByText("Press 1 to take it").waitFor();
    await page.keyboard.press("1");
    await second().getByText("Connected").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Hang up as ada");
    await page.keyboard.press("Enter");
    await isOver("the flow hung up");
    await expect.poll(side).toBe("caller");
  });

  test("by clicks: a wrong key, a message, goodbye", async () => {
    await begin();
    await hears("press 1 or say Ada");
    await button("9").click();
    await hears("That is no choice.");
    await button("2").click();
    await hears("Speak after the tone.");
    await page.getByLabel("Seconds").fill("7");
    await button("Leave message").click();
    await hears("Goodbye.");
    await isOver("the flow hung up");
  });

  test("by several typed answers, each typed in the same field", async () => {
    await begin();
    const words = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    await page.getByLabel("What you say").fill("nonsense");
    await page.keyboard.press("Enter");
    await hears("That is no choice.");
    await page.getByText(/\d s left/).waitFor();
    expect(await words()).toBe("What you say");
    await page.keyboard.type("ada");
    await page.keyboard.press("Enter");
    await second().waitFor();
  });

  test("by words typed during a prompt, and by keys if nothing is being typed", async () => {
    await beginHearing();
    await page.getByLabel("What you say").focus();
    await page.keyboard.type("non");
    await button("Skip").dispatchEvent("click");
    await page.getByText("no time limit").waitFor();
    await page.keyboard.type("sense");
    expect(await page.getByLabel("What you say").inputValue()).toBe("nonsense");
    await button("9").click();
    await hears("That is no choice.");
    await button("Skip").click();
    await button("Skip").click();
    await page.getByText(/\d s left/).waitFor();
    expect(await page.getByLabel("What you say").inputValue()).toBe("");
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe("INPUT");
  });

  test("by silence, which is counted and can be skipped", async () => {
    await begin();
    await phone()
      .getByText(/\d s left/)
      .waitFor();
    await button("Say nothing").click();
    await hears("says nothing");
    await button("Say nothing").click();
    await hears("Goodbye.");
  });

  test("and a key cuts a prompt that is being heard", async () => {
    await beginHearing();
    await page.keyboard.press("1");
    await second().waitFor();
  });

  test("with a called phone that does not answer, is busy, or picks up and declines", async () => {
    await begin();
    await page.getByLabel("What you say").fill("ada, please");
    await page.keyboard.press("Enter");
    await button("No answer").click();
    await hears("Ada does not answer.");
    await isOver("the flow hung up");
    await beginAgain();
    await page.keyboard.press("1");
    await button("Busy").click();
    await hears("Ada is talking to somebody else.");
    await beginAgain();
    await page.keyboard.press("1");
    await button("Answer").click();
    await second().getByText("Press 1 to take it").waitFor();
    await second().getByRole("button", { name: "Decline" }).click();
    await hears("Ada does not answer.");
  });

  test("with a phone that rings beside the requests, until the caller hangs up", async () => {
    await page.setViewportSize({ width: 1024, height: 768 });
    await begin();
    await page.getByRole("tab", { name: "Requests" }).focus();
    await page.keyboard.press("1");
    await second().waitFor();
    // It does not take the focus from elsewhere.
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("tab-requests");
    const requests = await page.getByRole("region", { name: "Call details" }).boundingBox();
    expect(requests?.width).toBeGreaterThan(300);
    expect((requests?.x ?? 0) + (requests?.width ?? 0)).toBeLessThanOrEqual(1024);
    await phone().getByRole("button", { name: "Hang up" }).click();
    await isOver("the caller hung up");
    await expect.poll(() => second().count()).toBe(0);
    await page.setViewportSize({ width: 1280, height: 820 });
  });

  test("through a queue, until someone answers", async () => {
    await begin("hold");
    await phone().getByText("Waiting in the queue").waitFor();
    await button("Skip a minute").click();
    await button("Someone answers").click();
    await second().getByRole("button", { name: "Hang up" }).click();
    await isOver("the flow hung up");
  });
});
