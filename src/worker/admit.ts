/** Everything that can refuse a webhook. Nothing is read from the store or written to it before a webhook is admitted. */
import { Buffer } from "node:buffer";
import { validateRequest } from "twilio/lib/webhooks/webhooks.js";
import { type Event, readEvent } from "../engine/event.ts";
import type { Deps } from "./deps.ts";
import { splitUrl } from "./links.ts";
import { refuse } from "./reply.ts";

/** The largest body that is read, in bytes; Twilio's webhooks are far smaller. */
export const MOST_BYTES = 64 * 1024;

const NO_TOKEN =
  "TWILIO_AUTH_TOKEN is not set. Run `npx wrangler secret put TWILIO_AUTH_TOKEN`, or set it in .dev.vars during " +
  "development.";
const NOT_A_FORM = "The Content-Type of a webhook must be application/x-www-form-urlencoded.";
const TOO_LARGE = `The body of a webhook must not exceed ${MOST_BYTES} bytes.`;
const NOT_SIGNED =
  "X-Twilio-Signature does not match. Check that TWILIO_AUTH_TOKEN is the account's auth token, and set PUBLIC_URL " +
  "if a proxy changes the URL.";
const NO_SID = "CallSid or MessageSid is required.";
const OTHER_ACCOUNT = "This webhook comes from a different account than TWILIO_ACCOUNT_SID.";

/** A form's parameters; a repeated name has all its values. */
export type Form = Readonly<Record<string, string | string[]>>;

/** A form's parameters twice: with every value of a repeated name, and with only its last. */
export interface Parameters {
  all: Form;
  last: Readonly<Record<string, string>>;
}

/** Checks that a webhook comes from Twilio and the right account. Returns what it reports, or the refusal. */
export async function admit(deps: Deps, request: Request): Promise<Event | Response> {
  if (deps.tokens.length === 0) return refuse(403, NO_TOKEN);
  if (!isForm(request.headers.get("Content-Type"))) return refuse(415, NOT_A_FORM);
  const body = await readBody(request);
  if (!body) return refuse(413, TOO_LARGE);
  const parameters = readForm(body);
  const signature = request.headers.get("X-Twilio-Signature") ?? "";
  const url = signedUrl(request.url, deps.publicUrl);
  if (!isFromTwilio(deps.tokens, signature, url, parameters.all)) return refuse(403, NOT_SIGNED);
  const event = readEvent(parameters.last);
  if (event.sid === "") return refuse(400, NO_SID);
  if (deps.accountSid !== undefined && event.accountSid !== deps.accountSid)
    return refuse(403, OTHER_ACCOUNT);
  return event;
}

function isForm(contentType: string | null): boolean {
  return contentType?.split(";", 1)[0]?.trim().toLowerCase() === "application/x-www-form-urlencoded";
}

/**
 * Whether one of the auth tokens signed the request.
 * @param signature the header X-Twilio-Signature; an empty one never matches
 * @param url as Twilio requested it
 */
export function isFromTwilio(tokens: readonly string[], signature: string, url: string, form: Form): boolean {
  return signature !== "" && tokens.some((token) => validateRequest(token, signature, url, form));
}

/** The URL as Twilio requested it: `publicUrl` replaces the part that a proxy has changed. */
export function signedUrl(requestUrl: string, publicUrl: string | undefined): string {
  return publicUrl === undefined ? requestUrl : publicUrl + splitUrl(requestUrl)[1];
}

/** Reads the whole body; undefined if it is over 64 kB. */
export async function readBody(request: Request): Promise<Uint8Array | undefined> {
  const declared = request.headers.get("Content-Length");
  if (declared === null) return readStream(request.body);
  return Number(declared) <= MOST_BYTES ? new Uint8Array(await request.arrayBuffer()) : undefined;
}

// Without a declared length, reading stops at the limit.
async function readStream(stream: ReadableStream<Uint8Array> | null): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = stream?.getReader();
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    length += part.value.length;
    if (length > MOST_BYTES) {
      await reader?.cancel();
      return undefined;
    }
    parts.push(part.value);
  }
  return Buffer.concat(parts);
}

// A byte order mark is part of the first name: the signature covers the bytes as they came.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Reads `application/x-www-form-urlencoded` as the URL standard defines it. */
export function readForm(body: Uint8Array): Parameters {
  // Without a prototype, a parameter can have any name.
  const all: Record<string, string | string[]> = Object.create(null);
  const last: Record<string, string> = Object.create(null);
  for (const pair of decoder.decode(body).split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = decodeText(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? "" : decodeText(pair.slice(equals + 1));
    const before = all[name];
    // Appended in place: the body is not verified yet, so it must not cost more than its length.
    if (Array.isArray(before)) before.push(value);
    else all[name] = before === undefined ? value : [before, value];
    last[name] = value;
  }
  return { all, last };
}

// URLSearchParams does the same for a whole form, but in workerd it costs a tenth of a turn.
function decodeText(text: string): string {
  if (!text.includes("%") && !text.includes("+")) return text;
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return new URLSearchParams(`=${text}`).get("") ?? "";
  }
}
