/**
 * The ticket: a call's state, sealed into the URL that Twilio asks for next, so that no turn depends on a store.
 *
 * AES-256-GCM, under a key derived from the auth token and bound to the URL's path as additional data. The IV is
 * an HMAC of path and state under a second derived key: the same state at the same place gives the same bytes,
 * so that a webhook delivered twice has the same answer, and two states never share an IV.
 *
 * node:crypto rather than WebCrypto: in workerd they cost the same, in Node it is several times faster, and no keys
 * or promises of them have to be shared between requests.
 */
import { Buffer } from "node:buffer";
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
} from "node:crypto";
import { CALL_FORMAT, type Call } from "../program/program.ts";

interface Keys {
  state: KeyObject;
  iv: KeyObject;
}

const CIPHER = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;
const derived = new Map<string, Keys>();

/**
 * Seals a state for the URL with this path, as base64url: four characters for three bytes, and 38 besides.
 * @throws Error where there is no token to seal with
 */
export function seal(tokens: readonly string[], path: string, call: Call): string {
  const [token] = tokens;
  if (token === undefined) throw new Error("there is no auth token to seal a ticket with");
  const keys = keysOf(token);
  const state = pack(call);
  const iv = createHmac("sha256", keys.iv).update(`${path}\n${state}`).digest().subarray(0, IV_BYTES);
  const cipher = createCipheriv(CIPHER, keys.state, iv).setAAD(Buffer.from(path));
  const sealed = [iv, cipher.update(state, "utf8"), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat(sealed).toString("base64url");
}

/** Opens a ticket that one of the tokens sealed for this path; undefined where it is not such a ticket. */
export function open(tokens: readonly string[], path: string, ticket: string): Call | undefined {
  const bytes = Buffer.from(ticket, "base64url");
  if (bytes.length < IV_BYTES + TAG_BYTES) return undefined;
  for (const token of tokens) {
    const call = openWith(keysOf(token), path, bytes);
    if (call) return call;
  }
  return undefined;
}

function openWith(keys: Keys, path: string, bytes: Buffer): Call | undefined {
  const decipher = createDecipheriv(CIPHER, keys.state, bytes.subarray(0, IV_BYTES))
    .setAAD(Buffer.from(path))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const state = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES));
    decipher.final();
    return unpack(state.toString());
  } catch {
    return undefined;
  }
}

function keysOf(token: string): Keys {
  const known = derived.get(token);
  if (known) return known;
  // The format is part of the keys, so that a state that this engine cannot read does not open.
  const key = (use: string): KeyObject =>
    createSecretKey(Buffer.from(hkdfSync("sha256", token, "", `ringflow ticket ${CALL_FORMAT} ${use}`, 32)));
  const keys: Keys = { state: key("state"), iv: key("iv") };
  derived.set(token, keys);
  return keys;
}

// Empty parts stay out: every character counts in a URL.
function pack({ vars, slots, trail, ...rest }: Call): string {
  return JSON.stringify({
    ...rest,
    vars: isEmpty(vars) ? undefined : vars,
    slots: isEmpty(slots) ? undefined : slots,
    trail: isEmpty(trail) ? undefined : trail,
  });
}

function isEmpty(part: object): boolean {
  return Object.keys(part).length === 0;
}

// What opens was sealed by this code: its shape needs no second look.
function unpack(state: string): Call {
  return { vars: {}, slots: {}, trail: [], ...JSON.parse(state) };
}
