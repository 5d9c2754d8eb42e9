/** The admin endpoint of a deployed Worker. */
import type { Program } from "../../program/program.ts";
import type { Published } from "../../worker/pointer.ts";
import type { Wanted } from "../../worker/wanted.ts";
import { Problem } from "../problem.ts";
import { npxRingflow, secretPut, varsTable } from "../project/environment.ts";
import { workerVariables } from "../project/variables.ts";

/** What a Worker says about a flow. */
export interface FlowThere extends Published {
  /** Empty if the flow is not in the bundle. */
  bundled: string;
}

/** A Worker that can be asked and changed. */
export interface Admin {
  url: string;
  flow(name: string): Promise<FlowThere>;
  program(flow: string, hash: string): Promise<Program | undefined>;
  upload(program: Program): Promise<void>;
  /** @throws Problem if someone else has changed the flow meanwhile */
  move(flow: string, wanted: Wanted): Promise<FlowThere>;
  /** Whether the Worker serves an audio file. */
  hasAudio(path: string): Promise<boolean>;
}

/**
 * Connects to a Worker.
 * @param to its URL; PUBLIC_URL if omitted
 * @throws Problem if the URL or the token is missing
 */
export async function adminAt(to: string | undefined): Promise<Admin> {
  const { PUBLIC_URL = "", ...variables } = await workerVariables();
  const url = (to ?? PUBLIC_URL).replace(/\/+$/, "");
  if (url === "")
    throw new Problem(
      `Name the Worker with --to <url>, or set PUBLIC_URL in wrangler.toml under ${varsTable()}.`,
    );
  const token = process.env.ADMIN_TOKEN ?? variables.ADMIN_TOKEN ?? "";
  if (token === "") throw new Problem(noToken());
  const ask = asking(url, token);
  return {
    url,
    flow: async (name) => readJson<FlowThere>(await ask("GET", `flows/${name}`)),
    async program(flow, hash) {
      const response = await ask("GET", `programs/${flow}/${hash}`, undefined, [404]);
      return response.ok ? readJson<Program>(response) : undefined;
    },
    upload: async (program) => void (await ask("PUT", `programs/${program.flow}/${program.hash}`, program)),
    async move(flow, wanted) {
      const response = await ask("PUT", `flows/${flow}`, wanted, [409]);
      if (response.ok) return readJson<FlowThere>(response);
      throw new Problem(
        `${flow} was changed by someone else just now. Look at \`${npxRingflow(`versions ${flow}`)}\`, then try again.`,
      );
    },
    hasAudio: async (path) => (await fetch(url + path, { method: "HEAD" })).ok,
  };
}

function noToken(): string {
  return (
    `ADMIN_TOKEN is not set here. Choose a long random one, set it for the Worker with \`${secretPut("ADMIN_TOKEN")}\`, ` +
    "and as an environment variable here or in .dev.vars."
  );
}

function asking(url: string, token: string) {
  return async (method: string, path: string, body?: object, expected: readonly number[] = []) => {
    const headers = { Authorization: `Bearer ${token}` };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(`${url}/admin/${path}`, init).catch((error: unknown) => {
      throw new Problem(`The Worker at ${url} does not answer: ${String(error)}`);
    });
    if (response.ok || expected.includes(response.status)) return response;
    if (response.status === 404)
      throw new Problem(
        `${url} has no admin endpoint, or not this version. Set its secret: ${secretPut("ADMIN_TOKEN")}`,
      );
    throw new Problem(`The Worker refused: ${(await response.text()).trim()}`);
  };
}

// The Worker at the other end writes these types.
async function readJson<T>(response: Response): Promise<T> {
  return response.json();
}
