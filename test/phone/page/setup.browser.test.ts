/** The form before a call, in a browser. Needs a Chromium. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { PATIENCE } from "../../cli/started.ts";
import { call } from "./browser.ts";
import { button, end, hears, isOver, open, opened, page, renew, useStage } from "./calls.ts";
import { CHROMIUM } from "./chromium.ts";

const field = (name: string) => page.getByLabel(name, { exact: true });

/** Writes the parameters of the next call or text message. */
async function pass(parameters: string): Promise<void> {
  await page.getByLabel(/^Parameters/).fill(parameters);
}

// One page: what a test writes into the form is still there in the next one.
describe.skipIf(CHROMIUM === undefined)("The form before a call", { timeout: PATIENCE }, () => {
  useStage();
  beforeAll(() => open());
  beforeEach(async () => {
    await renew();
    if (!(await isOutbound().isVisible())) await page.getByText("Caller and time").click();
  });
  afterAll(end);

  const isOutbound = () => page.getByLabel("The flow calls (outbound)");

  test("turns the call round: the flow calls, between the same two numbers", async () => {
    const caller = await field("The caller's number").inputValue();
    const line = await field("Number called").inputValue();
    await isOutbound().check();
    expect(await field("The flow's number").inputValue()).toBe(line);
    expect(await field("Number called").inputValue()).toBe(caller);
    await isOutbound().uncheck();
    expect(await field("The caller's number").inputValue()).toBe(caller);
  });

  test("an outbound call has the person called as its caller", async () => {
    await isOutbound().check();
    await field("The flow's number").fill("+14155550122");
    await field("Number called").fill("+14155550177");
    await page.getByLabel("Answered by").selectOption("machine_end_beep");
    await call(page, "reminder");
    await hears("outbound-api to +14155550177 from +14155550122 for nobody");
    await hears("by [machine_end_beep]");
    await isOver("the flow hung up");
  });

  test("parameters set what the flow takes, and are in the webhook's query", async () => {
    await isOutbound().uncheck();
    await pass("patient=Ada%20L&visit=a%3Db");
    await call(page, "reminder");
    await hears("inbound to");
    await hears("for Ada L, a=b by []");
    const url = opened.requested.findLast((one) => one.includes("/voice/reminder"));
    expect(url).toMatch(/\/voice\/reminder\?patient=Ada\+L&visit=a%3Db$/);
  });

  test("parameters go along with a text message too", async () => {
    await pass("patient=Ada");
    await page.getByText("Write a text message").click();
    await page.getByLabel("The text message").fill("Hello");
    await button("Send").click();
    await page.getByRole("log", { name: "Text messages" }).getByText("Ada wrote Hello").waitFor();
  });
});
