/** What an author sees who writes and calls. Needs a Chromium. */
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { PATIENCE } from "../../cli/started.ts";
import { call, choose, type PhonePage, type Stage, setStage } from "./browser.ts";
import { CHROMIUM } from "./chromium.ts";
import { DESK, PROMISES } from "./flows.ts";

let stage: Stage;
let opened: PhonePage;
let page: Page;

const button = (name: string | RegExp) => page.getByRole("button", { name, exact: typeof name === "string" });
const hears = (text: string) => page.locator(".phone .line", { hasText: text }).last().waitFor();
const save = (text: string) => stage.save({ "flows/desk.yaml": text });

describe.skipIf(CHROMIUM === undefined)("The author's loop in a browser", { timeout: PATIENCE }, () => {
  beforeAll(async () => {
    stage = await setStage({ "flows/promises.yaml": PROMISES, "flows/desk.yaml": DESK });
  }, PATIENCE);
  afterAll(() => stage.close());
  afterEach(async () => {
    expect(opened.errors).toEqual([]);
    await opened.close();
    await save(DESK);
  });

  const open = async (): Promise<void> => {
    opened = await stage.open();
    page = opened.page;
    await choose(page, "desk");
  };

  test("the next call uses what was saved, and the page updates on its own", async () => {
    await open();
    const version = await page.locator(".version").textContent();
    await save(DESK.replace("Welcome to the desk.", "Good day."));
    await expect.poll(() => page.locator(".version").textContent()).not.toBe(version);
    await call(page, "desk");
    await hears("Good day.");
  });

  test("a finding is shown in place, leads to its step, and goes with its repair", async () => {
    await open();
    await save(DESK.replace("next: ring,", "next: rong,"));
    const notice = page.locator(".notice", { hasText: "rong" });
    await notice.getByText("flows/desk.yaml:15").waitFor();
    await notice.getByText("The last good version answers").waitFor();
    await button("Call the last good version").waitFor();
    await page.locator(".link.is-old", { hasText: "The last good version of desk answers" }).waitFor();
    await notice.getByRole("button", { name: "Show the step" }).click();
    await page.getByRole("tabpanel").getByText("unknown-step").waitFor();
    await page.getByRole("tab", { name: "Findings" }).click();
    expect(await page.getByRole("tabpanel").textContent()).toContain("flows/desk.yaml:15");
    await save(DESK);
    await notice.waitFor({ state: "detached" });
    await button("Call").waitFor();
  });

  test("a flow that is new, and wrong, says why it has no diagram, and has one once it is repaired", async () => {
    await open();
    await stage.save({ "flows/fresh.yaml": DESK.replace("next: ring,", "next: rong,") });
    await choose(page, "fresh");
    await page.getByText('Fix line 15 to see the diagram: unknown step "rong"').waitFor();
    await stage.save({ "flows/fresh.yaml": DESK });
    await page.locator('[data-node="menu"]').waitFor();
    await rm(join(stage.folder, "flows/fresh.yaml"));
    await expect
      .poll(() => page.locator("input[name=flow]:checked").inputValue(), { timeout: 10_000 })
      .toBe("desk");
  });

  test("calls that were found are played, and what was found is dropped with the next change", async () => {
    await open();
    await choose(page, "promises");
    await page.getByLabel("Pace").selectOption({ label: "Instant" });
    const findings = page.getByRole("tab", { name: "Findings" });
    await findings.click();
    const pane = page.getByRole("tabpanel");
    const breaks = pane.getByText("This call breaks it: key 1, the service answers 404 → sorry");
    await breaks.waitFor();
    expect(await pane.locator(".badge").allTextContents()).toEqual(
      expect.arrayContaining(["kept", "broken"]),
    );
    await pane.getByText("No test takes 4 exits").waitFor();
    await button("Play the call: most answers").click();
    const phone = page.getByRole("region", { name: "The caller's phone" });
    await phone.getByText("the flow hung up").waitFor();
    expect(await phone.textContent()).not.toContain("We do not know.");
    await findings.click();
    await button("Play the call").click();
    await hears("We do not know.");
    await phone.getByText("the flow hung up").waitFor();
    expect(await phone.textContent()).not.toContain("The test fails");
    await findings.click();
    await stage.save({ "flows/promises.yaml": PROMISES.replace("404: sorry, ", "") });
    await breaks.waitFor({ state: "detached" });
    await pane.getByText("Going through all calls").waitFor();
    await stage.save({ "flows/promises.yaml": PROMISES });
  });

  test("a call keeps the version it began with; its replay shows the differences to the new one", async () => {
    await open();
    await call(page, "desk");
    await hears("press 1 or say Ada");
    await save(DESK.replace("Speak after the tone.", "Please speak now."));
    await page.getByText("This call continues on").waitFor();
    await page.keyboard.press("2");
    await hears("Speak after the tone.");
    await button("Say nothing").click();
    await hears("Goodbye.");
    await button("Replay and compare").click();
    const pane = page.getByRole("tabpanel");
    await pane.getByText("The calls differ").waitFor();
    expect(await pane.locator(".is-before").allTextContents()).toEqual([
      expect.stringContaining("Speak after the tone."),
    ]);
    expect(await pane.locator(".is-after").allTextContents()).toEqual([
      expect.stringContaining("Please speak now."),
    ]);
  });

  test("a call is saved as a test that passes", async () => {
    await open();
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
    const written = await readFile(join(stage.folder, "flows/desk.test.yaml"), "utf8");
    expect(written).toMatch(/name: Ada takes it.*press: "?1"?.*dial: ada.*presses: "?1"?.*- end/s);
  });

  test("a saved call that fails at once is taken out again", async () => {
    await open();
    await call(page, "desk");
    await hears("press 1 or say Ada");
    await page.keyboard.press("2");
    await button("Say nothing").click();
    await hears("Goodbye.");
    await save(DESK.replace("Speak after the tone.", "Please speak now."));
    await page.getByText("is ready.").waitFor();
    const before = await readFile(join(stage.folder, "flows/desk.test.yaml"), "utf8").catch(() => "");
    await page.getByLabel("Save this call as a test").fill("too late");
    await button("Save").click();
    await page.getByText("The test fails:").waitFor();
    await button("Take it out again").click();
    await page.getByText("is as it was before").waitFor();
    expect(await readFile(join(stage.folder, "flows/desk.test.yaml"), "utf8").catch(() => "")).toBe(before);
  });

  test("a lost server is reported, and a refusing server is retried", async () => {
    await open();
    await page.route("**/phone/state*", (route) => route.fulfill({ status: 502 }));
    await save(DESK.replace("Welcome to the desk.", "Good day."));
    await page.getByText("The server does not respond").waitFor();
    await page.unroute("**/phone/state*");
    await page.getByText("The server does not respond").waitFor({ state: "detached" });
  });

  test("a step shows its lines", async () => {
    await open();
    await page.locator('[data-node="message"]').click();
    await page.getByRole("tabpanel").getByText("prompt: Speak after the tone.").waitFor();
  });
});
