/** What an author sees who writes and calls. Needs a Chromium. */
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PATIENCE } from "../../cli/started.ts";
import { call, choose, type PhonePage, type Stage, setStage } from "./browser.ts";
import { CHROMIUM } from "./chromium.ts";
import { DESK, PROMISES } from "./flows.ts";

let stage: Stage;
let opened: PhonePage;
let page: Page;

const button = (name: string | RegExp) => page.getByRole("button", { name, exact: typeof name === "string" });
const phone = () => page.getByRole("region", { name: "The caller's phone" });
const hears = (text: string) => phone().locator(".line", { hasText: text }).last().waitFor();
const pane = () => page.getByRole("tabpanel");
const readTests = () => readFile(join(stage.folder, "flows/desk.test.yaml"), "utf8");

const WRONG = DESK.replace("next: ring,", "next: rong,");

// One page, as an author has it all day: each test continues where the one before it has left off.
describe.skipIf(CHROMIUM === undefined)("The author's loop in a browser", { timeout: PATIENCE }, () => {
  beforeAll(async () => {
    stage = await setStage({ "flows/promises.yaml": PROMISES, "flows/desk.yaml": DESK });
    opened = await stage.open();
    page = opened.page;
  }, PATIENCE);
  afterAll(async () => {
    expect(opened.errors).toEqual([]);
    await opened.close();
    await stage.close();
  });

  test("a call is saved as a test that passes", async () => {
    await call(page, "desk");
    await hears("press 1 or say Ada");
    await page.keyboard.press("1");
    await button("Answer").click();
    await page.locator(".second .line", { hasText: "Press 1 to take it" }).waitFor();
    await page.keyboard.press("1");
    await page.locator(".second").getByText("Connected").waitFor();
    await page.locator(".second").getByRole("button", { name: "Hang up" }).click();
    await page.getByLabel("Save this call as a test").fill("Ada takes it");
    await button("Save").click();
    await page.getByText("flows/desk.test.yaml:3").waitFor();
    expect(await page.locator(".save .is-bad").count()).toBe(0);
    expect(await readTests()).toMatch(/name: Ada takes it.*press: "?1"?.*dial: ada.*presses: "?1"?.*- end/s);
    await button("New call").click();
  });

  test("calls that were found are played", async () => {
    await choose(page, "promises");
    const findings = page.getByRole("tab", { name: "Findings" });
    await findings.click();
    await pane().getByText("This call breaks it: key 1, the service answers 404 → sorry").waitFor();
    expect(await pane().locator(".badge").allTextContents()).toEqual(
      expect.arrayContaining(["kept", "broken"]),
    );
    await pane().getByText("No test takes 4 exits").waitFor();
    await button("Play the call: most answers").click();
    await phone().getByText("the flow hung up").waitFor();
    expect(await phone().textContent()).not.toContain("We do not know.");
    await findings.click();
    await button("Play the call").click();
    await hears("We do not know.");
    await phone().getByText("the flow hung up").waitFor();
    expect(await phone().textContent()).not.toContain("The test fails");
    await button("New call").click();
  });

  test("a call keeps the version it began with, though the page has the new one", async () => {
    await call(page, "desk");
    await hears("press 1 or say Ada");
    const version = await page.locator(".version").textContent();
    await stage.save({ "flows/desk.yaml": DESK.replace("Speak after the tone.", "Please speak now.") });
    await page.getByText("This call continues on").waitFor();
    await expect.poll(() => page.locator(".version").textContent()).not.toBe(version);
    await page.keyboard.press("2");
    await hears("Speak after the tone.");
    await button("Say nothing").click();
    await hears("Goodbye.");
  });

  test("a saved call that fails at once is taken out again", async () => {
    const before = await readTests();
    await page.getByLabel("Save this call as a test").fill("too late");
    await button("Save").click();
    await page.getByText("The test fails:").waitFor();
    expect(await readTests()).toContain("too late");
    await button("Take it out again").click();
    await page.getByText("is as it was before").waitFor();
    expect(await readTests()).toBe(before);
  });

  test("the next call uses what was saved, and a replay shows the differences", async () => {
    await button("Replay and compare").click();
    await pane().getByText("The calls differ").waitFor();
    expect(await pane().locator(".is-before").allTextContents()).toEqual([
      expect.stringContaining("Speak after the tone."),
    ]);
    expect(await pane().locator(".is-after").allTextContents()).toEqual([
      expect.stringContaining("Please speak now."),
    ]);
    await button("New call").click();
  });

  test("a finding is shown in place, and leads to its step, which shows its lines", async () => {
    await stage.save({ "flows/desk.yaml": WRONG, "flows/fresh.yaml": WRONG });
    const notice = page.locator(".notice", { hasText: "flows/desk.yaml:15" });
    await notice.getByText("The last good version answers").waitFor();
    await button("Call the last good version").waitFor();
    await page.locator(".link.is-old", { hasText: "The last good version of desk answers" }).waitFor();
    await notice.getByRole("button", { name: "Show the step" }).click();
    await pane().getByText("unknown-step").waitFor();
    await pane().getByText("prompt: For Ada, press 1 or say Ada.").waitFor();
    await page.getByRole("tab", { name: "Findings" }).click();
    expect(await pane().textContent()).toContain("flows/desk.yaml:15");
  });

  test("a flow that is new, and wrong, says why it has no diagram", async () => {
    await choose(page, "fresh");
    await page.getByText('Fix line 15 to see the diagram: unknown step "rong"').waitFor();
  });

  test("findings go with their repair, and the new flow has its diagram", async () => {
    await stage.save({ "flows/desk.yaml": DESK, "flows/fresh.yaml": DESK });
    await page.locator(".notice").first().waitFor({ state: "detached" });
    await page.locator('[data-node="message"]').click();
    await pane().getByText("prompt: Speak after the tone.").waitFor();
    await button("Call").waitFor();
  });

  test("a lost server is reported, a refusing server is retried, and a flow that is gone is left", async () => {
    await page.route("**/phone/state*", (route) => route.fulfill({ status: 502 }));
    await rm(join(stage.folder, "flows/fresh.yaml"));
    await page.getByText("The server does not respond").waitFor();
    await page.unroute("**/phone/state*");
    await page.getByText("The server does not respond").waitFor({ state: "detached" });
    await expect.poll(() => page.locator("input[name=flow]:checked").inputValue()).toBe("desk");
  });

  test("what was found is dropped with the next change", async () => {
    await choose(page, "promises");
    await page.getByRole("tab", { name: "Findings" }).click();
    const breaks = pane().getByText("This call breaks it");
    await breaks.waitFor();
    await stage.save({ "flows/promises.yaml": PROMISES.replace("404: sorry, ", "") });
    await breaks.waitFor({ state: "detached" });
    await pane().getByText("Going through all calls").waitFor();
  });
});
