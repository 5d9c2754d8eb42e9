/** How long the published package takes for what a user types, and waits for. */
import { cp } from "node:fs/promises";
import { join, resolve } from "node:path";
import { makePackage } from "../package/make.ts";
import type { Effort, Figure } from "./figure.ts";
import { inRounds } from "./rounds.ts";
import { startAndSave } from "./start.ts";
import { temporaryFolder } from "./temporary.ts";
import { running } from "./tools.ts";

const COMMAND = resolve(".package/dist/cli/ringflow.js");
/** The most milliseconds of each command in its best round, on a machine with two cores that does nothing else. */
const COMMANDS: readonly [command: string, atMost: number][] = [
  ["--version", 150],
  ["check", 500],
  ["test", 800],
];
const MOST_START = 2500;
const MOST_SAVE = 500;

/** Makes the package, and measures its commands with the shipped flows. */
export async function measurePackage(effort: Effort): Promise<Figure[]> {
  await makePackage();
  const commands = COMMANDS.map(([command, atMost]) => ({
    command,
    atMost,
    runs: running(COMMAND, command),
  }));
  await inRounds(
    effort.rounds,
    commands.map(({ runs }) => runs),
  );
  await using folder = await temporaryFolder();
  for (const part of ["flows", "wrangler.toml"]) await cp(part, join(folder.path, part), { recursive: true });
  const { start, save } = await startAndSave(COMMAND, folder.path, effort);
  return [
    ...commands.map(({ command, atMost, runs }): Figure => {
      return { name: `ringflow ${command}`, value: Math.min(...runs.figures), unit: "ms", bound: { atMost } };
    }),
    { name: "start to its first answer", value: start, unit: "ms", bound: { atMost: MOST_START } },
    { name: "save to the new version", value: save, unit: "ms", bound: { atMost: MOST_SAVE } },
  ];
}
