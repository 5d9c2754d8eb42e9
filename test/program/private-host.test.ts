/** Which hosts are private, with ipaddr.js as the judge. */
import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, it } from "vitest";
import { isPrivateHost } from "../../src/program/private-host.ts";
import { runs } from "../runs.ts";

const isPrivate = (host: string): boolean => isPrivateHost(new URL(`http://${host}/`).hostname);

const text = (bytes: readonly number[]): string => {
  const address = ipaddr.fromByteArray([...bytes]).toNormalizedString();
  return bytes.length === 4 ? address : `[${address}]`;
};

/** What ipaddr.js says; outside 2000::/3, which is all of IPv6 that is given to anyone, nothing is public. */
function judge(bytes: readonly number[]): boolean {
  const isOutside = bytes.length === 16 && ((bytes[0] ?? 0) & 0xe0) !== 0x20;
  return isOutside || ipaddr.fromByteArray([...bytes]).range() !== "unicast";
}

/** The address next to this one: `by` is 1 or -1. Wraps at the end. */
function next(bytes: readonly number[], by: 1 | -1): number[] {
  const moved = [...bytes];
  for (let index = moved.length - 1; index >= 0; index--) {
    const sum = (moved[index] ?? 0) + by;
    moved[index] = sum & 0xff;
    if (sum === moved[index]) break;
  }
  return moved;
}

/** The first and the last address of a range. */
function ends(range: string): [first: number[], last: number[]] {
  const [address, prefix] = ipaddr.parseCIDR(range);
  const isSet = (index: number): number => 0xff >> Math.min(8, Math.max(0, prefix - index * 8));
  const first = address.toByteArray().map((byte, index) => byte & ~isSet(index));
  return [first, first.map((byte, index) => byte | isSet(index))];
}

const RANGES = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.31.196.0/24",
  "192.52.193.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "192.175.48.0/24",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "::/128",
  "::1/128",
  "::ffff:0:0/96",
  "64:ff9b::/96",
  "64:ff9b:1::/48",
  "100::/64",
  "2001::/23",
  "2001:db8::/32",
  "2002::/16",
  "2620:4f:8000::/48",
  "3fff::/20",
  "5f00::/16",
  "fc00::/7",
  "fe80::/10",
  "fec0::/10",
  "ff00::/8",
];

describe("a range that is private", () => {
  it.each(RANGES)("%s: all of it, and nothing beside it", (range) => {
    const [first, last] = ends(range);
    for (const inside of [first, last])
      expect([text(inside), isPrivate(text(inside))]).toEqual([text(inside), true]);
    for (const beside of [next(first, -1), next(last, 1)])
      expect([text(beside), isPrivate(text(beside))]).toEqual([text(beside), judge(beside)]);
  });
});

describe("every block", () => {
  const count = (size: number): number[] => Array.from({ length: size }, (_, index) => index);
  const differ = (addresses: readonly (readonly number[])[]): string[] =>
    addresses
      .filter((bytes) => isPrivateHost(new URL(`http://${text(bytes)}/`).hostname) !== judge(bytes))
      .map(text);

  it("of an IPv4 network is private if ipaddr.js says so", () => {
    const networks = [100, 169, 172, 192, 198].flatMap((first) =>
      count(256).map((second) => [first, second]),
    );
    for (const first of count(256)) networks.push([first, 0], [first, 77]);
    expect(differ(networks.map(([first = 0, second = 0]) => [first, second, 77, 1]))).toEqual([]);
  });
  it.each([192, 198, 203].map((first) => [first]))("of 256 IPv4 addresses in %i.0.0.0/8, too", (first) => {
    const blocks = [0, 2, 18, 31, 51, 52, 88, 168, 175].flatMap((second) =>
      count(256).map((third) => [first, second, third, 1]),
    );
    expect(differ(blocks)).toEqual([]);
  });
  it.each([0x2001, 0x2620, 0x3fff])("of IPv6 addresses that begin with %i, too", (first) => {
    const blocks = [...count(0x1200), 0x4f, 0xdb7, 0xdb8, 0xdb9, 0xfff0].flatMap((second) =>
      [0, 0x8000].map((third) =>
        [first, second, third].flatMap((group) => [group >> 8, group & 0xff]).concat(Array(10).fill(1)),
      ),
    );
    expect(differ(blocks)).toEqual([]);
  });
});

describe("any address", () => {
  const bytes = (size: number) => fc.array(fc.nat(255), { minLength: size, maxLength: size });
  /** Addresses near those that matter: a few bytes of a range's ends, then anything. */
  const near = fc
    .tuple(fc.constantFrom(...RANGES.flatMap(ends)), fc.nat(16), bytes(16))
    .map(([end, kept, other]) => end.map((byte, index) => (index < kept ? byte : (other[index] ?? 0))));

  it("is private if ipaddr.js says so", () => {
    fc.assert(
      fc.property(fc.oneof(bytes(4), bytes(16), near), (address) => {
        expect([text(address), isPrivate(text(address))]).toEqual([text(address), judge(address)]);
      }),
      { numRuns: runs(5000) },
    );
  });
});

describe("a host", () => {
  it.each([
    "localhost",
    "LOCALHOST",
    "localhost.:80",
    "a.localhost",
    "127.1",
    "0x7f000001",
    "2130706433",
    "0177.0.0.1",
    "127.0.0.1.",
    "[::ffff:127.0.0.1]",
    "[::127.0.0.1]",
    "[2002:7f00:1::]",
    "metadata.google.internal",
    "printer.local",
    "printer.local.",
    "home.arpa",
    "router.home.arpa",
    "intranet",
    "intranet.",
  ])("%s is private", (host) => expect(isPrivate(host)).toBe(true));

  it.each([
    "example.com",
    "8.8.8.8",
    "[2606:4700::1]",
    "localhost.example.com",
    "local.example",
    "notlocal.localhost.example",
    "mylocalhost.com",
    "10.example.com",
    "10.0.0.1.example.com",
    "printer.mylocal",
    "[2606:4700:2002::1]",
    "[2606:4700:2001:db8::1]",
  ])("%s is public", (host) => expect(isPrivate(host)).toBe(false));
});
