/** Steps that ask for neither keys nor words: each has controls of its own. Needs a Chromium. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PATIENCE } from "../../cli/started.ts";
import { call } from "./browser.ts";
import { button, end, hears, isOver, open, page, phone, second, useStage } from "./calls.ts";
import { CHROMIUM } from "./chromium.ts";

/** The parameters of the webhook that was sent last. */
const told = () => page.getByRole("tabpanel").locator("details[open] dl").first();

/** Waits until the caller has heard of so many failures. */
const failures = (count: number) =>
  expect.poll(() => phone().locator(".line", { hasText: "That did not work." }).count()).toBe(count);

async function choose(key: string): Promise<void> {
  await phone()
    .getByText(/\d s left/)
    .waitFor();
  await page.keyboard.press(key);
}

// One call goes through all sessions, and is saved at its end.
describe.skipIf(CHROMIUM === undefined)("A session in a browser", { timeout: PATIENCE }, () => {
  useStage();
  beforeAll(async () => {
    await open();
    await page.getByText("Caller and time").click();
    await page.getByLabel("The caller's number").fill("sip:ada@example.com");
    await call(page, "sessions");
  }, PATIENCE);
  afterAll(end);

  test("connect: an agent hands back its words, or fails", async () => {
    await choose("1");
    await phone().getByText("wss://example.com/agent").last().waitFor();
    await page.getByLabel("Data it returns").fill("a new appointment");
    await button("End the session").click();
    await hears("The agent says a new appointment.");
    await choose("1");
    await button("Fail the session").click();
    await failures(1);
  });

  test("pay: a card is charged, or declined, or not read in many attempts", async () => {
    await choose("2");
    await phone().getByText("Taking a payment.").waitFor();
    await button("Paid").click();
    await hears("Your code is ch_1.");
    expect(await told().textContent()).toContain("PaymentConfirmationCode");
    await choose("2");
    await button("Declined").click();
    await failures(2);
    expect(await told().textContent()).toContain("payment-connector-error");
    await choose("2");
    await button("Too many attempts").click();
    await failures(3);
    expect(await told().textContent()).toContain("too-many-failed-attempts");
  });

  test("conference: a room is waited in, begins, and is left", async () => {
    await choose("5");
    expect(await button("Busy").count()).toBe(0);
    await button("Join").click();
    await phone().getByText("Waiting in the conference standup").waitFor();
    await hears("Please wait for the others.");
    await button("Skip a minute").click();
    await button("It starts").click();
    await phone().getByText("Either side can hang up.").waitFor();
    await second().getByRole("button", { name: "Hang up" }).click();
    await choose("5");
    await button("Join").click();
    await button("It fails").click();
    await failures(4);
  });

  test("refer: a SIP caller stays if nobody takes them", async () => {
    await choose("3");
    await phone().getByText("sip:desk@example.com").last().waitFor();
    await button("Busy").click();
    await failures(5);
    await choose("3");
    await button("No answer").click();
    await failures(6);
  });

  test("echo: until the caller hangs up", async () => {
    await choose("4");
    await phone().getByText("You hear an echo").waitFor();
    await phone().getByRole("button", { name: "Hang up" }).click();
    await isOver("the caller hung up");
  });

  test("a call through all of them is saved as a test that passes", async () => {
    await button("Save").click();
    await page.getByText("flows/sessions.test.yaml:3").waitFor();
    expect(await page.locator(".save").textContent()).not.toContain("fails");
  });

  test("refer: a SIP caller who is handed over has left the flow", async () => {
    await button("New call").click();
    await call(page, "sessions");
    await choose("3");
    await button("Answered").click();
    await isOver("the flow hung up");
  });

  test("queue: a caller of one tab is taken in another, and hears that the other hung up", async () => {
    await button("New call").click();
    await call(page, "hold");
    await phone().getByText("Waiting in the queue").waitFor();
    const agent = await page.context().newPage();
    await agent.goto(page.url());
    await agent.getByRole("button", { name: "Call", exact: true }).waitFor();
    await call(agent, "agent");
    const queue = agent.getByRole("region", { name: "The called phone" });
    await queue.getByText("callers", { exact: true }).waitFor();
    await queue.getByText("Another caller is there: sip:ada@example.com").waitFor();
    await queue.getByRole("button", { name: "Take the next caller" }).click();
    await phone().getByText("Either side can hang up").waitFor();
    await agent.getByRole("button", { name: "Hang up as callers" }).click();
    await isOver("the flow hung up");
    await agent.locator(".phone .line", { hasText: "That was one." }).waitFor();
  });
});
