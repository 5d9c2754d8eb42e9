/** Who may have the phone's page: this machine's own browser, and no one through a proxy or a tunnel. */
import { describe, expect, test } from "vitest";
import { strangerIn } from "../../src/dev/forward.ts";

const why = (headers: Record<string, string>): string | undefined =>
  strangerIn(new Headers({ Host: "localhost:8787", ...headers }));

describe("a request for the page", () => {
  test.each(["localhost:8787", "localhost", "127.0.0.1:8787", "[::1]:8787"])("to %s is served", (Host) => {
    expect(why({ Host })).toBeUndefined();
  });

  test.each(["phone.example.com", "localhost.example.com", "127.0.0.1.example.com", "192.168.0.2:8787", ""])(
    "to %j is refused",
    (Host) => expect(why({ Host })).toMatch(/localhost only/),
  );

  test.each([
    ["Forwarded", "for=203.0.113.7"],
    ["Via", "1.1 tunnel"],
    ["X-Forwarded-For", "203.0.113.7"],
    ["X-Forwarded-Host", "phone.example.com"],
    ["X-Forwarded-Proto", "https"],
    ["X-Real-Ip", "203.0.113.7"],
    ["Cf-Ray", "1"],
  ])("from a proxy that sends nothing but %s is refused, whatever host it names", (name, value) => {
    expect(why({ [name]: value })).toMatch(`through a proxy (${name})`);
  });
});
