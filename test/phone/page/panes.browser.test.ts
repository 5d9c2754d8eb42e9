/** What the page shows of a call: its route, requests, variables, text messages. Needs a Chromium. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { PATIENCE } from "../../cli/started.ts";
import { call, choose } from "./browser.ts";
import {
  button,
  end,
  hears,
  isOver,
  open,
  opened,
  page,
  phone,
  renew,
  second,
  stage,
  useStage,
} from "./calls.ts";
import { CHROMIUM } from "./chromium.ts";

const isAsked = () =>
  phone()
    .getByText(/\d s left/)
    .waitFor();
const show = (tab: string) => page.getByRole("tab", { name: tab }).click();
const pane = () => page.getByRole("tabpanel");

// One page, with one call after the other: a test ends its own.
describe.skipIf(CHROMIUM === undefined)("A call in a browser", { timeout: PATIENCE }, () => {
  useStage();
  beforeAll(() => open());
  beforeEach(async () => {
    await page.setViewportSize({ width: 1280, height: 820 });
    await renew();
  });
  afterAll(end);

  test("shows its route in the diagram, and every request", async () => {
    await call(page, "desk");
    await isAsked();
    await page.keyboard.press("2");
    const step = (name: string) => page.locator(`[data-node="${name}"]`);
    await expect.poll(() => step("message").getAttribute("class")).toContain("is-at");
    expect(await step("greet").getAttribute("class")).toContain("is-taken");
    expect(await step("ring").getAttribute("class")).not.toContain("is-taken");
    const requests = pane().locator("details");
    expect(await requests.count()).toBe(2);
    expect(await requests.first().textContent()).toMatch(/\/voice\/desk\/.*Digits.*2.*<Record/s);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await button("Copy the TwiML").first().click();
    await page.getByText("Copied").waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^<\?xml.*\n<Response>\n {2}<Say.*\?t=[\w-]{50}/s);
    await phone().getByRole("button", { name: "Hang up" }).click();
  });

  test("shows what a service was asked and answered, and lights the exit that was taken", async () => {
    await choose(page, "look-up");
    await page.getByText("Nothing leaves this machine.").waitFor();
    await page.getByLabel("Answers of").selectOption("a stranger");
    await call(page, "look-up");
    await hears("Hello nobody.");
    const service = pane().locator("details.is-service");
    expect(await service.textContent()).toMatch(
      /ask asks crm\.example\.com\/callers404stand-in.*POST .*a stranger.*Sent.*\+14155550111.*Answer.*unknown/s,
    );
    expect(await service.locator(".status.is-bad").count()).toBe(1);
    const labels = page.locator(".edge.is-taken text");
    expect(await labels.locator("xpath=self::*[not(contains(@class,'is-other'))]").allTextContents()).toEqual(
      ["404"],
    );
  });

  test("is a test that is watched, and says where it fails", async () => {
    await choose(page, "look-up");
    await show("Tests");
    await pane().getByText("1 of 2 tests fails").waitFor();
    await pane().getByText("a stranger").click();
    await pane().getByText("the script: hear: Hello stranger").waitFor();
    await button("Watch it").click();
    await hears("Hello nobody.");
    await phone().getByText("The test fails: The script says hear: Hello stranger").waitFor();
    await pane().getByText("The answer is that of the test “a stranger”").waitFor();
  });

  test("opens a part in place, leaves it again, and shows nothing of what is secret", async () => {
    await call(page, "members");
    const open = page.getByRole("navigation", { name: "Open flows" });
    await open.getByText("pin").waitFor();
    await isAsked();
    await page.keyboard.type("4711");
    await hears("Welcome and goodbye.");
    await open.waitFor({ state: "detached" });
    await show("Variables");
    await pane().getByText("•••").first().waitFor();
    await show("Requests");
    await button("Replay and compare").click();
    await page.getByText("The calls are identical").waitFor();
    expect(await page.locator("body").textContent()).not.toContain("4711");
    await page.getByText("Save only made-up ones").waitFor();
  });

  test("shows an aside, which does not move the caller", async () => {
    await call(page, "sides");
    await button("Answer").click();
    await second().locator(".line", { hasText: "Press 1 to take it" }).waitFor();
    await page.locator('.step.is-aside.is-at[data-node="who"]').waitFor();
    expect(await page.locator(".step.is-at:not(.is-aside)").getAttribute("data-node")).toBe("ring");
    await second().getByRole("button", { name: /^1/ }).click();
    await pane().getByText("sets wish to taken").waitFor();
    await second().getByText("Connected").waitFor();
    await second().getByRole("button", { name: "Hang up" }).click();
    await hears("More?");
    await show("Variables");
    await page.getByText("nothing before ring").waitFor();
    await phone().getByRole("button", { name: "Hang up" }).click();
    await hears("would text +14155550177: “Gave up: taken”");
    await show("Requests");
    await pane().getByText("caller hangs up → gave-up → return").waitFor();
  });

  test("is in reach however much of the form is open", async () => {
    await page.setViewportSize({ width: 360, height: 640 });
    await show("Phone");
    await choose(page, "sides");
    await page.getByText("Caller and time").click();
    await page.getByText("Write a text message").click();
    const box = await button("Call").boundingBox();
    const form = await page.locator("form.setup").boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual((form?.y ?? 0) + (form?.height ?? 0));
  });

  test("is marked on its tab while another one is open, at phone width", async () => {
    await page.setViewportSize({ width: 360, height: 640 });
    await show("Phone");
    await call(page, "desk");
    await isAsked();
    expect(await page.getByText("waiting for you").count()).toBe(0);
    await show("Flow");
    await page.getByRole("tab", { name: "Phone waiting for you" }).click();
    await button("Hang up").click();
    await isOver("the caller hung up");
    await show("Flow");
    expect(await page.getByText("waiting for you").count()).toBe(0);
  });

  test("is not needed to write a text message", async () => {
    await page.setViewportSize({ width: 1280, height: 420 });
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
    const requests = pane().locator("details");
    expect(await requests.count()).toBe(1);
    expect(await requests.textContent()).not.toContain("Aside:");
    expect(await requests.textContent()).toMatch(/\d ms.*\/sms\/sides.*Body.*Hello.*You wrote Hello\./s);
  });

  test("of which nothing leaves this machine", async () => {
    await call(page, "hold");
    await phone().getByText("hold.mp3").waitFor();
    await phone().getByRole("button", { name: "Hang up" }).click();
    await isOver("the caller hung up");
    const origins = opened.requested
      .filter((url) => !/^(data|blob):/.test(url))
      .map((url) => new URL(url).origin);
    expect([...new Set(origins)]).toEqual([stage.url]);
  });
});
