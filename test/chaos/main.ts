/**
 * `npm run chaos`: 20,000 random calls of the shipped flows and templates, in this process, while the store and the
 * services misbehave and webhooks come twice and late. Ends with 1 if an invariant breaks, with the command that plays
 * the call again. `--smoke` plays 300. `--seed` and `--calls` choose the calls, `--call` plays one of them, and `--twice`
 * plays them all again afterwards.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { newCall } from "../../src/engine/turn.ts";
import { open, seal } from "../../src/worker/ticket.ts";
import { playRandomCall } from "./call.ts";
import { type Counts, newCounts } from "./counts.ts";
import { readShipped } from "./shipped.ts";
import { useVirtualTime } from "./virtual-time.ts";
import { SEALING } from "./wire.ts";

/** Failures after which the rest is not worth the time. */
const MOST_FAILURES = 20;
/** Virtual milliseconds in which effects after the last reply end. */
const AFTER_MS = 60_000;

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    calls: { type: "string" },
    call: { type: "string" },
    smoke: { type: "boolean", default: false },
    twice: { type: "boolean", default: false },
    json: { type: "string" },
  },
});

const shipped = await readShipped();
const began = performance.now();
// Keys are derived outside this thread, in real time: virtual time would not wait for them.
await open(SEALING, "/", await seal(SEALING, "/", newCall("CA0")), "CA0");
const time = useVirtualTime();
const calls = Number(values.calls ?? (values.smoke ? 300 : 20_000));
const first = Number(values.call ?? 0);
const end = values.call === undefined ? calls : first + 1;
const played = await playAll();
const again = values.twice ? await playAll() : undefined;
const seconds = Math.round((performance.now() - began) / 1000);
const result = { seed: values.seed, seconds, ...played, ...(again && { again }) };
console.log(JSON.stringify(result, null, 2));
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
if (played.failures > 0) process.exitCode = 1;

async function playAll() {
  const counts = newCounts();
  let failures = 0;
  for (let call = first; call < end && failures < MOST_FAILURES; call++) {
    const wrong = await playOne(call, counts);
    if (wrong.length === 0) continue;
    failures++;
    console.error(`Call ${call} of seed ${values.seed}:`);
    for (const fault of wrong) console.error(`  ${fault.slice(0, 2000)}`);
    console.error(`  Play it again: npm run chaos -- --seed ${values.seed} --call ${call}`);
  }
  return { failures, counts: counts.all() };
}

async function playOne(call: number, counts: Counts): Promise<string[]> {
  try {
    const wrong = await time.finish(playRandomCall(shipped, `${values.seed}:${call}`, counts));
    await time.pass(AFTER_MS);
    return wrong;
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}
