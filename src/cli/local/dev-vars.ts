/** `.dev.vars`: secrets for development, which wrangler hands to the local Worker. */
import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { Problem } from "../problem.ts";
import { developmentVariables } from "../project/variables.ts";

const FILE = ".dev.vars";

/**
 * Makes sure that webhooks can be signed in development: writes the file on the first start, and never overwrites it.
 * @returns whether the file was written
 * @throws Problem if the file exists and has no token
 */
export async function ensureToken(): Promise<boolean> {
  const token = randomBytes(16).toString("hex");
  if (await writeNew(`${COMMENT}TWILIO_AUTH_TOKEN=${token}\n`)) return true;
  const { TWILIO_AUTH_TOKEN = "" } = await developmentVariables();
  if (TWILIO_AUTH_TOKEN !== "") return false;
  throw new Problem(
    `${FILE} has no TWILIO_AUTH_TOKEN, without which every webhook is refused. Add this line, with a random token:\n` +
      `TWILIO_AUTH_TOKEN=${token}`,
  );
}

const COMMENT = `# Secrets of the Worker in development only; git does not see this file.
# The token is random: the local phone signs its webhooks with it, as Twilio does with the account's.
`;

async function writeNew(text: string): Promise<boolean> {
  try {
    await writeFile(FILE, text, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}
