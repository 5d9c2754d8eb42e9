/** A text conversation on the page. Needs a Chromium. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PATIENCE } from "../../cli/started.ts";
import { choose, joinStage, type PhonePage, type Stage } from "./browser.ts";
import { CHROMIUM } from "./chromium.ts";

describe.skipIf(CHROMIUM === undefined)("A text conversation in a browser", { timeout: PATIENCE }, () => {
  let stage: Stage;
  let phone: PhonePage;

  beforeAll(async () => {
    stage = await joinStage();
  }, PATIENCE);
  afterAll(async () => {
    await phone?.close();
    await stage?.close();
  });

  test("is held, shows what it waits for, lets the time pass, and is saved as a test", async () => {
    phone = await stage.open();
    const { page } = phone;
    await choose(page, "table");
    const log = page.getByRole("log", { name: "Text messages" });
    const write = async (text: string, reply: string): Promise<void> => {
      await page.getByLabel("The text message").fill(text);
      await page.keyboard.press("Enter");
      await log.getByText(reply).last().waitFor();
    };
    await page.getByText("Write a text message").click();
    await write("Hello", "For English reply EN.");
    await page.getByText(/waits for a text message until \d{4}-/).waitFor();
    await page
      .locator('.step[data-node="welcome"].is-at, .step[data-node="welcome"].waits')
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Let the time pass" }).click();
    await log.getByText("Are you still there?").waitFor();
    await page.getByRole("tabpanel").getByText("no text → welcome").waitFor();
    await write("EN", "How many are you?");
    await write("4", "A photo of your group?");
    await page.getByText("Attach a picture").click();
    await page.getByLabel("The URL of the picture").fill("https://example.com/us.jpg");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await log.getByText("Table for 4.").waitFor();
    await log.getByText("The conversation is over.").waitFor();
    expect(await page.getByText("waits for a text message").count()).toBe(0);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Written to").waitFor();
    const saved = await readFile(join(stage.folder, "flows/table.test.yaml"), "utf8");
    expect(saved).toContain(`    script:
      - text: Hello
      - sms: For English reply EN
      - wait: 30m
      - sms: Are you still there
      - sms: For English reply EN
      - text: EN
      - sms: How many are you
      - text: "4"
      - sms: A photo of your group
      - text: ""
        media:
          - https://example.com/us.jpg
      - sms: Table for 4
`);
    expect(phone.errors).toEqual([]);
  });

  test("is played as a test, with the time that passes in it", async () => {
    const { page } = phone;
    await page.getByRole("tab", { name: "Tests" }).click();
    await page.getByText("write Hello, wait 30m").first().click();
    await page
      .getByRole("button", { name: /^(Watch|Play)/ })
      .first()
      .click();
    const lines = page.locator('[data-side="caller"] .conversation');
    await lines.getByText("Table for 4.").waitFor();
    expect(
      (await lines.allInnerTexts())
        .join("\n")
        .replace(/(You|The flow): ?\n/g, "")
        .split("\n"),
    ).toEqual(expect.arrayContaining(["Hello", "Are you still there?", "EN", "How many are you?", "4"]));
    expect(await page.getByText("The test fails").count()).toBe(0);
    await page.getByRole("button", { name: "New call" }).click();
    await page.getByText("Write a text message").click();
  });

  test("begins anew if the person wants it", async () => {
    const { page } = phone;
    const log = page.getByRole("log", { name: "Text messages" });
    await page.getByLabel("The text message").fill("Hello again");
    await page.keyboard.press("Enter");
    await page.getByText("waits for a text message").waitFor();
    await page.getByRole("button", { name: "New conversation" }).click();
    await log.getByText("A new conversation.").waitFor();
    await page.getByLabel("The text message").fill("EN");
    await page.keyboard.press("Enter");
    await expect.poll(() => log.getByText("For English reply EN.").count()).toBe(4);
  });
});
