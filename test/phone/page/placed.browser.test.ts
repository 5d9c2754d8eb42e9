/** Calls that a flow places without an account: they ring in a browser. Needs a Chromium. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PATIENCE } from "../../cli/started.ts";
import { violations } from "./axe.ts";
import { type PhonePage, type Stage, setStage } from "./browser.ts";
import { CHROMIUM } from "./chromium.ts";
import { VISIT } from "./flows.ts";

let stage: Stage;
let opened: PhonePage;
let page: Page;
let secrets: NodeJS.Dict<string>;

const phone = () => page.getByRole("region", { name: "The caller's phone" });
const hears = (text: string) => phone().locator(".line", { hasText: text }).last().waitFor();
const button = (name: string) => page.getByRole("button", { name, exact: true });

/** Places a call through the Worker, as `ringflow dial` does. */
async function place(more: object = {}): Promise<string> {
  const response = await fetch(`${stage.url}/calls/visit`, {
    method: "POST",
    headers: { Authorization: `Bearer ${secrets.CALLS_TOKEN}`, "Idempotency-Key": crypto.randomUUID() },
    body: JSON.stringify({ to: "+14155550111", from: "+14155550100", set: { name: "Ada" }, ...more }),
  });
  const { sid, status } = JSON.parse(await response.text());
  expect(status).toBe("queued");
  return sid;
}

const ACCOUNT = `AC${"0".repeat(32)}`;

/** Asks development's own Twilio, at the Worker's URL. */
async function twilio(path: string, form?: Record<string, string>): Promise<{ status: string }> {
  const response = await fetch(`${stage.url}/2010-04-01/Accounts/${ACCOUNT}/${path}.json`, {
    headers: { Authorization: `Basic ${btoa(`${ACCOUNT}:${secrets.TWILIO_AUTH_TOKEN}`)}` },
    ...(form && { method: "POST", body: new URLSearchParams(form) }),
  });
  return JSON.parse(await response.text());
}

// One page, on which one call rings after the other.
describe.skipIf(CHROMIUM === undefined)("A call that a flow places", { timeout: PATIENCE }, () => {
  beforeAll(async () => {
    stage = await setStage({
      "flows/bye.yaml": "steps: { bye: { hangup: Goodbye. } }",
      "flows/visit.yaml": VISIT,
    });
    secrets = parseEnv(await readFile(join(stage.folder, ".dev.vars"), "utf8"));
    opened = await stage.open();
    page = opened.page;
    await page.getByLabel("Pace").selectOption({ label: "Instant" });
  }, PATIENCE);
  afterAll(async () => {
    expect(opened.errors).toEqual([]);
    await opened.close();
    await stage.close();
  });

  test("is ended by Twilio's API while it rings", async () => {
    const sid = await place({ machine: "detect" });
    await button("Answer").waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await twilio(`Calls/${sid}`, { Status: "completed" })).toMatchObject({ status: "canceled" });
    await button("Answer").waitFor({ state: "detached" });
  });

  test("rings, is answered with the keyboard, and begins with what was set", async () => {
    const sid = await place();
    await phone().getByText("visit calls +14155550111.").waitFor();
    await page.getByRole("banner").getByText("flows/visit.yaml").waitFor();
    await page
      .getByRole("log", { name: "What is heard" })
      .getByText("The flow visit calls +14155550111 from +14155550100: the phone rings.")
      .waitFor();
    await button("Answer").focus();
    await page.keyboard.press("Enter");
    await hears("outbound-api for Ada by []");
    expect(await twilio(`Calls/${sid}`)).toMatchObject({ status: "in-progress" });
    await page.keyboard.press("1");
    await hears("Thank you.");
    await phone().getByText("the flow hung up").waitFor();
    await expect
      .poll(() => twilio(`Calls/${sid}`))
      .toMatchObject({ status: "completed", direction: "outbound-api" });
  });

  test("is declined, and what runs if no one answers sends its text on the page", async () => {
    const sid = await place();
    await button("Decline").click();
    await hears("would text +14155550111: “We could not reach Ada.”");
    expect(await twilio(`Calls/${sid}`)).toMatchObject({ status: "busy" });
  });

  test("asks who has answered if the flow waits for that", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 360, height: 740 });
    await place({ machine: "detect" });
    await button("Answer").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel("Answered by").selectOption("machine_start");
    await button("Answer").click();
    await hears("outbound-api for Ada by [machine_start]");
    await button("Hang up").click();
  });

  test("moves to onMachine when the verdict comes later", async () => {
    await place({ machine: "message-end", async: true });
    await page.getByLabel("Answered by").selectOption("machine_end_beep");
    await button("Answer").click();
    await hears("outbound-api for Ada by []");
    await hears("A word for Ada after the machine_end_beep.");
    await phone().getByText("the flow hung up").waitFor();
  });

  test("rings on every open page until one of them answers, and is ended by Twilio's API", async () => {
    const { page: other, close } = await stage.open();
    const sid = await place();
    await other.getByRole("button", { name: "Answer", exact: true }).waitFor();
    await button("Answer").click();
    await hears("outbound-api for Ada by []");
    await other.getByRole("button", { name: "Call", exact: true }).waitFor();
    await twilio(`Calls/${sid}`, { Status: "completed" });
    await phone().getByText("Ended after").waitFor();
    await close();
  });
});
