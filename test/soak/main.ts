/**
 * `npm run soak`: random callers phone the deployed bundle in a local workerd for two minutes, and for `--seconds` if they
 * are given. Prints calls, webhooks, errors, times, and the memory of workerd before and after. Ends with 1 after an error,
 * or if memory grows. `--smoke` takes two seconds, in which memory says nothing.
 */
import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { thisMachine } from "../bench/machine.ts";
import { temporaryFolder } from "../bench/temporary.ts";
import { TEXTS } from "../bench/webhooks.ts";
import { configure, startWorkerd } from "../bench/workerd.ts";
import { bundle } from "../bench/wrangler.ts";
import { readShipped } from "../chaos/shipped.ts";
import { callUntil, type Soaked } from "./callers.ts";
import { residentMegabytes } from "./memory.ts";

const CALLERS = 16;
/** By how many megabytes the second half may grow. The engine of JavaScript collects garbage when it wants to. */
const MOST_GROWTH = 48;

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "120" },
    seed: { type: "string", default: "1" },
    smoke: { type: "boolean", default: false },
    json: { type: "string" },
  },
});
const seconds = values.smoke ? 2 : Number(values.seconds);
const result = await soak(seconds, values.seed);
console.log(JSON.stringify(result, null, 2));
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
const { halfway = 0, after = 0 } = result.megabytes;
const grows = !values.smoke && after - halfway > MOST_GROWTH;
if (grows) console.error(`The second half took ${after - halfway} MB more memory.`);
if (grows || Object.keys(result.errors).length > 0) process.exitCode = 1;

async function soak(seconds: number, seed: string) {
  const shipped = await readShipped();
  await using folder = await temporaryFolder();
  const programs = new Set(shipped.programs.values());
  const built = await bundle(folder.path, "test/soak/worker.ts", [...programs]);
  const texts = { ...shipped.env, ...TEXTS, ...shipped.secrets };
  await using worker = await startWorkerd(await configure(built.path, texts));
  const soaked: Soaked = { calls: 0, webhooks: 0, errors: new Map(), times: [] };
  const before = residentMegabytes(worker.pid);
  const began = performance.now();
  const until = began + seconds * 1000;
  const callers = Array.from({ length: CALLERS }, (_, caller) =>
    callUntil(until, worker.port, shipped.flows, `${seed}:${caller}`, soaked),
  );
  await sleep(seconds * 500);
  const halfway = residentMegabytes(worker.pid);
  await Promise.all(callers);
  const times = soaked.times.sort((a, b) => a - b);
  return {
    machine: thisMachine(),
    seconds: Math.round((performance.now() - began) / 1000),
    calls: soaked.calls,
    webhooks: soaked.webhooks,
    errors: Object.fromEntries(soaked.errors),
    milliseconds: { median: part(times, 0.5), "99 %": part(times, 0.99), slowest: part(times, 1) },
    megabytes: { before, halfway, after: residentMegabytes(worker.pid) },
  };
}

function part(sorted: readonly number[], share: number): number {
  return Number((sorted[Math.ceil(sorted.length * share) - 1] ?? 0).toFixed(1));
}
