/** The Chromium of this machine, and how it is run. */
import { existsSync } from "node:fs";

/** Where a Chromium may be; the variable CHROMIUM names another. */
const PLACES = [
  process.env.CHROMIUM ?? "",
  // The same engine without windows: half of the CPU.
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The Chromium of this machine; undefined where there is none, and tests that need one are skipped. */
export const CHROMIUM = PLACES.find((place) => place !== "" && existsSync(place));

/** Runs without what a test does not need. */
export const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  // A microphone that beeps, and leave to use it.
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
  // No page lives long enough for optimised code to pay: to compile it took a fifth of the CPU.
  "--js-flags=--no-maglev --no-turbofan",
];
