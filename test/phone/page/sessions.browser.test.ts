/** Where a call wants neither keys nor words: each has controls of its own. Needs a Chromium. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { PATIENCE } from "../../cli/started.ts";
import { call, joinStage, type PhonePage, type Stage } from "./browser.ts";
import { CHROMIUM } from "./chromium.ts";

let stage: Stage;
let opened: PhonePage;
let page: Page;

const button = (name: string) => page.getByRole("button", { name, exact: true });
const phone = () => page.getByRole("region", { name: "The caller's phone" });
const hears = (text: string) => phone().locator(".line", { hasText: text }).last().waitFor();
/** The parameters of the webhook that was sent last. */
const told = () => page.getByRole("tabpanel").locator("details[open] dl").first();

describe.skipIf(CHROMIUM === undefined)("A session in a browser", { timeout: PATIENCE }, () => {
  beforeAll(async () => {
    stage = await joinStage();
  }, PATIENCE);
  afterAll(() => stage.close());
  beforeEach(async () => {
    opened = await stage.open();
    page = opened.page;
  });
  afterEach(async () => {
    expect(opened.errors).toEqual([]);
    await opened.close();
  });

  const choose = async (key: string): Promise<void> => {
    await page.getByText(/\d s left/).waitFor();
    await page.keyboard.press(key);
  };
  const isOver = (why: string) => phone().getByText(why).waitFor();

  test("connect: an agent hands back its words, or fails", async () => {
    await call(page, "sessions");
    await choose("1");
    await phone().getByText("wss://example.com/agent").last().waitFor();
    await page.getByLabel("Data it returns").fill("a new appointment");
    await button("End the session").click();
    await hears("The agent says a new appointment.");
    await choose("1");
    await button("Fail the session").click();
    await hears("That did not work.");
  });

  test("pay: a card is charged, or declined", async () => {
    await call(page, "sessions");
    await choose("2");
    await phone().getByText("Taking a payment.").waitFor();
    await button("Paid").click();
    await hears("Your code is ch_1.");
    expect(await told().textContent()).toContain("PaymentConfirmationCode");
    await choose("2");
    await button("Declined").click();
    await hears("That did not work.");
    expect(await told().textContent()).toContain("payment-connector-error");
  });

  test("refer: a SIP caller is handed over, or stays", async () => {
    await page.getByText("Caller and time").click();
    await page.getByLabel("The caller's number").fill("sip:ada@example.com");
    await call(page, "sessions");
    await choose("3");
    await phone().getByText("sip:desk@example.com").last().waitFor();
    await button("Busy").click();
    await hears("That did not work.");
    await choose("3");
    await button("Answered").click();
    await isOver("the flow hung up");
  });

  test("echo: until the caller hangs up", async () => {
    await call(page, "sessions");
    await choose("4");
    await phone().getByText("You hear an echo").waitFor();
    await phone().getByRole("button", { name: "Hang up" }).click();
    await isOver("the caller hung up");
  });

  test("conference: a room is waited in, begins, and is left", async () => {
    await call(page, "sessions");
    await choose("5");
    expect(await button("Busy").count()).toBe(0);
    await button("Join").click();
    await phone().getByText("Waiting in the conference standup").waitFor();
    await hears("Please wait for the others.");
    await button("Skip a minute").click();
    await button("It starts").click();
    await phone().getByText("Either side can hang up.").waitFor();
    await page
      .getByRole("region", { name: "The called phone" })
      .getByRole("button", { name: "Hang up" })
      .click();
    await page.getByText(/\d s left/).waitFor();
    await choose("5");
    await button("Join").click();
    await button("It fails").click();
    await hears("That did not work.");
  });

  test("a call through all of them is saved as a test that passes", async () => {
    await page.getByText("Caller and time").click();
    await page.getByLabel("The caller's number").fill("sip:ada@example.com");
    await call(page, "sessions");
    await choose("1");
    await page.getByLabel("Data it returns").fill("hello");
    await button("End the session").click();
    await choose("2");
    await button("Too many attempts").click();
    await choose("5");
    await button("Join").click();
    await button("It starts").click();
    await page
      .getByRole("region", { name: "The called phone" })
      .getByRole("button", { name: "Hang up" })
      .click();
    await choose("3");
    await button("No answer").click();
    await choose("4");
    await phone().getByRole("button", { name: "Hang up" }).click();
    await button("Save").click();
    await page.getByText("flows/sessions.test.yaml:3").waitFor();
    expect(await page.locator(".save").textContent()).not.toContain("fails");
  });

  test("queue: a caller of one tab is taken in another, and hears that the other hung up", async () => {
    await call(page, "hold");
    await phone().getByText("Waiting in the queue").waitFor();
    const agent = await page.context().newPage();
    await agent.goto(page.url());
    await agent.getByRole("button", { name: "Call", exact: true }).waitFor();
    await call(agent, "agent");
    const queue = agent.getByRole("region", { name: "The called phone" });
    await queue.getByText("callers", { exact: true }).waitFor();
    await queue.getByText("Another caller is there: +14155550111").waitFor();
    await queue.getByRole("button", { name: "Take the next caller" }).click();
    await phone().getByText("Either side can hang up").waitFor();
    await agent.getByRole("button", { name: "Hang up as callers" }).click();
    await isOver("the flow hung up");
    await agent.locator(".phone .line", { hasText: "That was one." }).waitFor();
  });
});
