/** Runs a bundle in a workerd of its own, asked over its own socket: wrangler's proxy would be all one measures. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { parse } from "smol-toml";

/** A server on this machine's loopback; the process ends with the `await using` block. */
export interface Server extends AsyncDisposable {
  port: number;
  pid: number;
}

const WORKERD = resolve("node_modules/workerd/bin/workerd");

/**
 * Writes workerd's configuration next to a bundle and the texts that it imports.
 * @param texts the Worker's text variables
 * @returns the configuration's path
 */
export async function configure(
  bundlePath: string,
  texts: Readonly<Record<string, string>>,
): Promise<string> {
  const { compatibility_date: date } = parse(await readFile("wrangler.toml", "utf8"));
  const quote = JSON.stringify;
  const bindings = Object.entries(texts).map(
    ([name, text]) => `(name = ${quote(name)}, text = ${quote(text)})`,
  );
  const folder = dirname(bundlePath);
  const imported = (await readdir(folder)).filter((name) => name.endsWith(".txt"));
  const modules = [
    `(name = "worker.js", esModule = embed ${quote(basename(bundlePath))})`,
    ...imported.map((name) => `(name = ${quote(name)}, text = embed ${quote(name)})`),
  ];
  const path = join(folder, "workerd.capnp");
  await writeFile(
    path,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "worker", worker = (
    modules = [${modules.join(", ")}],
    compatibilityDate = ${quote(date)},
    bindings = [${bindings.join(", ")}],
  ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")],
);
`,
  );
  return path;
}

/** Starts workerd; fulfilled once it listens. Its log is written and not read. */
export async function startWorkerd(config: string): Promise<Server> {
  const stdio: ("ignore" | "inherit" | "pipe")[] = ["ignore", "ignore", "inherit", "pipe"];
  const child = spawn(WORKERD, ["serve", config, "--control-fd=3"], { stdio });
  return serverOf(child, await portOf(child));
}

/** A server that is a child process. */
export function serverOf(child: ChildProcess, port: number): Server {
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill();
    await once(child, "exit");
  };
  return { port, pid: child.pid ?? 0, [Symbol.asyncDispose]: stop };
}

// workerd tells on its control descriptor which port it was given.
async function portOf(child: ChildProcess): Promise<number> {
  const control = child.stdio[3];
  if (!(control instanceof Readable)) throw new Error("workerd has no control descriptor");
  for await (const line of createInterface({ input: control })) {
    const { event, port }: Record<string, unknown> = JSON.parse(line);
    if (event === "listen") return Number(port);
  }
  throw new Error("workerd ended before it listened");
}
