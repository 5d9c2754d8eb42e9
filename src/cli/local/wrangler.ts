/** Runs wrangler, which has the access to Cloudflare. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
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

/** The project's own wrangler: npm and npx put it on the PATH. */
export const wrangler: Wrangler = {
  ask: (args) =>
    new Promise((resolve) => {
      const asking = execFile("wrangler", args, { timeout: PATIENCE }, (error, stdout, stderr) => {
        resolve({ printed: stdout, complaint: error ? stderr || error.message : "" });
      });
      // wrangler must not wait for an answer to a question.
      asking.stdin?.end();
    }),
  async show(args) {
    const shown = spawn("wrangler", args, { stdio: "inherit" });
    const [code] = await once(shown, "exit");
    return typeof code === "number" ? code : 1;
  },
};

/** The reason in a complaint, without colours. */
export function reasonIn(complaint: string): string {
  const plain = stripVTControlCharacters(complaint);
  return /\[ERROR\]\s*(.*)/.exec(plain)?.[1] ?? plain.trim().split("\n")[0] ?? "";
}
