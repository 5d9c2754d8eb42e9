/**
 * The ticket: a call's state, sealed into the URL that Twilio requests next, so that no turn depends on a store.
 *
 * AES-256-GCM, under a key derived from a secret and bound to the URL's path as additional data. The IV is an HMAC of
 * path and state under a second derived key: the same state at the same place gives the same bytes, so that a webhook
 * delivered twice gets the same answer, and two states never share an IV.
 *
 * A ticket leaves out what the request says anyway: the revision, which is in the path, and on the call's own road the
 * CallSid, to which the ticket is bound instead. Webhooks of asides come from other legs: their tickets carry it.
 */
import { CALL_FORMAT, type Call } from "../program/call.ts";
import { fromBase64Url, toBase64Url } from "./base64.ts";
import type { Cipher, Key } from "./cipher.ts";

/** What seals and opens tickets: secrets, the first of which seals, and the runtime's cipher. */
export interface Sealing {
  secrets: readonly string[];
  cipher: Cipher;
}

interface Keys {
  state: Key;
  iv: Key;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Seals a state for the URL with this path, as base64url: four characters for three bytes, and 38 besides.
 * @throws Error if there is no secret to seal with
 */
export function seal(sealing: Sealing, path: string, call: Call): Promise<string> {
  return sealText(sealing, boundTo(path, call.sid), pack(path, call));
}

/**
 * Seals a text, bound to another that must come with it.
 * @throws Error if there is no secret to seal with
 */
export async function sealText({ secrets, cipher }: Sealing, bound: string, text: string): Promise<string> {
  const [secret] = secrets;
  if (secret === undefined) throw new Error("no secret to seal a ticket with");
  const keys = await keysOf(secret, CALL_FORMAT);
  const iv = (await cipher.hmac("SHA-256", keys.iv, `${bound}\n${text}`)).subarray(0, IV_BYTES);
  const sealed = await cipher.encrypt(keys.state, iv, bound, text);
  // The IV makes whole groups of base64: the texts join as the bytes would, without another buffer.
  return toBase64Url(iv) + toBase64Url(sealed);
}

/**
 * Opens a ticket that one of the secrets sealed for this path and call; undefined if it is not such a ticket.
 * @param sid the CallSid of the webhook that brings it
 */
export async function open(
  sealing: Sealing,
  path: string,
  ticket: string,
  sid: string,
): Promise<Call | undefined> {
  const state = await openText(sealing, boundTo(path, sid), ticket);
  if (state) return unpack(state, path, sid);
  // The format before was bound to its path alone, with the CallSid and the revision inside. Remove with format 3.
  const before = await openText(sealing, path, ticket, CALL_FORMAT - 1);
  const call = before && unpack(before, path, sid);
  return call && (!isOwn(path) || call.sid === sid) ? call : undefined;
}

/** Opens a text that one of the secrets sealed; undefined if none did, or it is bound to another text. */
export async function openText(
  { secrets, cipher }: Sealing,
  bound: string,
  ticket: string,
  format = CALL_FORMAT,
): Promise<string | undefined> {
  const bytes = fromBase64Url(ticket);
  if (bytes.length < IV_BYTES + TAG_BYTES) return undefined;
  const iv = bytes.subarray(0, IV_BYTES);
  for (const secret of secrets) {
    const { state: key } = await keysOf(secret, format);
    const text = await cipher.decrypt(key, iv, bound, bytes.subarray(IV_BYTES));
    if (text) return decoder.decode(text);
  }
  return undefined;
}

const isOwn = (path: string): boolean => path.startsWith("/voice/");
const boundTo = (path: string, sid: string): string => (isOwn(path) ? `${path}\n${sid}` : path);

const derived = new Map<string, Keys>();

// The format is part of the keys, so that a state that this engine cannot read does not open.
function keysOf(secret: string, format: number): Keys | Promise<Keys> {
  const name = `${format} ${secret}`;
  return derived.get(name) ?? derive(name, secret, format);
}

async function derive(name: string, secret: string, format: number): Promise<Keys> {
  const { subtle } = crypto;
  const from = await subtle.importKey("raw", encoder.encode(secret), "HKDF", false, ["deriveBits"]);
  const key = async (use: string): Promise<Key> => {
    const info = encoder.encode(`ringflow ticket ${format} ${use}`);
    const bits = subtle.deriveBits(
      { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info },
      from,
      256,
    );
    return new Uint8Array(await bits);
  };
  const keys: Keys = { state: await key("state"), iv: await key("iv") };
  derived.set(name, keys);
  return keys;
}

// Empty parts stay out as well: every character counts in a URL.
function pack(path: string, call: Call): string {
  const { sid, vars, slots, trail } = call;
  return JSON.stringify({
    ...call,
    sid: isOwn(path) ? undefined : sid,
    rev: undefined,
    vars: isEmpty(vars) ? undefined : vars,
    slots: isEmpty(slots) ? undefined : slots,
    trail: isEmpty(trail) ? undefined : trail,
  });
}

function isEmpty(part: object): boolean {
  return Object.keys(part).length === 0;
}

// What opens was sealed by this code: its shape needs no second look.
function unpack(state: string, path: string, sid: string): Call {
  const rev = Number(/\d+$/.exec(path)?.[0] ?? 0);
  return { sid, rev, vars: {}, slots: {}, trail: [], ...JSON.parse(state) };
}
