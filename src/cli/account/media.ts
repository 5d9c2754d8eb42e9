/** The files of recordings, which Twilio's SDK does not fetch. */
import type { Credentials } from "./credentials.ts";
import { type Patience, repeated } from "./patience.ts";
import { Failed } from "./refused.ts";

/**
 * Fetches a recording's file. Its body is read by the caller.
 * @param name the recording's SID and the ending of the format
 * @param open without the credentials, to see whether anybody can
 */
export async function fetchMedia(
  credentials: Credentials,
  patience: Patience,
  name: string,
  open: boolean,
): Promise<Response> {
  const { accountSid, user, password } = credentials;
  const url = `${baseOf(credentials)}/2010-04-01/Accounts/${accountSid}/Recordings/${name}`;
  const headers = { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
  const init = open ? {} : { headers };
  const response = await repeated(
    patience,
    () => fetchOnce(url, init, patience.answer),
    (one) => one && { status: one.status, retryAfter: one.headers.get("retry-after") ?? undefined },
  );
  if (!response) throw new Failed({ why: NO_ANSWER, isRead: true });
  if (open) return response;
  if (response.ok && /^audio\//.test(response.headers.get("content-type") ?? "")) return response;
  if (response.ok) throw new Failed({ why: "what answered is not Twilio's API", isRead: true });
  const body: unknown = await response.json().catch(() => undefined);
  throw new Failed({ status: response.status, body });
}

const NO_ANSWER = "no answer in time, or no connection";

/** The time-out covers the beginning, and all of an error. The file itself can take longer. */
async function fetchOnce(
  url: string,
  init: RequestInit,
  milliseconds: number,
): Promise<Response | undefined> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), milliseconds).unref();
  const response = await fetch(url, { ...init, signal: patience.signal }).catch(() => undefined);
  if (response?.ok) clearTimeout(timer);
  return response;
}

function baseOf({ apiUrl = "", region = "" }: Credentials): string {
  if (apiUrl !== "") return apiUrl;
  return region === "" ? "https://api.twilio.com" : `https://api.${region}.twilio.com`;
}
