/** `ringflow start` as users run it: a process of its own, with workerd, in a copy of the project. */
import { type ChildProcess, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { cp, symlink } from "node:fs/promises";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import type { Readable } from "node:stream";

/** How long anything may take, in milliseconds: the machine may be busy. */
export const PATIENCE = 60_000;

const project = resolve(".");

/** A running `ringflow start`. */
export interface Started {
  process: ChildProcess;
  /** Waits until something more is printed that looks so, and takes it. */
  hear(wanted: RegExp): Promise<RegExpExecArray>;
}

/** Starts it in a folder with flows, which gets the settings and the packages of this project. */
export async function startRingflow(folder: string, port: number): Promise<Started> {
  await cp(resolve(project, "wrangler.toml"), join(folder, "wrangler.toml"));
  await symlink(resolve(project, "node_modules"), join(folder, "node_modules"));
  const args = [resolve(project, "src/cli/ringflow.js"), "start", "--port", String(port)];
  const env = { ...process.env, NO_COLOR: "1" };
  const started = spawn(process.execPath, args, { cwd: folder, env });
  return { process: started, hear: hearing([started.stdout, started.stderr]) };
}

/** Takes what streams print, wanted piece by wanted piece. */
function hearing(streams: readonly Readable[]): Started["hear"] {
  let printed = "";
  let look = (): void => undefined;
  for (const stream of streams)
    stream.on("data", (chunk) => {
      printed += String(chunk);
      look();
    });
  return (wanted) =>
    new Promise((resolve, reject) => {
      const patience = setTimeout(
        () => reject(new Error(`This was not printed: ${wanted}. What was printed:\n${printed}`)),
        PATIENCE,
      );
      look = () => {
        const match = wanted.exec(printed);
        if (!match) return;
        printed = printed.slice(match.index + match[0].length);
        look = () => undefined;
        clearTimeout(patience);
        resolve(match);
      };
      look();
    });
}

/** A port that nobody uses. */
export function anyPort(): Promise<number> {
  const server = createServer();
  return new Promise((found) =>
    server.listen(0, () => {
      const address = server.address();
      server.close(() => found(typeof address === "object" && address ? address.port : 0));
    }),
  );
}

/** Sends a webhook, signed with a token. */
export function webhook(
  url: string,
  params: Readonly<Record<string, string>>,
  token: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const text = url + Object.entries(params).sort().flat().join("");
  const signature = createHmac("sha1", token).update(text).digest("base64");
  return fetch(url, {
    method: "POST",
    body: new URLSearchParams(params),
    headers: { "X-Twilio-Signature": signature, ...headers },
  });
}
