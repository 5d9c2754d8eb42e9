/**
 * `GET /recordings/<sid>?key=…`: plays a recording with the account's credentials, for anyone who has a link to it.
 * Accounts that require authentication for media answer 401 to everybody else. Source: Twilio, "Recordings resource".
 */
import { messageOf } from "../program/message-of.ts";
import { left, READS_MS } from "./budget.ts";
import type { Deps } from "./deps.ts";
import { openKey } from "./recording-key.ts";
import { refuse } from "./reply.ts";
import { type Account, accountOf } from "./twilio.ts";

/** The pauses before further tries, in milliseconds: a recording is there some seconds after it was made. */
const PAUSES = [250, 500, 1000, 1500, 2000, 2000];
const MOST_REDIRECTS = 3;

/** Headers that ask for a part, or for news only. */
const ASKED = ["Range", "If-Range", "If-None-Match", "If-Modified-Since"];
const ANSWERED = [
  "Content-Type",
  "Content-Length",
  "Content-Range",
  "Accept-Ranges",
  "ETag",
  "Last-Modified",
];

/**
 * Handles a request; undefined if its path names no recording. As mp3, unless the path ends in `.wav` or the query has
 * `format=wav`.
 */
export async function handleRecording(
  deps: Deps,
  request: Request,
  name: string,
): Promise<Response | undefined> {
  const arrived = Date.now();
  const { searchParams } = new URL(request.url);
  const [, sid, ending] = /^(RE[\da-f]{32})(?:\.(mp3|wav))?$/.exec(name) ?? [];
  if (sid === undefined) return undefined;
  const opened = openKey(deps.sealing.secrets, sid, searchParams.get("key") ?? "");
  if (!opened) return refuse(403, "This link is not complete, or its key is not valid any more.");
  if (opened.expires <= deps.callTime()) return refuse(410, "This link has expired.");
  const account = accountOf(deps, opened.account);
  if (!account) return refuse(501, "The Worker has no credentials for the account of this recording.");
  const format = ending ?? (searchParams.get("format") === "wav" ? "wav" : "mp3");
  const media = await fetchMedia(deps, request, account, `${sid}.${format}`, arrived).catch(messageOf);
  if (typeof media !== "string") return media;
  deps.log({ call: "", flow: "", event: `recording ${sid}`, error: media, ms: Date.now() - arrived });
  return refuse(502, "Twilio has not answered with the recording.");
}

/** The file, or why there is none. One that is not there yet is asked for again, within the time that Twilio waits. */
async function fetchMedia(
  { web }: Deps,
  request: Request,
  { sid, user, api }: Account,
  file: string,
  arrived: number,
): Promise<Response | string> {
  const url = `${api}/2010-04-01/Accounts/${sid}/Recordings/${file}`;
  const headers = pick(request.headers, ASKED);
  const authorized = { ...headers, Authorization: `Basic ${btoa(`${user.sid}:${user.secret}`)}` };
  for (let tries = 0; ; tries++) {
    const response = await fetchFollowing(web, url, { method: request.method, headers: authorized }, arrived);
    const { status } = response;
    const pause = PAUSES[tries] ?? READS_MS;
    const isLater = status === 404 || status === 429 || status === 503;
    if (!isLater || pause >= left(arrived, READS_MS, READS_MS)) return answerOf(response);
    await response.body?.cancel();
    await (web.wait ?? sleep)(pause);
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Follows redirects to where the account stores its recordings: the credentials are for Twilio alone. */
async function fetchFollowing(
  web: Deps["web"],
  address: string,
  { method, headers }: { method: string; headers: Record<string, string> },
  arrived: number,
): Promise<Response> {
  const { Authorization: _, ...open } = headers;
  let url = address;
  for (let hops = 0; ; hops++) {
    const response = await fetchBegun(web, url, { method, headers: hops ? open : headers }, arrived);
    const next = response.headers.get("Location");
    if (!/^30[12378]$/.test(`${response.status}`) || next === null || hops === MOST_REDIRECTS)
      return response;
    await response.body?.cancel();
    url = new URL(next, url).href;
    if (!url.startsWith("https://")) throw new Error("it was redirected to a URL without https");
  }
}

/** The time-out is for the beginning of the answer: the file can take longer. */
async function fetchBegun(
  { fetch }: Deps["web"],
  url: string,
  init: RequestInit,
  arrived: number,
): Promise<Response> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), left(arrived, READS_MS, READS_MS));
  try {
    return await fetch(url, { ...init, signal: late.signal, redirect: "manual" });
  } finally {
    clearTimeout(timer);
  }
}

function answerOf(response: Response): Response | string {
  const { status, body } = response;
  if (status === 404)
    return refuse(404, "There is no such recording: it is not ready yet, or it was deleted.");
  const isAudio = /^(audio|video)\//.test(response.headers.get("Content-Type") ?? "");
  if (!(isAudio && response.ok) && status !== 304 && status !== 416) return `Twilio answered ${status}`;
  const headers = {
    ...pick(response.headers, ANSWERED),
    // The recording can be deleted, and the link expires.
    "Cache-Control": "private, max-age=3600",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
  };
  return new Response(status === 304 || status === 416 ? null : body, { status, headers });
}

function pick(headers: Headers, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name): [string, string][] => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}
