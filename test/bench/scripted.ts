/** Scripted calls of five webhooks: carrier, signatures, app, tickets. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Effort, Figure } from "./figure.ts";
import { median } from "./rounds.ts";

const run = promisify(execFile);

/**
 * Measures how many calls a second go through in a process that does nothing else, as `ringflow test` is one: the heap of
 * the other benchmarks took a fifth of the calls.
 */
export async function measureScripted({ rounds, calls }: Effort): Promise<Figure[]> {
  const args = ["test/bench/scripted-calls.ts", String(rounds), String(calls)];
  const { stdout } = await run(process.execPath, args);
  const figures: number[] = JSON.parse(stdout);
  const name = "scripted calls of 5 webhooks";
  return [{ name, value: median(figures), unit: "calls/s", bound: { atLeast: 1000 } }];
}
