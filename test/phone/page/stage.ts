/** The server that the browser's tests share: vitest starts it before the first of them, and ends it after the last. */
import { once } from "node:events";
import { rm } from "node:fs/promises";
import type { TestProject } from "vitest/node";
import { makeFolder } from "../../cli/folder.ts";
import { anyPort, startRingflow } from "../../cli/started.ts";
import { CHROMIUM } from "./chromium.ts";
import {
  AGENT,
  DESK,
  HOLD,
  LOOK_UP,
  LOOK_UP_TESTS,
  LOST,
  MEMBERS,
  PIN,
  REMINDER,
  SESSIONS,
  SIDES,
} from "./flows.ts";

/** Where it is. */
export interface Shared {
  url: string;
  /** Its project. */
  folder: string;
}

declare module "vitest" {
  interface ProvidedContext {
    shared: Shared;
  }
}

const FLOWS = {
  "flows/agent.yaml": AGENT,
  "flows/desk.yaml": DESK,
  "flows/hold.yaml": HOLD,
  "flows/look-up.yaml": LOOK_UP,
  "flows/look-up.test.yaml": LOOK_UP_TESTS,
  "flows/lost.yaml": LOST,
  "flows/members.yaml": MEMBERS,
  "flows/pin.yaml": PIN,
  "flows/reminder.yaml": REMINDER,
  "flows/sessions.yaml": SESSIONS,
  "flows/sides.yaml": SIDES,
};

/** A started server. */
export interface Served {
  url: string;
  folder: string;
  stop(): Promise<void>;
}

/** Starts the server in a folder of its own with these files. */
export async function serve(files: Readonly<Record<string, string>>): Promise<Served> {
  const folder = await makeFolder(files);
  const ringflow = await startRingflow(folder, await anyPort());
  const url = (await ringflow.hear(/Open (http:\/\/localhost:\d+)\//))[1] ?? "";
  // It writes until it has ended.
  const ended = once(ringflow.process, "exit");
  const stop = async (): Promise<void> => {
    ringflow.process.kill("SIGINT");
    await ended;
    await rm(folder, { recursive: true });
  };
  return { url, folder, stop };
}

/** vitest calls this by the name `setup`, and what it returns at the end. */
export async function setup({ provide }: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (CHROMIUM === undefined) return undefined;
  const { url, folder, stop } = await serve(FLOWS);
  provide("shared", { url, folder });
  return stop;
}
