/** A Chromium on the phone's page of a started server. */
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { type Browser, chromium, type Page } from "playwright-core";
import { PATIENCE, startRingflow } from "../../cli/started.ts";

/** Where a Chromium may be; the variable CHROMIUM names another. */
const PLACES = [
  process.env.CHROMIUM ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The Chromium of this machine; undefined where there is none, and tests that need one are skipped. */
export const CHROMIUM = PLACES.find((place) => place !== "" && existsSync(place));

const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  // A microphone that beeps, and leave to use it.
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
];

/** A server with its flows, and a browser for its page. */
export interface Stage {
  url: string;
  /** A page of its own, with nothing remembered. */
  open(look?: Look): Promise<PhonePage>;
  close(): Promise<void>;
}

/** How the page is looked at: in a wide light window if left out. */
export interface Look {
  width?: number;
  height?: number;
  colorScheme?: "light" | "dark";
  /** "reduce" where nothing may move while it is looked at. */
  reducedMotion?: "reduce";
  /** Runs in the page before its own script. */
  before?: () => void;
}

/** A page, and what it asked of whom. */
export interface PhonePage {
  page: Page;
  /** The addresses of all its requests. */
  requested: string[];
  /** Errors that nothing caught. */
  errors: string[];
}

/** Starts the server in a folder of its own with these files; the browser runs without a window. */
export async function setStage(files: Readonly<Record<string, string>>): Promise<Stage> {
  const ringflow = await startRingflow(files, await anyPort());
  const url = (await ringflow.hear(/Open (http:\/\/localhost:\d+)\//))[1] ?? "";
  const browser = await chromium.launch({ executablePath: CHROMIUM ?? "", args: QUIET });
  return {
    url,
    open: (look = {}) => openPage(browser, url, look),
    close: async () => {
      await browser.close();
      ringflow.process.kill("SIGINT");
    },
  };
}

async function openPage(browser: Browser, url: string, look: Look): Promise<PhonePage> {
  const { width = 1280, height = 820, colorScheme = "light", reducedMotion, before } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    ...(reducedMotion && { reducedMotion }),
  });
  context.setDefaultTimeout(PATIENCE / 2);
  const page = await context.newPage();
  const requested: string[] = [];
  const errors: string[] = [];
  page.on("request", (request) => requested.push(request.url()));
  page.on("pageerror", (error) => errors.push(error.message));
  if (before) await page.addInitScript(before);
  await page.goto(url);
  await page.getByRole("button", { name: "Call", exact: true }).waitFor();
  return { page, requested, errors };
}

/** Chooses a flow, and calls it with all prompts shown at once. */
export async function call(page: Page, flow: string): Promise<void> {
  await page.locator("form.setup select").selectOption(flow);
  await page.getByLabel("Pace").selectOption({ label: "Instant" });
  await page.getByRole("button", { name: "Call", exact: true }).click();
}

function anyPort(): Promise<number> {
  const server = createServer();
  return new Promise((found) =>
    server.listen(0, () => {
      const address = server.address();
      server.close(() => found(typeof address === "object" && address ? address.port : 0));
    }),
  );
}
