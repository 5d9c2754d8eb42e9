/**
 * Stands in for Node's modules in the deployed Worker, as `[alias]` in wrangler.toml says. Loading node:crypto costs more than a
 * tenth of a cold start, and few isolates need it: the usual signature is verified with WebCrypto, and Twilio's function,
 * which needs these modules, decides only the others. Each is loaded when a function of it is first called.
 */
import type { BinaryLike, Hash, Hmac } from "node:crypto";

const crypto = () => process.getBuiltinModule("node:crypto");
const querystring = () => process.getBuiltinModule("node:querystring");

/** node:crypto's. */
export const createHash = (algorithm: string): Hash => crypto().createHash(algorithm);

/** node:crypto's. */
export const createHmac = (algorithm: string, key: BinaryLike): Hmac => crypto().createHmac(algorithm, key);

/** node:crypto's. */
export const timingSafeEqual = (one: NodeJS.ArrayBufferView, other: NodeJS.ArrayBufferView): boolean =>
  crypto().timingSafeEqual(one, other);

/** node:querystring's. */
export const parse = (text: string) => querystring().parse(text);

/** node:querystring's. */
export const stringify = (values: Parameters<ReturnType<typeof querystring>["stringify"]>[0]): string =>
  querystring().stringify(values);

// Twilio's file calls node:crypto by its default export. What it calls of node:url, the Worker does not reach.
export default { createHash, createHmac, timingSafeEqual };
