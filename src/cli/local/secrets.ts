/** The secrets of the deployed Worker, by name. */
import { Problem } from "../problem.ts";
import { reasonIn, wrangler } from "./wrangler.ts";

/**
 * Asks Cloudflare, through wrangler, for the names of the Worker's secrets. A Worker that was never deployed has none.
 * @throws Problem if wrangler is not logged in or there is no network
 */
export async function deployedSecrets(): Promise<string[]> {
  const { printed, complaint } = await wrangler.ask(["secret", "list", "--format", "json"]);
  if (complaint === "") return namesIn(printed);
  // wrangler: "Worker "ringflow" not found. If this is a new Worker, run `wrangler deploy` first"
  if (/Worker ".*" not found/.test(complaint)) return [];
  throw new Problem(`Cannot list the Worker's secrets. ${reasonIn(complaint)}`);
}

function namesIn(printed: string): string[] {
  const secrets: unknown = JSON.parse(printed);
  return Array.isArray(secrets)
    ? secrets.flatMap(({ name }) => (typeof name === "string" ? [name] : []))
    : [];
}
