/** The form before a call, in a browser. Needs a Chromium. */
import { describe, expect, test } from "vitest";
import { PATIENCE } from "../../cli/started.ts";
import { call, choose } from "./browser.ts";
import { button, end, hears, isOver, open, opened, page, useStage } from "./calls.ts";
import { CHROMIUM } from "./chromium.ts";

const field = (name: string) => page.getByLabel(name, { exact: true });

/** Writes the parameters of the next call or text message. */
async function pass(parameters: string): Promise<void> {
  await page.getByText("Caller and time").click();
  await page.getByLabel(/^Parameters/).fill(parameters);
}

describe.skipIf(CHROMIUM === undefined)("The form before a call", { timeout: PATIENCE }, () => {
  useStage();

  test("turns the call round: the flow calls, between the same two numbers", async () => {
    await open();
    await page.getByText("Caller and time").click();
    const caller = await field("The caller's number").inputValue();
    const line = await field("Number called").inputValue();
    await page.getByLabel("The flow calls (outbound)").check();
    expect(await field("The flow's number").inputValue()).toBe(line);
    expect(await field("Number called").inputValue()).toBe(caller);
    await page.getByLabel("The flow calls (outbound)").uncheck();
    expect(await field("The caller's number").inputValue()).toBe(caller);
    await end();
  });

  test("an outbound call has the person called as its caller", async () => {
    await open();
    await page.getByText("Caller and time").click();
    await page.getByLabel("The flow calls (outbound)").check();
    await field("The flow's number").fill("+14155550122");
    await field("Number called").fill("+14155550177");
    await page.getByLabel("Answered by").selectOption("machine_end_beep");
    await call(page, "reminder");
    await hears("outbound-api to +14155550177 from +14155550122 for nobody");
    await hears("by [machine_end_beep]");
    await isOver("the flow hung up");
    await end();
  });

  test("parameters set what the flow takes, and are in the webhook's query", async () => {
    await open();
    await pass("patient=Ada%20L&visit=a%3Db");
    await call(page, "reminder");
    await hears("inbound to");
    await hears("for Ada L, a=b by []");
    const url = opened.requested.find((one) => one.includes("/voice/reminder"));
    expect(url).toMatch(/\/voice\/reminder\?patient=Ada\+L&visit=a%3Db$/);
    await end();
  });

  test("parameters go along with a text message too", async () => {
    await open();
    await choose(page, "reminder");
    await pass("patient=Ada");
    await page.getByText("Write a text message").click();
    await page.getByLabel("The text message").fill("Hello");
    await button("Send").click();
    await page.getByRole("log", { name: "Text messages" }).getByText("Ada wrote Hello").waitFor();
    await end();
  });
});
