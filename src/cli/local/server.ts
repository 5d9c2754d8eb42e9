/** The Worker in workerd on this machine, bundled by wrangler as a deploy bundles it, with a local KV. */
import { once } from "node:events";
import { unstable_DevEnv as DevEnv } from "wrangler";
import { KEY_HEADER, PAGE_SERVER, type PageServer, PROGRAMS_PATH } from "../../dev/page-server.ts";
import type { Program } from "../../program/program.ts";
import { Problem } from "../problem.ts";

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
export interface Listeners {
  /** A line of its log. */
  log(message: string): void;
  /** Why it cannot be bundled or run. */
  fail(message: string): void;
}

/**
 * Starts the development entry.
 * @param page the server of the phone's page
 * @throws Problem if the Worker cannot be bundled or does not start
 */
export async function serve(port: number, page: PageServer, { log, fail }: Listeners): Promise<Server> {
  // No network lookups, and no metrics.
  process.env.CLOUDFLARE_CF_FETCH_ENABLED = "false";
  process.env.WRANGLER_SEND_METRICS = "false";
  // Hides wrangler's own progress messages, such as the headers of assets.
  process.env.WRANGLER_LOG ??= "warn";
  const dev = new DevEnv();
  const failed = firstFailure(dev, fail);
  try {
    const worker = await Promise.race([dev.startWorker(settings(port, page, log)), failed]);
    await Promise.race([worker.ready, failed]);
    const restart = async () => {
      const isServed = restarted(dev);
      await worker.patchConfig({});
      return isServed;
    };
    const url = `http://localhost:${port}`;
    const replacePrograms = (programs: readonly Program[]) => sendPrograms(url, page, programs);
    return { url, replacePrograms, restart, stop: () => worker.dispose() };
  } catch (error) {
    await dev.teardown();
    throw error;
  }
}

/** Reports every failure, and rejects at the first. */
function firstFailure(dev: DevEnv, fail: Listeners["fail"]): Promise<never> {
  return new Promise((_, reject) => {
    const onFailure = (event: unknown) => {
      const reason = reasonOf(event);
      // Ctrl-C also ends workerd, sometimes before this process.
      if (!reason.includes("EPIPE")) fail(reason);
      reject(new Problem("The Worker did not start."));
    };
    dev.on("error", onFailure).on("buildFailed", onFailure);
  });
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

/** Resolves with whether the Worker runs with the new bundle. */
async function restarted(dev: DevEnv): Promise<boolean> {
  const listening = new AbortController();
  const { signal } = listening;
  const served = once(dev, "reloadComplete", { signal }).then(() => true);
  const refused = once(dev, "buildFailed", { signal }).then(() => false);
  // An event "error" rejects both.
  const isServed = await Promise.race([served, refused]).catch(() => false);
  listening.abort();
  return isServed;
}

function settings(
  port: number,
  page: PageServer,
  log: Listeners["log"],
): Parameters<DevEnv["startWorker"]>[0] {
  return {
    config: "wrangler.toml",
    entrypoint: "src/dev.ts",
    bindings: { [PAGE_SERVER]: { type: "json", value: { port: page.port, key: page.key } } },
    // The command in wrangler.toml is for a plain `wrangler dev`. This one does nothing: with a command, wrangler bundles
    // on request, rather than up to two seconds after a file has changed.
    build: { minify: false, custom: { command: "exit 0", watch: [] } },
    dev: {
      server: { hostname: "localhost", port },
      watch: false,
      inspector: false,
      logLevel: "none",
      structuredLogsHandler: ({ message }: { message: string }) => log(message),
    },
  };
}

/** An event's own message, without the runtime's output, which is in the log. */
function reasonOf(event: unknown): string {
  if (event instanceof Error) return event.message.split(/\nRuntime stderr/, 1)[0] ?? "";
  if (typeof event === "object" && event !== null && "cause" in event) return reasonOf(event.cause);
  return String(event);
}
