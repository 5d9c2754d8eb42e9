/** What the page shows of a call: its route, requests, variables, text messages. Needs a Chromium. */
import { describe, expect, test } from "vitest";
import { PATIENCE } from "../../cli/started.ts";
import { call, choose } from "./browser.ts";
import {
  begin,
  button,
  end,
  hears,
  isOver,
  open,
  opened,
  page,
  phone,
  second,
  stage,
  useStage,
} from "./calls.ts";
import { CHROMIUM } from "./chromium.ts";

describe.skipIf(CHROMIUM === undefined)("A call in a browser", { timeout: PATIENCE }, () => {
  useStage();

  test("shows its route in the diagram, and every request", async () => {
    await begin();
    await page.keyboard.press("2");
    const step = (name: string) => page.locator(`[data-node="${name}"]`);
    await expect.poll(() => step("message").getAttribute("class")).toContain("is-at");
    expect(await step("greet").getAttribute("class")).toContain("is-taken");
    expect(await step("ring").getAttribute("class")).not.toContain("is-taken");
    const requests = page.getByRole("tabpanel").locator("details");
    expect(await requests.count()).toBe(2);
    expect(await requests.first().textContent()).toMatch(/\/voice\/desk\/.*Digits.*2.*<Record/s);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await button("Copy the TwiML").first().click();
    await page.getByText("Copied").waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^<\?xml.*\n<Response>\n {2}<Say.*\?t=[\w-]{50}/s);
    await end();
  });

  test("shows what a service was asked and answered, and lights the exit that was taken", async () => {
    await open();
    await choose(page, "look-up");
    await page.getByText("Nothing leaves this machine.").waitFor();
    await page.getByLabel("Answers of").selectOption("a stranger");
    await call(page, "look-up");
    await hears("Hello nobody.");
    const service = page.getByRole("tabpanel").locator("details.is-service");
    expect(await service.textContent()).toMatch(
      /ask asks crm\.example\.com\/callers404stand-in.*POST .*a stranger.*Sent.*\+14155550111.*Answer.*unknown/s,
    );
    expect(await service.locator(".status.is-bad").count()).toBe(1);
    const labels = page.locator(".edge.is-taken text");
    expect(await labels.locator("xpath=self::*[not(contains(@class,'is-other'))]").allTextContents()).toEqual(
      ["404"],
    );
    await end();
  });

  test("is a test that is watched, and says where it fails", async () => {
    await open();
    await choose(page, "look-up");
    await page.getByLabel("Pace").selectOption({ label: "Instant" });
    await page.getByRole("tab", { name: "Tests" }).click();
    const pane = page.getByRole("tabpanel");
    await pane.getByText("1 of 2 tests fails").waitFor();
    await pane.getByText("a stranger").click();
    await pane.getByText("the script: hear: Hello stranger").waitFor();
    await button("Watch it").click();
    await hears("Hello nobody.");
    await phone().getByText("The test fails: The script says hear: Hello stranger").waitFor();
    await page.getByRole("tabpanel").getByText("The answer is that of the test “a stranger”").waitFor();
    await end();
  });

  test("opens a part in place, leaves it again, and shows nothing of what is secret", async () => {
    await begin("members");
    const open = page.getByRole("navigation", { name: "Open flows" });
    await open.getByText("pin").waitFor();
    await phone()
      .getByText(/\d s left/)
      .waitFor();
    await page.keyboard.type("4711");
    await hears("Welcome and goodbye.");
    await open.waitFor({ state: "detached" });
    await page.getByRole("tab", { name: "Variables" }).click();
    await page.getByRole("tabpanel").getByText("•••").first().waitFor();
    await page.getByRole("tab", { name: "Requests" }).click();
    await button("Replay and compare").click();
    await page.getByText("The calls are identical").waitFor();
    expect(await page.locator("body").textContent()).not.toContain("4711");
    await page.getByText("Save only made-up ones").waitFor();
    await end();
  });

  test("shows an aside, which does not move the caller", async () => {
    await begin("sides");
    await button("Answer").click();
    await second().locator(".line", { hasText: "Press 1 to take it" }).waitFor();
    await page.locator('.step.is-aside.is-at[data-node="who"]').waitFor();
    expect(await page.locator(".step.is-at:not(.is-aside)").getAttribute("data-node")).toBe("ring");
    await second().getByRole("button", { name: /^1/ }).click();
    await page.getByRole("tabpanel").getByText("sets wish to taken").waitFor();
    await second().getByText("Connected").waitFor();
    await second().getByRole("button", { name: "Hang up" }).click();
    await hears("More?");
    await page.getByRole("tab", { name: "Variables" }).click();
    await page.getByText("nothing before ring").waitFor();
    await phone().getByRole("button", { name: "Hang up" }).click();
    await hears("would text +14155550177: “Gave up: taken”");
    await page.getByRole("tab", { name: "Requests" }).click();
    await page.getByRole("tabpanel").getByText("caller hangs up → gave-up → return").waitFor();
    await end();
  });

  test("is in reach however much of the form is open", async () => {
    await open({ width: 360, height: 640 });
    await choose(page, "sides");
    await page.getByText("Caller and time").click();
    await page.getByText("Write a text message").click();
    const box = await button("Call").boundingBox();
    const form = await page.locator("form.setup").boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual((form?.y ?? 0) + (form?.height ?? 0));
    await end();
  });

  test("is not needed to write a text message", async () => {
    await open({ height: 420 });
    await choose(page, "sides");
    await page.getByText("Write a text message").click();
    await page.getByLabel("The text message").fill("Hello");
    await page.keyboard.press("Enter");
    await page.getByRole("log", { name: "Text messages" }).getByText("You wrote Hello.").waitFor();
    await page.locator('.step.is-aside[data-node="texted"]').waitFor();
    const bottomOf = async (part: string) => {
      const box = await page.locator(part).boundingBox();
      return (box?.y ?? 0) + (box?.height ?? 0);
    };
    // The step is brought into sight.
    await expect.poll(() => bottomOf('[data-node="texted"]')).toBeLessThan(await bottomOf(".diagram"));
    const requests = page.getByRole("tabpanel").locator("details");
    expect(await requests.count()).toBe(1);
    expect(await requests.textContent()).not.toContain("Aside:");
    expect(await requests.textContent()).toMatch(/\d ms.*\/sms\/sides.*Body.*Hello.*You wrote Hello\./s);
    await end();
  });

  test("is marked on its tab while another one is open, at phone width", async () => {
    await open({ width: 360, height: 740 });
    await call(page, "desk");
    await page.getByText(/\d s left/).waitFor();
    expect(await page.getByText("waiting for you").count()).toBe(0);
    await page.getByRole("tab", { name: "Flow" }).click();
    await page.getByRole("tab", { name: "Phone waiting for you" }).click();
    await button("Hang up").click();
    await isOver("the caller hung up");
    await page.getByRole("tab", { name: "Flow" }).click();
    expect(await page.getByText("waiting for you").count()).toBe(0);
    await end();
  });

  test("of which nothing leaves this machine", async () => {
    await begin("hold");
    await phone().getByText("hold.mp3").waitFor();
    await phone().getByRole("button", { name: "Hang up" }).click();
    await isOver("the caller hung up");
    const origins = opened.requested
      .filter((url) => !/^(data|blob):/.test(url))
      .map((url) => new URL(url).origin);
    expect([...new Set(origins)]).toEqual([stage.url]);
    await end();
  });
});
