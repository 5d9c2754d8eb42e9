/** How long a Worker takes from the start of its process to its first answer, against one that does nothing. */
import type { Program } from "../../src/program/program.ts";
import { bigFlow } from "./big-flow.ts";
import type { Effort, Figure } from "./figure.ts";
import { builtOrThrow, shippedFlows } from "./flows.ts";
import { ask } from "./load.ts";
import { type Contender, contender, inRounds, median, ratio } from "./rounds.ts";
import { temporaryFolder } from "./temporary.ts";
import { callSid, TEXTS, webhook } from "./webhooks.ts";
import { configure, startWorkerd } from "./workerd.ts";
import { bundle } from "./wrangler.ts";

const LARGE = 1000;

/** Measures starts: with the shipped Programs, and with that of a large flow. */
export async function measureColdStart({ rounds }: Effort): Promise<Figure[]> {
  await using folder = await temporaryFolder();
  const nothing = starting(await configured(folder.path, "empty.ts"), "front-desk");
  const clock = starting(await configured(folder.path, "clock.ts"), "front-desk");
  const shipped = await shippedFlows();
  const worker = starting(await configured(folder.path, "ringflow.ts", shipped.programs), "front-desk");
  const { programs } = builtOrThrow([bigFlow(LARGE)]);
  const large = starting(await configured(folder.path, "ringflow.ts", programs), `big-${LARGE}`);
  await inRounds(rounds, [nothing, clock, worker, large]);
  return [
    { name: "an empty Worker, to its first answer", value: median(nothing.figures), unit: "ms" },
    { name: "the same with a clock in a time zone", value: median(clock.figures), unit: "ms" },
    { name: "Ringflow, to its first menu", value: median(worker.figures), unit: "ms" },
    {
      name: "Ringflow against the empty Worker",
      value: ratio(worker, nothing),
      unit: "×",
      bound: { atMost: 1.4 },
    },
    { name: "Ringflow against the one with a clock", value: ratio(worker, clock), unit: "×" },
    { name: "Ringflow with a flow of 1,000 steps", value: median(large.figures), unit: "ms" },
    {
      name: "1,000 steps against the empty Worker",
      value: ratio(large, nothing),
      unit: "×",
      bound: { atMost: 1.93 },
    },
  ];
}

async function configured(folder: string, entry: string, programs: readonly Program[] = []): Promise<string> {
  const { path } = await bundle(folder, `test/bench/rivals/${entry}`, programs);
  return configure(path, TEXTS);
}

function starting(config: string, flow: string): Contender {
  const first = webhook(`/voice/${flow}`, callSid(0));
  return contender(async () => {
    const began = performance.now();
    await using server = await startWorkerd(config);
    const { head } = await ask(server.port, first);
    if (!head.startsWith("HTTP/1.1 200")) throw new Error(`the first answer was ${head}`);
    return performance.now() - began;
  });
}
