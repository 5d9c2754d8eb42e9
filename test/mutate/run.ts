/** Runs Vitest in a process of its own, and follows its reports. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { ACTIVE, FOLDER, type Plan, type Report, reportsPath } from "./plan.ts";

const VITEST = "node_modules/vitest/vitest.mjs";
const CONFIG = "test/mutate/vitest.config.ts";
/** Milliseconds without a report after which a process hangs: in a test that has begun, and else. */
const HANG_MS = 20_000;
const SILENCE_MS = 120_000;
const LOOK_MS = 100;

/** How a run ended. */
export interface Ended {
  code: number | null;
  /** Nothing was reported for too long. */
  hangs: boolean;
}

/** What is run. */
export interface Run {
  folder: string;
  plan: Plan;
  /** Files of tests. */
  files: readonly string[];
  /** The mutant that is on from the start. */
  active?: number;
  /** Takes each report as it comes. If it returns true, the run is stopped. */
  take(report: Report): boolean;
}

/** Runs files of tests. */
export async function run({ folder, plan, files, active, take }: Run): Promise<Ended> {
  writeFileSync(join(folder, "plan.json"), JSON.stringify(plan));
  rmSync(reportsPath(folder), { force: true });
  const mutant = active === undefined ? {} : { [ACTIVE]: String(active) };
  const bail = active === undefined ? [] : ["--bail", "1"];
  const child = spawn(process.execPath, [VITEST, "run", "--config", CONFIG, ...bail, ...files], {
    env: { ...process.env, [FOLDER]: folder, ...mutant },
    stdio: "ignore",
    detached: true,
  });
  const stop = (): void => {
    if (child.pid !== undefined && child.exitCode === null)
      process.kill(-child.pid, constants.signals.SIGKILL);
  };
  let heard = Date.now();
  let last: Report["is"] | undefined;
  let hangs = false;
  const read = reader(reportsPath(folder));
  const follow = (): void => {
    const reports = read();
    if (reports.length > 0) heard = Date.now();
    last = reports.at(-1)?.is ?? last;
    if (reports.map(take).includes(true)) stop();
    hangs = Date.now() - heard > (last === "begins" ? HANG_MS : SILENCE_MS);
    if (hangs) stop();
  };
  const timer = setInterval(follow, LOOK_MS);
  process.prependOnceListener("exit", stop);
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  process.off("exit", stop);
  clearInterval(timer);
  for (const report of read()) take(report);
  return { code, hangs };
}

/** Reads the reports that were written since the last call. */
function reader(path: string): () => Report[] {
  let at = 0;
  return () => {
    if (!existsSync(path)) return [];
    const text = readFileSync(path, "utf8");
    const end = text.lastIndexOf("\n") + 1;
    const lines = text.slice(at, end).split("\n");
    at = Math.max(at, end);
    return lines.flatMap((line): Report[] => (line === "" ? [] : [JSON.parse(line)]));
  };
}
