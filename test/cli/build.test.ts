import { readFile, rename } from "node:fs/promises";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { type BuildOptions, build } from "../../src/cli/commands/build.ts";
import { Problem } from "../../src/cli/problem.ts";
import { DIALS_DESK, enterFolder, saying, terminal, write } from "./folder.ts";

// Cloudflare, which cannot be asked here.
const askCloudflare = vi.fn(async (): Promise<string[]> => []);

beforeEach(async () => {
  askCloudflare.mockReset().mockResolvedValue([]);
  await enterFolder({ "flows/desk.yaml": saying("Hello.") });
});

async function run(options: Partial<BuildOptions> = {}): Promise<[number, string]> {
  const { out, read } = terminal();
  const code = await build({ out, askCloudflare, ...options });
  return [code, read()];
}

async function built(): Promise<{ flow: string }[]> {
  return JSON.parse(await readFile(".ringflow/programs.txt", "utf8"));
}

describe("ringflow build", () => {
  test("writes a Program for every flow, and names their versions", async () => {
    await write({ "flows/deep/other.yml": saying("Hello.") });
    const [code, printed] = await run();
    expect(code).toBe(0);
    expect(printed).toMatch(/^Built 2 flows: other\/[0-9a-f]{10}, desk\/[0-9a-f]{10}\n$/);
    expect(await built()).toMatchObject([{ flow: "other" }, { flow: "desk" }]);
  });

  test("writes nothing if there is an error, and shows it", async () => {
    await run();
    await write({ "flows/desk.yaml": "steps: {}\n", "flows/good.yaml": saying("Hello.") });
    const [code, printed] = await run();
    expect(code).toBe(1);
    expect(printed).toContain("flows/desk.yaml:1:");
    expect(await built()).toMatchObject([{ flow: "desk" }]);
  });

  test("rejects two flows with the same name", async () => {
    await write({ "flows/deep/desk.yaml": saying("Hello.") });
    await expect(run()).rejects.toThrow(/deep.desk\.yaml and flows.desk\.yaml would both be the flow "desk"/);
  });

  test("rejects a folder without flows", async () => {
    await enterFolder({ "flows/readme.md": "" });
    await expect(run()).rejects.toThrow(/No flows found in flows\//);
    await enterFolder({});
    await expect(run()).rejects.toThrow(/No file or folder "flows"/);
  });
});

describe("ringflow build --keep", () => {
  test("keeps the last good Programs if there is an error", async () => {
    await run({ keep: true });
    await write({ "flows/desk.yaml": "steps: {}\n" });
    const [code, printed] = await run({ keep: true });
    expect(code).toBe(0);
    expect(printed).toContain("flows/desk.yaml:1:");
    expect(printed).toMatch(/The last good version keeps answering\.\n$/);
    expect(await built()).toMatchObject([{ flow: "desk" }]);
  });

  test("keeps those of an older version, which are in another file", async () => {
    await run({ keep: true });
    await rename(".ringflow/programs.txt", ".ringflow/programs.json");
    await write({ "flows/desk.yaml": "steps: {}\n" });
    await run({ keep: true });
    expect(await built()).toMatchObject([{ flow: "desk" }]);
  });

  test.each([
    ["an error", { "flows/desk.yaml": "steps: {}\n" }],
    ["no flow", { "flows/readme.md": "" }],
    ["no folder", {}],
  ])("writes an empty list if there is %s and never was a good version", async (_, files) => {
    await enterFolder(files);
    const [code, printed] = await run({ keep: true });
    expect(code).toBe(0);
    expect(printed).toMatch(/no good version yet/);
    expect(await built()).toEqual([]);
  });
});

describe("ringflow build --deploy", () => {
  beforeEach(() => write({ "flows/desk.yaml": DIALS_DESK, ".dev.vars": "DESK=+14155550100\n" }));

  test("requires every variable that a flow reads, whatever development has", async () => {
    const [code, printed] = await run({ deploy: true });
    expect(code).toBe(1);
    expect(printed).toContain("flows/desk.yaml:3:16 error unset-variable");
    expect(printed).toMatch(/"desk" reads the variable DESK/);
    expect(printed).toMatch(/wrangler\.toml under \[vars\].*wrangler secret put DESK/);
    await expect(built()).rejects.toThrow();
  });

  test("accepts one from wrangler.toml, without asking Cloudflare", async () => {
    await write({ "wrangler.toml": '[vars]\nDESK = "+14155550100"\n' });
    expect((await run({ deploy: true }))[0]).toBe(0);
    expect(askCloudflare).not.toHaveBeenCalled();
  });

  test("requires what the Worker needs to sign a request", async () => {
    const signed =
      "steps:\n  ask:\n    request: { url: https://example.com/, sign: twilio, status: { else: hangup } }\n    next: hangup\n";
    await write({ "flows/desk.yaml": signed });
    const [code, printed] = await run({ deploy: true });
    expect(code).toBe(1);
    expect(printed).toContain('"desk" reads the secret TWILIO_AUTH_TOKEN');
    expect(printed).toContain('"desk" reads the variable TWILIO_SIGNED_HOSTS');
    await write({ "wrangler.toml": '[vars]\nTWILIO_SIGNED_HOSTS = "example.com"\n' });
    expect((await run({ deploy: true, secrets: ["TWILIO_AUTH_TOKEN"] }))[0]).toBe(0);
  });

  test("reports a value that does not fit", async () => {
    await write({ "wrangler.toml": '[vars]\nDESK = "415 555 0100"\n' });
    const [code, printed] = await run({ deploy: true });
    expect(code).toBe(1);
    expect(printed).toContain(
      "flows/desk.yaml:3:9 error wrong-variable: the environment variable DESK cannot be dialled",
    );
  });

  test.each(['DESK = ""', "DESK = 14155550100"])("does not accept %s", async (line) => {
    await write({ "wrangler.toml": `[vars]\n${line}\n` });
    expect((await run({ deploy: true }))[0]).toBe(1);
  });

  test("accepts one that is a secret at Cloudflare, or named with --secret", async () => {
    expect((await run({ deploy: true, secrets: ["DESK"] }))[0]).toBe(0);
    expect(askCloudflare).not.toHaveBeenCalled();
    askCloudflare.mockResolvedValue(["DESK"]);
    expect((await run({ deploy: true }))[0]).toBe(0);
  });

  test("says what to do if Cloudflare does not respond", async () => {
    askCloudflare.mockRejectedValue(new Problem("Nobody is logged in."));
    const [code, printed] = await run({ deploy: true });
    expect(code).toBe(1);
    expect(printed).toContain(
      "Nobody is logged in.\nName the secrets that are set, then deploy: npx ringflow deploy --secret NAME",
    );
    expect(printed).toContain("unset-variable");
  });

  test("says so if wrangler.toml is not valid TOML", async () => {
    await write({ "wrangler.toml": "[vars\n" });
    await expect(run({ deploy: true })).rejects.toThrow(/wrangler\.toml is not valid TOML.*\[vars/s);
  });
});
