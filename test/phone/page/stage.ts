/** The server that the browser's tests share: vitest starts it before the first of them, and ends it after the last. */
import { once } from "node:events";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
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
  TABLE,
} from "./flows.ts";

/** What tests are given of it. */
export interface Shared {
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
  "flows/table.yaml": TABLE,
};

/** A started server. */
export interface Served {
  url: string;
  folder: string;
  stop(): Promise<void>;
}

/** Starts the server in a folder of its own with these files. */
export async function serve(files: Readonly<Record<string, string>>): Promise<Served> {
  return serveIn(await makeFolder(files));
}

async function serveIn(folder: string): Promise<Served> {
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

/** The file of the shared project that has the server's address, once it answers. */
export const ADDRESS = "address.txt";

/** vitest calls this by the name `setup`, and what it returns at the end. Tests that need no server begin meanwhile. */
export async function setup({ provide }: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (CHROMIUM === undefined) return undefined;
  const folder = await makeFolder(FLOWS);
  provide("shared", { folder });
  const served = serveIn(folder);
  const told = served.then(({ url }) => writeFile(join(folder, ADDRESS), url));
  return async () => {
    await told;
    await (await served).stop();
  };
}
