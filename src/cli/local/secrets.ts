/** The secrets of the deployed Worker, by name. */
import { execFile } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { Problem } from "../problem.ts";

/** How long Cloudflare has to answer, in milliseconds. */
const PATIENCE = 30_000;

/**
 * Asks Cloudflare, through wrangler, for the names of the Worker's secrets. A Worker that was never deployed has none.
 * @throws Problem if wrangler is not logged in or there is no network
 */
export async function deployedSecrets(): Promise<string[]> {
  const { printed, complaint } = await wrangler(["secret", "list", "--format", "json"]);
  if (complaint === "") return namesIn(printed);
  // wrangler: "Worker "ringflow" not found. If this is a new Worker, run `wrangler deploy` first"
  if (/Worker ".*" not found/.test(complaint)) return [];
  throw new Problem(`Cannot list the Worker's secrets. ${reasonIn(complaint)}`);
}

function wrangler(args: readonly string[]): Promise<{ printed: string; complaint: string }> {
  return new Promise((resolve) => {
    const asking = execFile("wrangler", args, { timeout: PATIENCE }, (error, stdout, stderr) => {
      resolve({ printed: stdout, complaint: error ? stderr || error.message : "" });
    });
    // wrangler must not wait for an answer to a question.
    asking.stdin?.end();
  });
}

function reasonIn(complaint: string): string {
  const plain = stripVTControlCharacters(complaint);
  return /\[ERROR\]\s*(.*)/.exec(plain)?.[1] ?? plain.trim().split("\n")[0] ?? "";
}

function namesIn(printed: string): string[] {
  const secrets: unknown = JSON.parse(printed);
  return Array.isArray(secrets)
    ? secrets.flatMap(({ name }) => (typeof name === "string" ? [name] : []))
    : [];
}
