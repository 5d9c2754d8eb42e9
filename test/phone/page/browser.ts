/** Pages of the phone in a Chromium, on a started server. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { inject, vi } from "vitest";
import { write } from "../../cli/folder.ts";
import { PATIENCE } from "../../cli/started.ts";
import { CHROMIUM, QUIET } from "./chromium.ts";
import { ADDRESS, type Served, serve } from "./stage.ts";

let browser: Promise<Browser> | undefined;

/** The Chromium of this process: started for the first page, used for all files, and ended with the process. */
export function theBrowser(): Promise<Browser> {
  browser ??= chromium.launch({ executablePath: CHROMIUM ?? "", args: QUIET });
  return browser;
}

/** Blank pages that tests have left: in one of them, loading takes half of what it takes in a new one. */
const left: Page[] = [];

/** A server with its flows, and a browser for its page. */
export interface Stage {
  url: string;
  /** Saves files of the server's project, by path. */
  save(files: Readonly<Record<string, string>>): Promise<void>;
  /** The server's project. */
  folder: string;
  /** A page of its own, with nothing remembered. */
  open(look?: Look): Promise<PhonePage>;
  close(): Promise<void>;
}

/** How the page is looked at: in a wide light window if left out. */
export interface Look {
  width?: number;
  height?: number;
  colorScheme?: "light" | "dark";
  /** Whether things move: to draw them again and again is half of a call's CPU. */
  moves?: boolean;
}

/** A page, and what it asked of whom. */
export interface PhonePage {
  page: Page;
  /** The addresses of all its requests. */
  requested: string[];
  /** Errors that nothing caught. */
  errors: string[];
  /** Ends all that happens on it, and forgets what it remembers. */
  close(): Promise<void>;
}

/** The stage that all tests share. Nobody may leave a flow on it that is wrong: every page would say so. */
export async function joinStage(): Promise<Stage> {
  const { folder } = inject("shared");
  const url = await vi.waitFor(() => addressIn(folder), { timeout: PATIENCE, interval: 50 });
  return stageOn({ url, folder, stop: () => Promise.resolve() });
}

/** Throws as long as the server does not answer. */
async function addressIn(folder: string): Promise<string> {
  const address = await readFile(join(folder, ADDRESS), "utf8");
  if (address === "") throw new Error("The shared server does not answer yet.");
  return address;
}

/** A stage of its own, with these files: the server is another, the Chromium is not. */
export async function setStage(files: Readonly<Record<string, string>>): Promise<Stage> {
  return stageOn(await serve(files));
}

async function stageOn({ url, folder, stop }: Served): Promise<Stage> {
  const launched = await theBrowser();
  return {
    url,
    folder,
    save: (files) => write(files, folder),
    open: (look = {}) => openPage(launched, url, look),
    close: async () => {
      // Those of tests that failed.
      const kept = left.map((page) => page.context());
      for (const context of launched.contexts()) if (!kept.includes(context)) await context.close();
      await stop();
    },
  };
}

async function openPage(browser: Browser, url: string, look: Look): Promise<PhonePage> {
  const { width = 1280, height = 820, colorScheme = "light", moves } = look;
  const page = left.pop() ?? (await newPage(browser));
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme, reducedMotion: moves ? "no-preference" : "reduce" });
  const requested: string[] = [];
  const errors: string[] = [];
  page.on("request", (request) => requested.push(request.url()));
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(url);
  await page.getByRole("button", { name: "Call", exact: true }).waitFor();
  return { page, requested, errors, close: () => leave(page, url) };
}

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext();
  context.setDefaultTimeout(PATIENCE / 2);
  return context.newPage();
}

/** Makes it as good as new for the next test. */
async function leave(page: Page, url: string): Promise<void> {
  const context = page.context();
  for (const other of context.pages()) if (other !== page) await other.close();
  await page.removeAllListeners();
  await page.unrouteAll();
  await context.clearPermissions();
  await page.goto("about:blank");
  await page.mouse.move(0, 0);
  const devtools = await context.newCDPSession(page);
  await devtools.send("Storage.clearDataForOrigin", { origin: url, storageTypes: "all" });
  await devtools.detach();
  left.push(page);
}

/** Chooses a flow. */
export async function choose(page: Page, flow: string): Promise<void> {
  await page.locator("label", { has: page.locator(`input[name=flow][value="${flow}"]`) }).click();
}

/** Chooses a flow, and calls it with all prompts shown at once. */
export async function call(page: Page, flow: string): Promise<void> {
  await choose(page, flow);
  await page.getByLabel("Pace").selectOption({ label: "Instant" });
  await page.getByRole("button", { name: "Call", exact: true }).click();
}
