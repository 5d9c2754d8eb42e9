/**
 * Stands in for Node's modules in the deployed Worker, as `[alias]` in wrangler.toml says. Loading node:crypto costs more than a
 * tenth of a cold start, and few isolates need it: the usual signature is verified with WebCrypto, and Twilio's function,
 * which needs these modules, decides only the others. Each is loaded when a function of it is first called.
 *
 * CommonJS, because Twilio's file requires it. What that file calls of node:url, the Worker does not reach.
 */
import type { BinaryLike, Hash, Hmac } from "node:crypto";

const crypto = () => process.getBuiltinModule("node:crypto");
const querystring = () => process.getBuiltinModule("node:querystring");

type View = NodeJS.ArrayBufferView;
type Values = Parameters<ReturnType<typeof querystring>["stringify"]>[0];

module.exports = {
  createHash: (algorithm: string): Hash => crypto().createHash(algorithm),
  createHmac: (algorithm: string, key: BinaryLike): Hmac => crypto().createHmac(algorithm, key),
  timingSafeEqual: (one: View, other: View): boolean => crypto().timingSafeEqual(one, other),
  parse: (text: string) => querystring().parse(text),
  stringify: (values: Values): string => querystring().stringify(values),
};
