/** One caller after another on the pages of a started server, and the words for what is done there. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { PATIENCE } from "../../cli/started.ts";
import { call, choose, joinStage, type Look, type PhonePage, type Stage } from "./browser.ts";

/** The server. */
export let stage: Stage;
/** The page of the caller that there is now. */
export let opened: PhonePage;
export let page: Page;

/** Joins the stage before the tests of a block, and leaves it after them. */
export function useStage(): void {
  beforeAll(async () => {
    stage = await joinStage();
  }, PATIENCE);
  afterAll(() => stage.close());
}

/** A page that nobody has called from yet. */
export async function open(look?: Look): Promise<void> {
  opened = await stage.open(look);
  page = opened.page;
}

/** A call with all prompts shown at once, which has come to where it asks for something. */
export async function begin(flow = "desk"): Promise<void> {
  await call(page, flow);
  // A key that is pressed before the phone asks for one is lost, as on any phone.
  if (flow === "desk") await page.getByText(/\d s left/).waitFor();
}

/** Another call to the desk after one that is over. */
export async function beginAgain(): Promise<void> {
  await button("Call again").click();
  await page.getByText(/\d s left/).waitFor();
}

/** The form before the next call, on the page of the call before, once that is over. */
export async function renew(): Promise<void> {
  const next = button("New call");
  await next.or(button("Call")).first().waitFor();
  if (await next.isVisible()) await next.click();
}

/** A call that hears the menu's prompt, which may be answered already. */
export async function beginHearing(): Promise<void> {
  await choose(page, "desk");
  await page.getByLabel("Pace").selectOption({ label: "Normal" });
  await button("Call").click();
  await button("Skip").click();
  await phone().getByText("You can answer now").waitFor();
}

/** Closes the page; no error may have gone uncaught on it. */
export async function end(): Promise<void> {
  expect(opened.errors).toEqual([]);
  await opened.close();
}

export const button = (name: string | RegExp) =>
  page.getByRole("button", { name, exact: typeof name === "string" });
export const phone = () => page.getByRole("region", { name: "The caller's phone" });
export const second = () => page.getByRole("region", { name: "The called phone" });
export const hears = (text: string) => phone().locator(".line", { hasText: text }).last().waitFor();
export const isOver = (why: string) => phone().getByText(why).waitFor();
