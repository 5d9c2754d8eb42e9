/** How long a Worker takes from the start of its process to its first answer, against one that does nothing. */
import type { Effort, Figure } from "./figure.ts";
import { writePrograms } from "./flows.ts";
import { ask } from "./load.ts";
import { type Contender, contender, inRounds, median, ratio } from "./rounds.ts";
import { temporaryFolder } from "./temporary.ts";
import { callSid, TEXTS, webhook } from "./webhooks.ts";
import { configure, startWorkerd } from "./workerd.ts";
import { bundle } from "./wrangler.ts";

/** Measures starts, the shipped Programs in the bundle. */
export async function measureColdStart({ rounds }: Effort): Promise<Figure[]> {
  await using folder = await temporaryFolder();
  const programs = { "../../../.ringflow/programs.json": await writePrograms(folder.path) };
  const empty = await bundle(folder.path, "test/bench/rivals/empty.ts");
  const full = await bundle(folder.path, "test/bench/rivals/ringflow.ts", programs);
  const nothing = starting(await configure(empty.path, {}));
  const worker = starting(await configure(full.path, TEXTS));
  await inRounds(rounds, [nothing, worker]);
  return [
    { name: "an empty Worker, to its first answer", value: median(nothing.figures), unit: "ms" },
    { name: "Ringflow, to its first menu", value: median(worker.figures), unit: "ms" },
    {
      name: "Ringflow against the empty Worker",
      value: ratio(worker, nothing),
      unit: "×",
      bound: { atMost: 1.4 },
    },
  ];
}

function starting(config: string): Contender {
  const first = webhook("/voice/front-desk", callSid(0));
  return contender(async () => {
    const began = performance.now();
    await using server = await startWorkerd(config);
    const { head } = await ask(server.port, first);
    if (!head.startsWith("HTTP/1.1 200")) throw new Error(`the first answer was ${head}`);
    return performance.now() - began;
  });
}
