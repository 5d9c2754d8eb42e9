/** How long the command line takes for a whole process of a command, against a Node process that does nothing. */
import { spawnSync } from "node:child_process";
import type { Effort, Figure } from "./figure.ts";
import { type Contender, contender, inRounds, median, ratio } from "./rounds.ts";

/** How many times as long as an empty process each command may take. `new` lists the templates. */
const COMMANDS: readonly [command: string, atMost: number][] = [
  ["check", 10],
  ["test", 14],
  ["new", 3],
  ["--version", 3],
];

/** Measures the commands in this project. */
export async function measureTools({ rounds }: Effort): Promise<Figure[]> {
  const nothing = running("-e", "0");
  const commands = COMMANDS.map(([command, atMost]) => {
    return { command, atMost, runs: running("src/cli/ringflow.js", command) };
  });
  await inRounds(rounds, [nothing, ...commands.map(({ runs }) => runs)]);
  return [
    { name: "node -e 0", value: median(nothing.figures), unit: "ms" },
    ...commands.flatMap(({ command, atMost, runs }): Figure[] => [
      { name: `ringflow ${command}`, value: median(runs.figures), unit: "ms" },
      {
        name: `ringflow ${command} against node -e 0`,
        value: ratio(runs, nothing),
        unit: "×",
        bound: { atMost },
      },
    ]),
  ];
}

/** A whole process of Node, from its start to its exit. */
export function running(...args: string[]): Contender {
  return contender(() => {
    const began = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    const took = performance.now() - began;
    if (status !== 0) throw new Error(`node ${args.join(" ")} exited with ${status}: ${stderr}`);
    return took;
  });
}
