/** The files of recordings, which Twilio's SDK does not fetch. */
import type { Credentials } from "./credentials.ts";
import type { Patience } from "./patience.ts";
import { Failed } from "./refused.ts";

/**
 * Fetches a recording's file. Its body is read by the caller.
 * @param name the recording's SID and the ending of the format
 * @param open without the credentials, to see whether anybody can
 */
export async function fetchMedia(
  credentials: Credentials,
  { answer }: Patience,
  name: string,
  open: boolean,
): Promise<Response> {
  const { accountSid, user, password } = credentials;
  const url = `${baseOf(credentials)}/2010-04-01/Accounts/${accountSid}/Recordings/${name}`;
  const headers = { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
  // The time-out covers the beginning, and all of an error. The file itself can take longer.
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), answer).unref();
  const response = await fetch(url, { ...(!open && { headers }), signal: patience.signal }).catch(
    () => undefined,
  );
  if (response?.ok) clearTimeout(timer);
  if (!response)
    throw new Failed({ why: `no answer within ${answer / 1000} seconds, or no connection`, isRead: true });
  if (response.ok || open) return response;
  const body: unknown = await response.json().catch(() => undefined);
  throw new Failed({ status: response.status, body });
}

function baseOf({ apiUrl = "", region = "" }: Credentials): string {
  if (apiUrl !== "") return apiUrl;
  return region === "" ? "https://api.twilio.com" : `https://api.${region}.twilio.com`;
}
