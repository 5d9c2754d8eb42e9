/** The account's credentials: from the environment, else from `.dev.vars` and `[vars]` of wrangler.toml. */
import { Problem } from "../problem.ts";
import { workerVariables } from "../project/variables.ts";

/** What signs requests to Twilio's REST API. Nothing of it but the account's SID may be shown. */
export interface Credentials {
  accountSid: string;
  /** The API key's SID, or the account's. */
  user: string;
  /** The API key's secret, or the auth token. */
  password: string;
  /** Base URL of the API, without a slash at its end; Twilio's own if omitted. */
  apiUrl?: string;
  /** Twilio's region, such as `ie1`. */
  region?: string;
}

/**
 * Reads the credentials. An API key is preferred, because it can be revoked alone.
 * @throws Problem that says what to set
 */
export async function accountCredentials(): Promise<Credentials> {
  const read = await reader();
  const accountSid = read("TWILIO_ACCOUNT_SID");
  if (accountSid === "") throw new Problem(`TWILIO_ACCOUNT_SID is not set. ${WHERE}`);
  if (!/^AC[0-9a-fA-F]{32}$/.test(accountSid))
    throw new Problem(
      "TWILIO_ACCOUNT_SID is not the SID of an account: AC and 32 hexadecimal digits, from the Console's first page.",
    );
  const apiUrl = readUrl(read("TWILIO_API_URL"));
  const region = readRegion(read("TWILIO_REGION"));
  return {
    accountSid,
    ...userOf(accountSid, read),
    ...(apiUrl !== "" && { apiUrl }),
    ...(region !== "" && { region }),
  };
}

/** The auth token that signs webhooks; empty if it is not set. */
export async function webhookToken(): Promise<string> {
  return (await reader())("TWILIO_AUTH_TOKEN");
}

/** The account that webhooks come from; all zeros if it is not set. */
export async function accountSidHere(): Promise<string> {
  return (await reader())("TWILIO_ACCOUNT_SID") || `AC${"0".repeat(32)}`;
}

async function reader(): Promise<(name: string) => string> {
  const variables = { ...(await workerVariables()), ...process.env };
  return (name) => variables[name]?.trim() ?? "";
}

const WHERE =
  "Set it as an environment variable or in .dev.vars. The Console's first page shows the account's SID; " +
  "create an API key under *API keys & tokens*.";

function userOf(accountSid: string, read: (name: string) => string): Pick<Credentials, "user" | "password"> {
  const [key, secret, token] = [read("TWILIO_API_KEY"), read("TWILIO_API_SECRET"), read("TWILIO_AUTH_TOKEN")];
  if (key !== "" && secret !== "") return { user: key, password: secret };
  if (key !== "" || secret !== "") {
    const [set, unset] = key !== "" ? ["KEY", "SECRET"] : ["SECRET", "KEY"];
    throw new Problem(`TWILIO_API_${set} is set, but TWILIO_API_${unset} is not. An API key needs both.`);
  }
  if (token !== "") return { user: accountSid, password: token };
  throw new Problem(`TWILIO_API_KEY and TWILIO_API_SECRET, or TWILIO_AUTH_TOKEN, are not set. ${WHERE}`);
}

const LOCAL = ["localhost", "127.0.0.1", "[::1]"];

// The URL can be part of a message, so it must not hold a password, and the password must not travel in clear.
function readUrl(text: string): string {
  if (text === "") return "";
  if (!URL.canParse(text)) throw new Problem("TWILIO_API_URL is not a URL such as https://api.twilio.com.");
  const { protocol, username, password, hostname, search, hash } = new URL(text);
  if (username + password !== "")
    throw new Problem("TWILIO_API_URL must not contain a user or a password. Set TWILIO_API_KEY instead.");
  if (search + hash !== "") throw new Problem("TWILIO_API_URL must not have a query or a fragment.");
  if (protocol !== "https:" && !(protocol === "http:" && LOCAL.includes(hostname)))
    throw new Problem("TWILIO_API_URL must begin with https://, or name this machine.");
  return text.replace(/\/+$/, "");
}

function readRegion(text: string): string {
  if (/^([a-z]{2}\d)?$/.test(text)) return text;
  throw new Problem("TWILIO_REGION is not a region of Twilio, such as us1, ie1 or au1.");
}
