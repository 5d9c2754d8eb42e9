/** Runs wrangler, which has the access to Cloudflare. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";

/** What a command printed, and its complaint; empty if it succeeded. */
export interface Ran {
  printed: string;
  complaint: string;
}

/** How wrangler is run. */
export interface Wrangler {
  /** Runs a command without showing anything. */
  ask(args: readonly string[]): Promise<Ran>;
  /** Runs a command in this terminal, and returns its exit code. */
  show(args: readonly string[]): Promise<number>;
}

/** How long Cloudflare has to answer, in milliseconds. */
const PATIENCE = 120_000;

/** The arguments for Node: Ringflow's own wrangler, which not every package manager puts on the PATH, and its arguments. */
function withWrangler(args: readonly string[]): string[] {
  const folder = dirname(createRequire(import.meta.url).resolve("wrangler/package.json"));
  return [join(folder, "bin/wrangler.js"), ...args];
}

/** Runs that wrangler with this Node. */
export const wrangler: Wrangler = {
  ask: (args) =>
    new Promise((resolve) => {
      const asking = execFile(
        process.execPath,
        withWrangler(args),
        { timeout: PATIENCE },
        (error, stdout, stderr) => {
          resolve({ printed: stdout, complaint: error ? stderr || error.message : "" });
        },
      );
      // wrangler must not wait for an answer to a question.
      asking.stdin?.end();
    }),
  async show(args) {
    const shown = spawn(process.execPath, withWrangler(args), { stdio: "inherit" });
    const [code] = await once(shown, "exit");
    return typeof code === "number" ? code : 1;
  },
};

/** The reason in a complaint, without colours. */
export function reasonIn(complaint: string): string {
  const plain = stripVTControlCharacters(complaint);
  return /\[ERROR\]\s*(.*)/.exec(plain)?.[1] ?? plain.trim().split("\n")[0] ?? "";
}
