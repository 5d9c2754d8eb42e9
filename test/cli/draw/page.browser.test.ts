/** The page that `ringflow draw` writes, opened from a file. Needs a Chromium. */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { draw } from "../../../src/cli/commands/draw.ts";
import { theBrowser } from "../../phone/page/browser.ts";
import { CHROMIUM } from "../../phone/page/chromium.ts";
import { DESK } from "../../phone/page/flows.ts";
import { enterFolder, terminal } from "../folder.ts";

test.skipIf(CHROMIUM === undefined)("plays the flow by keys and by buttons, and asks no server", async () => {
  await enterFolder({ "flows/desk.yaml": DESK });
  await draw("desk", { file: "desk.html", out: terminal().out });
  const browser = await theBrowser();
  const page = await browser.newPage();
  const requested: string[] = [];
  const errors: string[] = [];
  page.on("request", (request) => requested.push(request.url()));
  page.on("pageerror", (error) => errors.push(error.message));
  const url = pathToFileURL(resolve("desk.html")).href;
  await page.goto(url);
  await page.getByRole("button", { name: "Call", exact: true }).click();
  await page.getByText("Welcome to the desk.").first().waitFor();
  const key = (name: string) => page.getByRole("group", { name: "Keys" }).getByRole("button", { name });
  expect(await key("3").isDisabled()).toBe(true);
  await page.keyboard.press("1");
  await page.locator('.step.is-at[data-node="ring"]').waitFor();
  await page.getByRole("button", { name: "no-answer" }).click();
  await page.locator(".lines").getByText("Ada does not answer.").waitFor();
  await page.getByText("The call is over.").waitFor();
  expect(errors).toEqual([]);
  expect(requested).toEqual([url]);
  await page.close();
});
