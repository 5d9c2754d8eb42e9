/**
 * `npm run picture`: docs/images/phone.png, a call to flows/front-desk.yaml in the browser at the moment when the front
 * desk rings. Needs a Chromium: the variable CHROMIUM names one in another place than /usr/bin/chromium.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chromium, type Page } from "playwright-core";

const PORT = 8799;
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const PATH = "docs/images/phone.png";

const ringflow = await start();
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
try {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 860 },
    deviceScaleFactor: 1.5,
    reducedMotion: "reduce",
    // For the style below: the page allows only its own.
    bypassCSP: true,
  });
  const page = await context.newPage();
  await page.goto(`http://localhost:${PORT}/`);
  // A browser without a window has no voice, which readers need not know.
  await page.addStyleTag({ content: ".no-voice { display: none }" });
  await ringFrontDesk(page);
  await page.screenshot({ path: PATH });
  console.log(`wrote ${PATH}`);
} finally {
  await browser.close();
  ringflow.kill("SIGINT");
}

/** Starts the server; resolves when it answers. */
async function start(): Promise<ChildProcess> {
  const args = ["src/cli/ringflow.js", "start", "--port", String(PORT)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  for (let printed = ""; !printed.includes(`http://localhost:${PORT}`); ) {
    const [chunk] = await once(child.stdout, "data");
    printed += String(chunk);
  }
  return child;
}

/** Calls on a Tuesday morning, when the office is open, and presses 1. */
async function ringFrontDesk(page: Page): Promise<void> {
  await page.locator("label", { has: page.locator('input[name=flow][value="front-desk"]') }).click();
  await page.getByText("Caller and time").click();
  await page.locator('input[type="datetime-local"]').fill("2026-11-24T10:00");
  await page.getByLabel("Pace").selectOption({ label: "Instant" });
  await page.getByRole("button", { name: "Call", exact: true }).click();
  await page.getByText("For the front desk, press 0.").first().waitFor();
  await page.getByRole("button", { name: "1", exact: true }).click();
  await page.getByRole("button", { name: "Answer", exact: true }).waitFor();
  await page.mouse.move(0, 0);
}
