/** An empty folder outside the repository, with the packed package installed. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { anyPort } from "../cli/started.ts";
import { makePackage } from "./make.ts";

const run = promisify(execFile);

/** Neither a question nor a colour; and nothing of the npm that runs the tests. */
const ENV = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name))),
  NO_COLOR: "1",
  WRANGLER_SEND_METRICS: "false",
};

/** A project, and what is run in it. */
export interface Project {
  folder: string;
  /** Runs Ringflow's command; returns what it printed. */
  ringflow(...args: string[]): Promise<string>;
  /** Runs Node; returns what it printed. */
  node(...args: string[]): Promise<string>;
  /** Starts Ringflow; resolves once it answers. */
  start(): Promise<Started>;
}

/** A running `ringflow start`. */
export interface Started {
  process: ChildProcess;
  /** Without a slash at the end. */
  url: string;
}

/** Makes the package, packs it, and installs it. */
export async function installed(): Promise<Project> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "ringflow-package-")));
  await makePackage();
  await run("npm", ["pack", resolve(".package"), "--pack-destination", folder], { env: ENV });
  const { version } = JSON.parse(await readFile("package.json", "utf8"));
  const tarball = `ringflow-${version}.tgz`;
  await writeLock(folder, `file:${tarball}`);
  // The package has no scripts, and those of its dependencies ran when this repository's were installed.
  const quickly = ["--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"];
  await run("npm", ["install", ...quickly], { cwd: folder, env: ENV });
  // `ringflow init` writes package.json, with a version that npm's registry does not have yet.
  for (const name of [tarball, "package.json", "package-lock.json"]) await rm(join(folder, name));
  const command = join(folder, "node_modules/ringflow/dist/cli/ringflow.js");
  const node: Project["node"] = async (...args) => {
    const { stdout } = await run(process.execPath, args, { cwd: folder, env: ENV });
    return stdout;
  };
  return { folder, node, ringflow: (...args) => node(command, ...args), start: startIn(folder, command) };
}

/** Locks the dependencies to this repository's: npm has those in its cache, and asks the registry nothing. */
async function writeLock(folder: string, tarball: string): Promise<void> {
  const { packages } = JSON.parse(await readFile("package-lock.json", "utf8"));
  const { version, bin, dependencies } = JSON.parse(await readFile(".package/package.json", "utf8"));
  const project = { private: true, dependencies: { ringflow: tarball } };
  const installed = { version, resolved: tarball, bin, dependencies };
  const locked = { ...packages, "": project, "node_modules/ringflow": installed };
  await writeFile(join(folder, "package.json"), JSON.stringify(project));
  const lock = { lockfileVersion: 3, requires: true, packages: locked };
  await writeFile(join(folder, "package-lock.json"), JSON.stringify(lock));
}

function startIn(folder: string, command: string): Project["start"] {
  return async () => {
    const args = [command, "start", "--port", String(await anyPort())];
    const started = spawn(process.execPath, args, { cwd: folder, env: ENV });
    let printed = "";
    return new Promise((answers, fails) => {
      const read = (chunk: unknown): void => {
        printed += String(chunk);
        // It takes the next port if another program took that one meanwhile.
        const url = /answers at (\S+)/.exec(printed)?.[1];
        if (url !== undefined && printed.includes("Ctrl-C stops")) answers({ process: started, url });
      };
      started.stdout.on("data", read);
      started.stderr.on("data", read);
      started.on("exit", () => fails(new Error(printed)));
    });
  };
}

/** Ends a process as Ctrl-C does. */
export async function stop({ process }: Started): Promise<void> {
  process.kill("SIGINT");
  await once(process, "exit");
}
