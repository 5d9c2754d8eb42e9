import { readFile } from "node:fs/promises";
import { beforeEach, describe, expect, test } from "vitest";
import { ensureToken } from "../../src/cli/local/dev-vars.ts";
import { developmentVariables } from "../../src/cli/project/variables.ts";
import { enterFolder, write } from "./folder.ts";

beforeEach(() => enterFolder({}));

describe(".dev.vars", () => {
  test("is written on the first start, with a random token that stays", async () => {
    expect(await ensureToken()).toBe(true);
    const { TWILIO_AUTH_TOKEN: token } = await developmentVariables();
    expect(token).toMatch(/^[0-9a-f]{32}$/);
    expect(await ensureToken()).toBe(false);
    expect(await developmentVariables()).toEqual({ TWILIO_AUTH_TOKEN: token });
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
