/**
 * The Worker in workerd on this machine, with a local KV. Miniflare runs it, as it does under `wrangler dev`; wrangler itself
 * takes two more seconds to load and start, and all that the Worker needs of wrangler.toml is read here.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Miniflare, MiniflareOptions } from "miniflare";
import { parse } from "smol-toml";
import {
  KEY_HEADER,
  localTwilio,
  PAGE_SERVER,
  type PageServer,
  PROGRAMS_PATH,
} from "../../dev/page-server.ts";
import type { Program } from "../../program/program.ts";
import { Problem } from "../problem.ts";
import { assetsFolder } from "../project/assets.ts";
import { workerVariables } from "../project/variables.ts";
import { PROGRAMS_FILE } from "./built-files.ts";
import { bundleWorker, FUNCTIONS, PROGRAMS } from "./bundle.ts";
import { FUNCTIONS_FILE } from "./own-functions.ts";

/** A running Worker. */
export interface Server {
  /** Without a slash at the end. */
  url: string;
  /** Serves these Programs at once, without a restart. False if the Worker does not take them. */
  replacePrograms(programs: readonly Program[]): Promise<boolean>;
  /** Bundles and serves the current files; requests wait meanwhile. False if the Worker does not run with them. */
  restart(): Promise<boolean>;
  stop(): Promise<void>;
}

/** Callbacks for the Worker's output. */
interface Listeners {
  /** A line of its log. */
  log(message: string): void;
  /** Why it cannot be bundled or run. */
  fail(message: string): void;
}

/**
 * Starts the development entry.
 * @param page the server of the phone's page
 * @param bundling the first bundle
 * @throws Problem if the Worker cannot be bundled or does not start
 */
export async function serve(
  port: number,
  page: PageServer,
  bundling: Promise<string>,
  { log, fail }: Listeners,
): Promise<Server> {
  const place = { port, page, log };
  const url = `http://localhost:${port}`;
  const report = (error: unknown) => fail(reasonOf(error));
  const miniflare = loadMiniflare();
  const starting = settings(miniflare, bundling, place).then((options) => startWorker(miniflare, options));
  const worker = await starting.catch((error) => {
    report(error);
    throw new Problem("The Worker did not start.");
  });
  const restart = async (): Promise<boolean> => {
    try {
      await worker.setOptions(await settings(miniflare, bundleWorker(), place));
      return true;
    } catch (error) {
      report(error);
      return false;
    }
  };
  const replacePrograms = (programs: readonly Program[]) => sendPrograms(url, page, programs);
  return { url, replacePrograms, restart, stop: () => worker.dispose() };
}

type Loaded = typeof import("miniflare");

const QUEUE = "ringflow-calls";

/** Where the Worker listens, who serves its page, and who gets its log. */
type Place = { port: number; page: PageServer } & Pick<Listeners, "log">;

/** Loads it by `require`: an `import` would first compile its five megabytes only to see whether they are a module. */
function loadMiniflare(): Loaded {
  return createRequire(import.meta.url)("miniflare");
}

async function startWorker({ Miniflare }: Loaded, options: MiniflareOptions): Promise<Miniflare> {
  const worker = new Miniflare(options);
  try {
    await worker.ready;
    return worker;
  } catch (error) {
    await worker.dispose();
    throw error;
  }
}

async function sendPrograms(
  url: string,
  { key }: PageServer,
  programs: readonly Program[],
): Promise<boolean> {
  const request = { method: "PUT", headers: { [KEY_HEADER]: key }, body: JSON.stringify(programs) };
  return fetch(url + PROGRAMS_PATH, request).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function settings(
  { Log, LogLevel }: Loaded,
  bundling: Promise<string>,
  { port, page, log }: Place,
): Promise<MiniflareOptions> {
  const [contents, programs, functions, variables, text, directory] = await Promise.all([
    bundling,
    readFile(PROGRAMS_FILE, "utf8"),
    readFile(FUNCTIONS_FILE, "utf8"),
    workerVariables(),
    readFile("wrangler.toml", "utf8"),
    assetsFolder(),
  ]);
  const { compatibility_date: date, compatibility_flags: flags } = parse(text);
  const { TWILIO_ACCOUNT_SID = "", TWILIO_API_URL = "" } = variables;
  const api = TWILIO_API_URL || (TWILIO_ACCOUNT_SID === "" ? localTwilio(page) : "");
  const texts = Object.entries({ ...variables, TWILIO_API_URL: api }).map(([name, value]) => [
    name,
    { type: "text", value } as const,
  ]);
  return {
    host: "localhost",
    port,
    cf: false,
    logRequests: false,
    log: new Log(LogLevel.WARN),
    handleStructuredLogs: ({ message }) => log(message),
    resourcePersistencePath: ".wrangler/state/v3",
    workers: [
      {
        config: {
          name: "ringflow",
          compatibilityDate: String(date),
          compatibilityFlags: Array.isArray(flags) ? flags.map(String) : [],
          manifest: {
            mainModule: "index.js",
            modules: {
              "index.js": { type: "esm", contents },
              [PROGRAMS]: { type: "text", contents: programs },
              [FUNCTIONS]: { type: "esm", contents: functions },
            },
          },
          env: {
            ...Object.fromEntries(texts),
            CALLS: { type: "kv" },
            CALLS_QUEUE: { type: "queue", name: QUEUE },
            OUTBOUND: { type: "durable-object", worker: "ringflow", exportName: "Outbound" },
            CONVERSATIONS: { type: "durable-object", worker: "ringflow", exportName: "Conversations" },
            [PAGE_SERVER]: { type: "json", value: { port: page.port, key: page.key } },
          },
          triggers: [{ type: "queue", name: QUEUE, maxBatchTimeout: 1, maxRetries: 100 }],
          exports: {
            Outbound: { type: "durable-object", storage: "sqlite" },
            Conversations: { type: "durable-object", storage: "sqlite" },
          },
          ...(directory !== undefined && { assets: { directory, hasUserWorker: true } }),
        },
      },
    ],
  };
}

/** An error's own message, without the runtime's output, which is in the log. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.message.split(/\nRuntime stderr/, 1)[0] ?? "") : String(error);
}
