import { readFile } from "node:fs/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { ensureToken } from "../../src/cli/local/dev-vars.ts";
import { developmentVariables } from "../../src/cli/project/variables.ts";
import { enterFolder, write } from "./folder.ts";

beforeEach(() => enterFolder({}));

describe(".dev.vars", () => {
  test("is written on the first start, with random tokens that stay", async () => {
    expect(await ensureToken()).toBe(true);
    const first = await developmentVariables();
    const { TWILIO_AUTH_TOKEN: token, CALLS_TOKEN: calls } = first;
    expect(token).toMatch(/^[0-9a-f]{32}$/);
    expect(calls).toMatch(/^[0-9a-f]{32}$/);
    expect(calls).not.toBe(token);
    expect(await ensureToken()).toBe(false);
    expect(await developmentVariables()).toEqual(first);
    await enterFolder({});
    await ensureToken();
    expect((await developmentVariables()).TWILIO_AUTH_TOKEN).not.toBe(token);
  });

  test.each(["", "OTHER=1\n", "TWILIO_AUTH_TOKEN=\n"])(
    "is not overwritten if it has no token: %j",
    async (text) => {
      await write({ ".dev.vars": text });
      await expect(ensureToken()).rejects.toThrow(/no TWILIO_AUTH_TOKEN.*\nTWILIO_AUTH_TOKEN=[0-9a-f]{32}$/);
      expect(await readFile(".dev.vars", "utf8")).toBe(text);
    },
  );
});
