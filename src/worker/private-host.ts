/** Addresses that a flow must not ask: this machine, private networks, and the link's own. */

const PRIVATE_V4 =
  /^(0|10|127|169\.254|172\.(1[6-9]|2\d|3[01])|192\.168|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])|22[4-9]|2[3-5]\d)\./;
const PRIVATE_NAMES = /(^|\.)(localhost|local|internal|home\.arpa)$/;

/**
 * Whether a URL's host is private, by its name or its address. URL parsing has written every IPv4 form (hexadecimal,
 * octal, one number) as four decimal ones already. A public name that resolves to a private address is for the network
 * to refuse: a Worker cannot look it up.
 */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, "");
  if (host.startsWith("[")) return isPrivateV6(host.slice(1, -1));
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return PRIVATE_V4.test(host);
  return PRIVATE_NAMES.test(host) || !host.includes(".");
}

function isPrivateV6(address: string): boolean {
  // An IPv4 address inside, such as ::ffff:7f00:1 or 2002:7f00:1::, reaches what the IPv4 address does.
  if (/^(::|64:ff9b:|2002:)/.test(address)) return true;
  return /^f[cd]|^fe[89ab]|^ff/.test(address);
}
