import { afterEach, describe, expect, test, vi } from "vitest";
import { depsFrom } from "../../src/worker/bindings.ts";
import { fixtures, memoryStore } from "./support.ts";

const CALLS = memoryStore();
const later = (): void => {};

afterEach(() => {
  vi.restoreAllMocks();
});

describe("the Worker's bindings", () => {
  test("become the app's dependencies, and no secret is among the variables", () => {
    const deps = depsFrom(
      {
        CALLS,
        TWILIO_AUTH_TOKEN: "new",
        TWILIO_AUTH_TOKEN_SECONDARY: "old",
        TWILIO_ACCOUNT_SID: "AC1",
        PUBLIC_URL: "https://phone.example.com/",
        BILLING_NUMBER: "+14155550199",
        LIMITS: { most: 1 },
      },
      fixtures,
      later,
    );
    expect(deps).toMatchObject({
      tokens: ["new", "old"],
      accountSid: "AC1",
      publicUrl: "https://phone.example.com",
      store: CALLS,
    });
    expect(deps.env).toEqual({ BILLING_NUMBER: "+14155550199" });
  });

  test("that are not set or empty leave nothing behind", () => {
    const deps = depsFrom({ CALLS, TWILIO_AUTH_TOKEN: "", PUBLIC_URL: "" }, fixtures, later);
    expect(deps).toMatchObject({ tokens: [], env: {} });
    expect(deps).not.toHaveProperty("accountSid");
    expect(deps).not.toHaveProperty("publicUrl");
  });

  test("that are wrong are named, with what to do", () => {
    expect(() => depsFrom({}, fixtures, later)).toThrow(/KV namespace CALLS.*wrangler\.toml/);
    const wrong = { CALLS, PUBLIC_URL: "phone.example.com" };
    expect(() => depsFrom(wrong, fixtures, later)).toThrow(/PUBLIC_URL is "phone.example.com".*https:/);
  });

  test("log a line as JSON, so that no text in it can look like a line of its own", () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    depsFrom({ CALLS }, fixtures, later).log({ call: "CA1", flow: "a\nb", event: "start", ms: 1 });
    expect(log.mock.calls).toEqual([['{"call":"CA1","flow":"a\\nb","event":"start","ms":1}']]);
  });
});

describe("the compiled flows", () => {
  test.each([
    ["not a list", {}, /not a list of Programs.*ringflow build/],
    [
      "of another format",
      [...fixtures, { ...fixtures[0], format: 0 }],
      /entry 1 is not a Program.*ringflow build/,
    ],
    ["not Programs", [null], /entry 0 is not a Program/],
  ])("that are %s are refused with what to do", (_, programs, message) => {
    expect(() => depsFrom({ CALLS }, programs, later)).toThrow(message);
  });
});
