/** How long, and with how much memory, `ringflow check` answers on files with thousands of mistakes: whole processes. */
import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Effort, Figure } from "./figure.ts";
import { temporaryFolder } from "./temporary.ts";

const SECONDS = 5;
const MEGABYTES = 500;

const BYE = "  bye: { hangup: Goodbye. }\n";

/** Each once took longer than the bound, or all memory. */
const FILES: readonly [what: string, text: string][] = [
  ["1 MB of commas", `steps:\n  a: { say: [${",".repeat(1_000_000)}], next: hangup }\n`],
  ["580 kB of commas", `steps:\n  a: { say: ${"x,".repeat(290_000)}, next: hangup }\n`],
  [
    "20,000 misspelt exits",
    `steps:\n${lines(20_000, (i) => `  step-${i}: { say: Hello., next: stpe-${i} }\n`)}`,
  ],
  [
    "20,000 choices",
    `steps:\n  menu:\n    gather:\n      prompt: Which?\n      otherwise: beye\n      choices:\n${lines(20_000, (i) => `        ${10_000 + i}: bye\n`)}${BYE}`,
  ],
  [
    "200 ambiguous patterns",
    `steps:\n${lines(200, (i) => `  s${i}: { gather: { prompt: Which?, save: v, matches: "([0-9]+)+([0-9]?)*${i}", otherwise: bye }, next: bye }\n`)}${BYE}`,
  ],
  [
    "2,000 misspelt variables",
    `variables:\n${lines(2000, (i) => `  var${i}: { type: int, default: 0 }\n`)}steps:\n${lines(2000, (i) => `  s${i}: { say: "{{ vars.vra${i} }}", next: s${(i + 1) % 2000} }\n`)}`,
  ],
  [
    "10,000 unknown keys in one step",
    `steps:\n  a:\n    gather:\n${lines(10_000, (i) => `      k${i}: 1\n`)}`,
  ],
  ["20,000 empty holes", `steps:\n  a: { say: "${"{{}}".repeat(20_000)}", next: hangup }\n`],
  ["10,000 unknown settings", `${lines(10_000, (i) => `k${i}: 1\n`)}steps:\n${BYE}`],
  [
    "5,000 variables out of shape",
    `variables:\n${lines(5000, (i) => `  v${i}: { tpye: int }\n`)}steps:\n${BYE}`,
  ],
  [
    "3,000 destinations out of shape",
    `destinations:\n${lines(3000, (i) => `  d${i}: { nmber: +14155550100 }\n`)}steps:\n${BYE}`,
  ],
];

/** Measures each file once: the bounds are far from what an idle machine takes. */
export async function measureLargeMistakes({ mistaken }: Effort): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [what, text] of FILES.slice(0, mistaken)) {
    const { seconds, megabytes } = await check(text);
    figures.push(
      { name: `check, ${what}`, value: seconds, unit: "s", bound: { atMost: SECONDS } },
      { name: `check, ${what}, memory`, value: megabytes, unit: "MB", bound: { atMost: MEGABYTES } },
    );
  }
  return figures;
}

function lines(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => line(i)).join("");
}

/** Prints the process's own memory after all its output. */
const REPORT = 'process.on("exit", () => process.stderr.write("\\n" + process.resourceUsage().maxRSS))';

async function check(text: string): Promise<{ seconds: number; megabytes: number }> {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, "flows"));
  await writeFile(join(folder.path, "flows", "main.yaml"), text);
  const began = performance.now();
  const report = `data:text/javascript,${encodeURIComponent(REPORT)}`;
  const child = spawn(
    process.execPath,
    ["--import", report, join(process.cwd(), "src/cli/ringflow.js"), "check"],
    {
      cwd: folder.path,
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors = `${errors}${String(chunk)}`.slice(-1000);
  });
  const status = await new Promise((resolve) => child.on("close", resolve));
  const seconds = (performance.now() - began) / 1000;
  // The flow has errors: 1. A checker that runs out of memory ends by a signal.
  if (status !== 1) throw new Error(`ringflow check ended with ${String(status)}: ${errors}`);
  return { seconds, megabytes: Number(errors.split("\n").at(-1)) / 1000 };
}
