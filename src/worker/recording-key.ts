/**
 * Keys of links to recordings: anyone who has the link can play this recording, and no other, until the key expires.
 *
 * A key is base64url of 36 bytes: the second since 1970 at which it expires (4), the account (16), and the first 16 bytes
 * of an HMAC-SHA256 of these and the recording's SID, under a key derived from a secret that seals tickets. Expressions
 * are synchronous, and so is node:crypto; WebCrypto is not.
 */
import { Buffer } from "node:buffer";
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { secondsOf } from "../program/duration.ts";
import { fail, type Linker } from "../program/expression.ts";

const TIME_BYTES = 4;
const MAC_BYTES = 16;
const KEY_BYTES = TIME_BYTES + 16 + MAC_BYTES;

/** The resource of a recording, as Twilio's webhooks name it. */
const RECORDING = /\/Accounts\/AC([\da-f]{32})\/Recordings\/(RE[\da-f]{32})$/;

/**
 * Makes links to recordings. The URL of anything else stays as it is.
 * @param secrets the first one signs
 * @param base this Worker's URL
 * @param now milliseconds since 1970
 */
export function linkerOf([secret = ""]: readonly string[], base: string, now: number): Linker {
  return (url, lasts) => {
    const seconds = secondsOf(lasts) ?? fail("bad_duration");
    const [, account = "", sid] = RECORDING.exec(url) ?? [];
    if (sid === undefined) return url;
    const said = Buffer.alloc(KEY_BYTES - MAC_BYTES);
    said.writeUInt32BE(Math.floor(now / 1000) + seconds);
    said.write(account, TIME_BYTES, "hex");
    const key = Buffer.concat([said, mac(secret, sid, said)]);
    return `${base}/recordings/${sid}?key=${key.toString("base64url")}`;
  };
}

/** What a key that one of the secrets signed for this recording says; undefined if none did. */
export function openKey(
  secrets: readonly string[],
  sid: string,
  key: string,
): { account: string; expires: number } | undefined {
  const bytes = Buffer.from(key, "base64url");
  if (bytes.length !== KEY_BYTES) return undefined;
  const said = bytes.subarray(0, -MAC_BYTES);
  const signed = bytes.subarray(-MAC_BYTES);
  if (!secrets.some((secret) => timingSafeEqual(mac(secret, sid, said), signed))) return undefined;
  const account = `AC${said.toString("hex", TIME_BYTES)}`;
  return { account, expires: said.readUInt32BE() * 1000 };
}

function mac(secret: string, sid: string, said: Buffer): Buffer {
  return createHmac("sha256", derived(secret)).update(sid).update(said).digest().subarray(0, MAC_BYTES);
}

const keys = new Map<string, Buffer>();

function derived(secret: string): Buffer {
  const key = keys.get(secret) ?? Buffer.from(hkdfSync("sha256", secret, "", "ringflow recording", 32));
  keys.set(secret, key);
  return key;
}
