/** A project's folder whose `.dev.vars` opens the stand-in, and what a command says in it. */
import { expect } from "vitest";
import { Problem } from "../../src/cli/problem.ts";
import { enterFolder, terminal } from "../cli/folder.ts";
import { ACCOUNT, API_KEY, API_SECRET, SECRETS, type TwilioApi, twilioApi } from "./twilio-api.ts";

/** Waits that a test can afford. */
export const QUICK = { answer: 400, pauses: [5, 5, 5], longest: 30 };

/** Starts the stand-in, in a folder with these files whose credentials are the account's. */
export async function withAccount(files: Readonly<Record<string, string>> = {}): Promise<TwilioApi> {
  const api = await twilioApi();
  await enterFolder({ ".dev.vars": variables(api.url), ...files });
  return api;
}

/** The lines of `.dev.vars` for the stand-in at this URL. */
export function variables(url: string): string {
  return [
    `TWILIO_ACCOUNT_SID=${ACCOUNT}`,
    `TWILIO_API_KEY=${API_KEY}`,
    `TWILIO_API_SECRET=${API_SECRET}`,
    `TWILIO_API_URL=${url}`,
    "",
  ].join("\n");
}

/** What a command did: its exit code (2 for a Problem, as the command line exits), and all that it printed. */
export interface Said {
  code: number;
  text: string;
}

/** Runs a command as the command line does. No output may ever contain a secret. */
export async function said(command: (out: NodeJS.WritableStream) => Promise<number>): Promise<Said> {
  const { out, read } = terminal();
  const result = await command(out).catch((error: unknown) => error);
  if (typeof result !== "number" && !(result instanceof Problem)) throw result;
  const text = read() + (result instanceof Problem ? result.message : "");
  for (const secret of SECRETS) for (const form of formsOf(secret)) expect(text).not.toContain(form);
  return { code: typeof result === "number" ? result : 2, text };
}

/** A secret as it is, and as requests carry it. */
function formsOf(secret: string): string[] {
  return [secret, btoa(`${API_KEY}:${secret}`), btoa(`${ACCOUNT}:${secret}`), encodeURIComponent(secret)];
}

/** Says yes to every question, or no. */
export const answering = (answer: string) => ({ ask: async () => answer });
