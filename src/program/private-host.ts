/** Private hosts, which the checker reports and the Worker refuses: this machine, private networks, and everything that is not on the Internet. */

// The ranges of IANA's registries of special-purpose addresses, and multicast.
const PRIVATE_V4 =
  /^(0|10|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])|127|169\.254|172\.(1[6-9]|2\d|3[01])|192\.(0\.[02]|31\.196|52\.193|88\.99|168|175\.48)|198\.(1[89]|51\.100)|203\.0\.113|22[4-9]|2[3-5]\d)\./;
// Outside 2000::/3 nothing is public. 2002:: and others embed an IPv4 address, which can be private.
const PUBLIC_V6 = /^[23][\da-f]{3}:/;
const PRIVATE_V6 = /^(2001:([\da-f]{0,2}|1[\da-f]{2}|db8):|2002:|2620:4f:8000:|3fff:[\da-f]{0,3}:)/;
const PRIVATE_NAMES = /(^|\.)(localhost|local|internal|home\.arpa)$/;

/**
 * Whether a URL's host is private, by its name or its address. Parsing the URL has already turned every IPv4 form
 * (hexadecimal, octal, a single number) into four decimal numbers, and every IPv6 form into the shortest one. Public names
 * that resolve to a private address must be blocked by the network: a Worker cannot look them up.
 */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, "");
  if (host.startsWith("[")) return !PUBLIC_V6.test(host.slice(1)) || PRIVATE_V6.test(host.slice(1));
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return PRIVATE_V4.test(host);
  return PRIVATE_NAMES.test(host) || !host.includes(".");
}
