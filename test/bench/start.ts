/** How long `ringflow start` takes to its first answer, and a save to the new version. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, readFile, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Effort, Figure } from "./figure.ts";
import { contender, inRounds, median } from "./rounds.ts";
import { temporaryFolder } from "./temporary.ts";

const PORT = 8977;
const HEALTH = `http://localhost:${PORT}/health`;
/** How long an author pauses between two saves, in milliseconds. */
const PAUSE = 300;
const MOST_START = 3000;
const MOST_SAVE = 150;

/** Measures starts, and saves while it runs. */
export async function measureStart(effort: Effort): Promise<Figure[]> {
  await using folder = await temporaryFolder();
  for (const part of ["src", "flows", "package.json", "wrangler.toml"])
    await cp(part, join(folder.path, part), { recursive: true });
  await symlink(resolve("node_modules"), join(folder.path, "node_modules"));
  const { start, save } = await startAndSave("src/cli/ringflow.js", folder.path, effort);
  return [
    { name: "start to its first answer", value: start, unit: "ms", bound: { atMost: MOST_START } },
    { name: "save to the new version", value: save, unit: "ms", bound: { atMost: MOST_SAVE } },
  ];
}

/** The medians of a command's starts in a project, and of saves to its front desk, in milliseconds. */
export async function startAndSave(
  command: string,
  folder: string,
  { rounds, saves: most }: Effort,
): Promise<{ start: number; save: number }> {
  const saves: number[] = [];
  const starts = contender(async () => {
    const began = performance.now();
    const args = [command, "start", "--port", String(PORT)];
    const started = spawn(process.execPath, args, { cwd: folder, stdio: "ignore" });
    await answerAfter("");
    const took = performance.now() - began;
    for (let i = 0; i < most; i++) saves.push(await save(join(folder, "flows/front-desk.yaml"), i));
    started.kill("SIGINT");
    await once(started, "exit");
    return took;
  });
  await inRounds(rounds, [starts]);
  return { start: median(starts.figures), save: median(saves) };
}

async function save(path: string, count: number): Promise<number> {
  const text = await readFile(path, "utf8");
  const before = await answerAfter("");
  await wait(PAUSE);
  const began = performance.now();
  await writeFile(path, text.replace(/say: (?:v\d+ )?/, `say: v${count} `));
  await answerAfter(before);
  return performance.now() - began;
}

/** The first answer that is not the given one. */
async function answerAfter(before: string): Promise<string> {
  for (;;) {
    const answer = await fetch(HEALTH).then(
      (response) => response.text(),
      () => "",
    );
    if (answer !== before) return answer;
    await wait(2);
  }
}
