/** `.dev.vars`: secrets for development, which wrangler hands to the local Worker. */
import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { Problem } from "../problem.ts";
import { devVarsFile } from "../project/environment.ts";
import { developmentVariables } from "../project/variables.ts";

/**
 * Makes sure that webhooks can be signed, and calls placed, in development: writes the file on the first start, and never overwrites it.
 * @returns whether the file was written
 * @throws Problem if the file exists and has no token
 */
export async function ensureToken(): Promise<boolean> {
  const token = random();
  if (await writeNew(`${COMMENT}TWILIO_AUTH_TOKEN=${token}\n${CALLS_COMMENT}CALLS_TOKEN=${random()}\n`))
    return true;
  const { TWILIO_AUTH_TOKEN = "" } = await developmentVariables();
  if (TWILIO_AUTH_TOKEN !== "") return false;
  throw new Problem(
    `${devVarsFile()} has no TWILIO_AUTH_TOKEN, without which every webhook is refused. Add this line, with a random token:\n` +
      `TWILIO_AUTH_TOKEN=${token}`,
  );
}

const COMMENT = `# Secrets of the Worker in development only; git does not see this file.
# The token is random: the local phone signs its webhooks with it, as Twilio does with the account's.
`;

const CALLS_COMMENT = `# Random too: with it, \`npx ringflow dial\` lets the local Worker place calls, which ring on the phone's page.
`;

function random(): string {
  return randomBytes(16).toString("hex");
}

async function writeNew(text: string): Promise<boolean> {
  try {
    await writeFile(devVarsFile(), text, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}
