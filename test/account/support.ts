/** A project's folder whose `.dev.vars` opens the stand-in, and the credentials in it. */
import { enterFolder } from "../cli/folder.ts";
import { ACCOUNT, API_KEY, API_SECRET, type TwilioApi, twilioApi } from "./twilio-api.ts";

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
