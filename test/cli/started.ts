/** `ringflow start` as users run it: a process of its own, with workerd, in a copy of the project. */
import { type ChildProcess, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { cp, symlink } from "node:fs/promises";
import { resolve } from "node:path";
import { vi } from "vitest";
import { enterFolder } from "./folder.ts";

/** How long anything may take, in milliseconds: the machine may be busy. */
export const PATIENCE = 60_000;

const project = resolve(".");

/** A running `ringflow start`. */
export interface Started {
  process: ChildProcess;
  /** Waits until something more is printed that looks so, and takes it. */
  hear(wanted: RegExp): Promise<RegExpExecArray>;
}

/** Goes to a folder of its own with these files and the project's code, and starts there. */
export async function startRingflow(
  files: Parameters<typeof enterFolder>[0],
  port: number,
): Promise<Started> {
  await enterFolder(files);
  for (const part of ["src", "package.json", "wrangler.toml"])
    await cp(resolve(project, part), part, { recursive: true });
  await symlink(resolve(project, "node_modules"), "node_modules");
  const args = ["src/cli/ringflow.js", "start", "--port", String(port)];
  const started = spawn(process.execPath, args, { env: { ...process.env, NO_COLOR: "1" } });
  let printed = "";
  for (const stream of [started.stdout, started.stderr])
    stream.on("data", (chunk) => {
      printed += String(chunk);
    });
  const look = (wanted: RegExp): RegExpExecArray => {
    const match = wanted.exec(printed);
    if (!match) throw new Error(`This was not printed: ${wanted}. What was printed:\n${printed}`);
    printed = printed.slice(match.index + match[0].length);
    return match;
  };
  const hear: Started["hear"] = (wanted) =>
    vi.waitFor(() => look(wanted), { timeout: PATIENCE, interval: 20 });
  return { process: started, hear };
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
