/** The caller's place in a queue. */
import { numbersOf } from "../sides.ts";
import type { ToldApart } from "../told/told-apart.ts";
import { type Choice, withSetting } from "./unknowns.ts";

/** Places in queues, by the names of scenarios and parameters. */
const QUEUE: readonly [field: string, parameter: string][] = [
  ["position", "QueuePosition"],
  ["size", "CurrentQueueSize"],
  ["average", "AvgQueueTime"],
];

/** The positions, sizes and average waits that the flow tells apart. */
export function queueOf(told: ToldApart): Choice[][] {
  return QUEUE.map(([field, parameter]) =>
    numbersOf(told.of(`queue.${field}`))
      .filter((one) => one > 0)
      .map((one) => ({
        label: `${field} ${one} in the queue`,
        change: (begin) => ({
          ...begin,
          queue: { ...begin.queue, [parameter]: `${one}` },
          scenario: withSetting(begin.scenario, "queue", field, one),
        }),
      })),
  );
}
